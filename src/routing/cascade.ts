import type { CascadePlan, RankedCandidate } from "../core/decision.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { CompiledRoute } from "../core/policy-port.ts";

/**
 * Whether the first endpoint's answer is to be judged by its own confidence before it is sent, and who answers instead.
 * Undefined where the route asks for no cascade, the request refuses it or can't be judged (several answers, functions
 * to call), the first endpoint is not on this box or tells no log-probabilities, or the next one is no better.
 */
export function planCascade(
  request: InferenceRequest,
  route: CompiledRoute | undefined,
  [first, next]: readonly RankedCandidate[],
  factsOf: (endpointId: string) => EndpointFacts | undefined,
): CascadePlan | undefined {
  if (route?.cascade === undefined || request.provider.cascade === false) return undefined;
  if (request.kind !== "chat" || request.choiceCount !== 1 || request.toolCount > 0) return undefined;
  if (request.continues !== undefined) return undefined;
  if (first === undefined || next === undefined || first.modelId === next.modelId) return undefined;
  const local = factsOf(first.endpointId);
  if (local?.location !== "box" || !local.capabilities.includes("logprobs")) return undefined;
  const quality = factsOf(next.endpointId)?.quality;
  if (quality !== undefined && local.quality !== undefined && quality <= local.quality) return undefined;
  const { minMeanLogprob } = route.cascade;
  return { endpointId: first.endpointId, nextEndpointId: next.endpointId, minMeanLogprob };
}
