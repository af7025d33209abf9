import { priceOf, type EndpointFacts } from "./endpoint.ts";
import { toUsd } from "./money.ts";

/**
 * What policies read of an endpoint that does not change while a configuration is active, by their names for it: prices in
 * USD per million tokens. Unknown ones are `undefined`, so that a rule that reads them fails closed.
 */
export const ENDPOINT_VARIABLES: Readonly<Record<string, (facts: EndpointFacts) => unknown>> = {
  id: (facts) => facts.id,
  provider: (facts) => facts.providerId,
  model: (facts) => facts.modelId,
  location: (facts) => facts.location,
  device: (facts) => facts.device,
  region: (facts) => facts.region,
  jurisdiction: (facts) => facts.jurisdiction,
  retention_days: (facts) => facts.retentionDays,
  trains_on_data: (facts) => facts.trainsOnData,
  quantization: (facts) => facts.quantization,
  origin: (facts) => facts.origin,
  license: (facts) => facts.license,
  context_tokens: (facts) => facts.contextTokens,
  capabilities: (facts) => facts.capabilities,
  quality: (facts) => facts.quality,
  price_input: (facts) => toUsd(priceOf(facts)?.inputMicroUsdPerMillion),
  price_output: (facts) => toUsd(priceOf(facts)?.outputMicroUsdPerMillion),
};

/** All of them, of one endpoint. */
export function endpointVariables(facts: EndpointFacts): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(ENDPOINT_VARIABLES).map(([name, read]) => [name, read(facts)]));
}
