import type { InferenceRequest, ProviderPreferences } from "../core/inference-request.ts";
import type { RejectedCandidate } from "../core/decision.ts";
import { priceOf, type EndpointFacts } from "../core/endpoint.ts";
import { lacksParameter } from "../core/parameters.ts";
import { matchesQuantization } from "./matches-quantization.ts";
import { firstNaming, isNamedBy } from "./provider-slugs.ts";
import { excludedByTier } from "./service-tier.ts";

/** A reason without the endpoint that it is about. */
export type Rejection = Omit<RejectedCandidate, "endpointId">;

/** The filters below by name, in the order in which they are applied. */
export const REQUEST_FILTERS: readonly string[] = [
  ":local",
  ":free",
  "provider.only",
  "provider.ignore",
  "provider.allow_fallbacks",
  "provider.quantizations",
  "service_tier",
  "provider.zdr",
  "provider.data_collection",
  "provider.max_price",
  "provider.require_parameters",
];

/**
 * Why the request's own fields exclude an endpoint, or nothing. Each field is a hard filter; what is unknown about an
 * endpoint counts against it. This box never keeps data for others and never trains, so `data_collection` and `zdr`
 * always let it pass.
 * @see https://openrouter.ai/docs/features/provider-routing
 */
export function excludedByRequest(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  const { provider } = request;
  const excluded = (by: string, detail: string): Rejection => ({ kind: "request", by, detail });
  if (request.suffixes.includes("local") && facts.location !== "box")
    return excluded(":local", `it runs elsewhere (${facts.location})`);
  if (request.suffixes.includes("free") && !isFree(facts)) return excluded(":free", "it is not known to cost nothing");
  if (provider.only !== undefined && firstNaming(provider.only, facts) === -1)
    return excluded("provider.only", `only ${provider.only.join(", ")} may serve the request`);
  const ignoredAs = provider.ignore?.find((slug) => isNamedBy(slug, facts));
  if (ignoredAs !== undefined) return excluded("provider.ignore", `${ignoredAs} is ignored`);
  if (!provider.allowFallbacks && provider.order !== undefined && firstNaming(provider.order, facts) === -1)
    return excluded("provider.allow_fallbacks", `only ${provider.order.join(", ")} may serve the request`);
  if (provider.quantizations !== undefined && !matchesQuantization(provider.quantizations, facts.quantization))
    return excluded("provider.quantizations", `its weights are ${facts.quantization ?? "of unknown precision"}`);
  return (
    excludedByTier(facts, request) ??
    excludedByDataHandling(facts, provider) ??
    excludedByPrice(facts, provider) ??
    excludedByParameters(facts, request)
  );
}

function isFree(facts: EndpointFacts): boolean {
  const price = priceOf(facts);
  if (price === undefined) return false;
  const { inputMicroUsdPerMillion, outputMicroUsdPerMillion, requestMicroUsd = 0, imageMicroUsd = 0 } = price;
  return inputMicroUsdPerMillion + outputMicroUsdPerMillion + requestMicroUsd + imageMicroUsd === 0;
}

function excludedByDataHandling(facts: EndpointFacts, provider: ProviderPreferences): Rejection | undefined {
  if (facts.location === "box") return undefined;
  const keepsNothing = facts.retentionDays === 0;
  const kept = facts.retentionDays === undefined ? "for an unknown time" : `for ${facts.retentionDays} days`;
  if (provider.zeroDataRetention === true && !keepsNothing)
    return { kind: "request", by: "provider.zdr", detail: `it keeps prompts ${kept}` };
  if (provider.dataCollection !== "deny") return undefined;
  if (facts.trainsOnData !== false)
    return {
      kind: "request",
      by: "provider.data_collection",
      detail: facts.trainsOnData === true ? "it trains on prompts" : "whether it trains on prompts is unknown",
    };
  return keepsNothing
    ? undefined
    : { kind: "request", by: "provider.data_collection", detail: `it keeps prompts ${kept}` };
}

/** A fee that an endpoint's price does not have is none; the price of sound is known of nobody. */
function excludedByPrice(facts: EndpointFacts, { maxPrice }: ProviderPreferences): Rejection | undefined {
  if (maxPrice === undefined) return undefined;
  const excluded = (detail: string): Rejection => ({ kind: "request", by: "provider.max_price", detail });
  const price = priceOf(facts);
  if (price === undefined) return excluded("its price is unknown");
  if (maxPrice.limitsAudio === true && facts.capabilities.includes("audio"))
    return excluded("its price of sound is unknown");
  const dearer = (limit: number | undefined, asked: number | undefined): boolean =>
    limit !== undefined && (asked ?? 0) > limit;
  if (dearer(maxPrice.requestMicroUsd, price.requestMicroUsd))
    return excluded(`it costs ${usd(price.requestMicroUsd)} USD a request`);
  if (dearer(maxPrice.imageMicroUsd, price.imageMicroUsd))
    return excluded(`it costs ${usd(price.imageMicroUsd)} USD a picture`);
  const { inputMicroUsdPerMillion: input, outputMicroUsdPerMillion: output } = price;
  if (dearer(maxPrice.promptMicroUsdPerMillion, input) || dearer(maxPrice.completionMicroUsdPerMillion, output))
    return excluded(`it costs ${usd(input)} and ${usd(output)} USD per million prompt and answer tokens`);
  return undefined;
}

function usd(microUsd: number | undefined): string {
  return microUsd === undefined ? "nothing" : String(microUsd / 1_000_000);
}

function excludedByParameters(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  if (!request.provider.requireParameters) return undefined;
  const missing = request.parameters.find((name) => lacksParameter(facts, name));
  if (missing === undefined) return undefined;
  return { kind: "request", by: "provider.require_parameters", detail: `it does not declare support for ${missing}` };
}
