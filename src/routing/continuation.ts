import type { ContinuationPlan } from "../core/continuation.ts";
import type { RankedCandidate } from "../core/decision.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { CompiledRoute } from "../core/policy-port.ts";
import type { Rejection } from "./request-filters.ts";

/**
 * Parameters with which half an answer can't be gone on with. Those that hold the answer to a form begin anew with what
 * is written, and would make a second whole value out of the rest of the first; those that report on tokens would report
 * on the ones at the seam twice or not at all; and what is not text can't be handed over as such.
 */
const ANSWERS_AT_ONCE: ReadonlySet<string> = new Set([
  ...["grammar", "ebnf", "regex", "json_schema", "structural_tag", "structured_outputs"],
  ...["guided_json", "guided_regex", "guided_choice", "guided_grammar"],
  ...["logprobs", "top_logprobs", "prompt_logprobs"],
  ...["echo", "suffix", "best_of", "use_beam_search"],
  ...["modalities", "audio", "functions", "function_call", "web_search_options"],
  ...["continue_final_message"],
]);

/** The decision's part on answers that break off, and what to note where one was asked for in vain. */
export interface PlannedContinuation {
  readonly plan?: ContinuationPlan;
  readonly note?: string;
}

/**
 * Whether an answer may be gone on with where it breaks off, and by whom. The route decides: it may turn it on, forbid it,
 * or leave it to the request, which may turn off what the route turns on.
 */
export function planContinuation(
  request: InferenceRequest,
  route: Pick<CompiledRoute, "id" | "continuation"> | undefined,
  candidates: readonly RankedCandidate[],
  factsOf: (endpointId: string) => EndpointFacts | undefined,
): PlannedContinuation {
  const asked = request.provider.continuation;
  if (!request.stream || (asked ?? route?.continuation) !== true) return {};
  const without = (because: string): PlannedContinuation => ({
    note: `an answer that breaks off is an error: ${because}`,
  });
  if (route?.continuation === false) return without(`route ${route.id} does not let it be gone on with`);
  const problem = problemWith(request);
  if (problem !== undefined) return without(problem);
  const able = candidates.filter(({ endpointId }) => factsOf(endpointId)?.continuation !== undefined);
  if (candidates.length > 0 && able.length === 0) return without("no candidate is known to go on with one");
  return able.length === 0 ? {} : { plan: { endpointIds: able.map(({ endpointId }) => endpointId) } };
}

/** Why no half answer to this request can be gone on with, or nothing. */
function problemWith(request: InferenceRequest): string | undefined {
  const { kind, choiceCount, inputCount, responseFormat, toolChoice, parameters, roles, maxTokens } = request;
  if (kind !== "chat" && kind !== "completion") return `a request of the kind ${kind} writes no text`;
  if (choiceCount !== 1 || inputCount !== 1) return "there is more than one answer";
  if (responseFormat.kind !== "text") return "its form would begin anew (response_format)";
  if (toolChoice === "required" || toolChoice === "named") return "half a tool call can't be gone on with";
  if (roles.at(-1) === "assistant") return "the conversation ends with an assistant message of its own";
  if (kind === "completion" && maxTokens === undefined)
    return "servers differ in how long a text may be without max_tokens";
  const atOnce = parameters.find((name) => ANSWERS_AT_ONCE.has(name));
  return atOnce === undefined ? undefined : `it has ${atOnce}`;
}

/** Why an endpoint may not go on with the request's unfinished answer, or nothing; nothing where there is none. */
export function mayNotGoOn(facts: EndpointFacts, { continues, provider }: InferenceRequest): Rejection | undefined {
  if (continues === undefined) return undefined;
  if (facts.modelId !== continues.modelId)
    return { kind: "model", by: "continuation", detail: `the answer that broke off is one of ${continues.modelId}` };
  if (facts.continuation === undefined)
    return { kind: "capability", by: "continuation", detail: "it is not known to go on with an unfinished answer" };
  if (!provider.allowFallbacks && provider.order === undefined && facts.id !== continues.endpointId)
    return {
      kind: "request",
      by: "provider.allow_fallbacks",
      detail: "it would be a fallback, and the request allows none",
    };
  return undefined;
}
