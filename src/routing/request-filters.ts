import type { InferenceRequest, ProviderPreferences } from "../core/inference-request.ts";
import type { RejectedCandidate } from "../core/decision.ts";
import { priceOf, type Capability, type EndpointFacts } from "../core/endpoint.ts";
import { matchesQuantization } from "./matches-quantization.ts";

/** A reason without the endpoint that it is about. */
export type Rejection = Omit<RejectedCandidate, "endpointId">;

/** Request parameters that not every endpoint understands, and the capability that tells. All others are taken by all. */
const CAPABILITY_OF_PARAMETER: Readonly<Record<string, Capability>> = {
  tools: "tools",
  tool_choice: "tools",
  parallel_tool_calls: "tools",
  response_format: "json-schema",
  structured_outputs: "json-schema",
  logprobs: "logprobs",
  top_logprobs: "logprobs",
  reasoning: "reasoning",
  reasoning_effort: "reasoning",
  include_reasoning: "reasoning",
  audio: "audio",
};

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
  if (provider.only !== undefined && !provider.only.includes(facts.providerId))
    return excluded("provider.only", `only ${provider.only.join(", ")} may serve the request`);
  if (provider.ignore?.includes(facts.providerId) === true)
    return excluded("provider.ignore", `${facts.providerId} is ignored`);
  if (!provider.allowFallbacks && provider.order !== undefined && !provider.order.includes(facts.providerId))
    return excluded("provider.allow_fallbacks", `only ${provider.order.join(", ")} may serve the request`);
  if (provider.quantizations !== undefined && !matchesQuantization(provider.quantizations, facts.quantization))
    return excluded("provider.quantizations", `its weights are ${facts.quantization ?? "of unknown precision"}`);
  return (
    excludedByDataHandling(facts, provider) ?? excludedByPrice(facts, provider) ?? excludedByParameters(facts, request)
  );
}

function isFree(facts: EndpointFacts): boolean {
  const price = priceOf(facts);
  return price?.inputMicroUsdPerMillion === 0 && price.outputMicroUsdPerMillion === 0;
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

function excludedByPrice(facts: EndpointFacts, provider: ProviderPreferences): Rejection | undefined {
  if (provider.maxPrice === undefined) return undefined;
  const price = priceOf(facts);
  if (price === undefined) return { kind: "request", by: "provider.max_price", detail: "its price is unknown" };
  const { promptMicroUsdPerMillion: prompt, completionMicroUsdPerMillion: completion } = provider.maxPrice;
  const tooDear =
    (prompt !== undefined && price.inputMicroUsdPerMillion > prompt) ||
    (completion !== undefined && price.outputMicroUsdPerMillion > completion);
  if (!tooDear) return undefined;
  const usd = (microUsd: number): string => String(microUsd / 1_000_000);
  const detail = `it costs ${usd(price.inputMicroUsdPerMillion)} and ${usd(price.outputMicroUsdPerMillion)} USD per million prompt and answer tokens`;
  return { kind: "request", by: "provider.max_price", detail };
}

function excludedByParameters(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  if (!request.provider.requireParameters) return undefined;
  const missing = request.parameters.find((name) => {
    const needed = CAPABILITY_OF_PARAMETER[name];
    return needed !== undefined && !facts.capabilities.includes(needed);
  });
  if (missing === undefined) return undefined;
  return { kind: "request", by: "provider.require_parameters", detail: `it does not declare support for ${missing}` };
}
