import { priceOf, type EndpointFacts } from "./endpoint.ts";

const MICRO_USD_PER_USD = 1_000_000;

/**
 * What policies read of an endpoint that does not change while a configuration is active, under their names for it:
 * prices in USD per million tokens. Unknown ones are `undefined`, so that a rule that reads them fails closed.
 */
export function endpointVariables(facts: EndpointFacts): Readonly<Record<string, unknown>> {
  const price = priceOf(facts);
  return {
    id: facts.id,
    provider: facts.providerId,
    model: facts.modelId,
    location: facts.location,
    device: facts.device,
    region: facts.region,
    jurisdiction: facts.jurisdiction,
    retention_days: facts.retentionDays,
    trains_on_data: facts.trainsOnData,
    quantization: facts.quantization,
    origin: facts.origin,
    license: facts.license,
    context_tokens: facts.contextTokens,
    capabilities: facts.capabilities,
    quality: facts.quality,
    price_input: price === undefined ? undefined : price.inputMicroUsdPerMillion / MICRO_USD_PER_USD,
    price_output: price === undefined ? undefined : price.outputMicroUsdPerMillion / MICRO_USD_PER_USD,
  };
}
