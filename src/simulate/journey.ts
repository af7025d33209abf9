import type { Decision, RankedCandidate } from "../core/decision.ts";
import { priceOf } from "../core/endpoint.ts";
import { costMicroUsd } from "../core/usage.ts";
import type { FailedAttempt } from "../routing/failover.ts";
import type { shapeOf } from "../routing/output-length.ts";
import type { RoutingInput } from "../routing/routing-input.ts";
import type { DoorEntry } from "./door.ts";
import { PREFIX_BLOCK_TOKENS } from "./endpoint-profile.ts";
import type { SimulatedEndpoint } from "./simulated-endpoint.ts";
import type { TracedRequest } from "./traced-request.ts";

/** Blocks of a prompt that an endpoint must hold before the prompt counts as a conversation that it has served: one may be what all prompts begin with. */
const MIN_SESSION_BLOCKS = 2;

/** One request on its way. */
export interface Journey {
  readonly index: number;
  readonly request: TracedRequest;
  readonly base: Omit<RoutingInput, "endpoints" | "now" | "alreadyTried">;
  readonly attempts: FailedAttempt[];
  /** The endpoint that has it, or at whose door it waits. */
  at?: SimulatedEndpoint;
  /** The endpoint whose answer is held back until it is whole. */
  heldAt?: SimulatedEndpoint;
  /** An answer that was not sure enough: of whom, and what it is billed. */
  unsure?: { readonly endpoint: SimulatedEndpoint; readonly costMicroUsd: number };
  shape?: ReturnType<typeof shapeOf>;
}

/** The request as an endpoint's door sees it. */
export function entryOf(
  { index, request, base }: Journey,
  { workload }: Decision,
  { prediction }: RankedCandidate,
  patienceMs: number,
  timeLeftMs: number,
): DoorEntry {
  const { serviceTier } = request;
  return {
    index,
    keyId: base.principal.keyId,
    workloadClass: workload.class,
    promptTokens: base.request.estimatedPromptTokens,
    expectedOutputTokens: prediction.outputTokens ?? workload.expectedOutputTokens,
    patienceMs,
    timeLeftMs,
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
}

/** What an endpoint is paid for what it has read and written of a request, in micro-USD; NaN where its price is not known. */
export function billOf(
  { spec: { facts } }: SimulatedEndpoint,
  { promptTokens }: TracedRequest,
  { promptTokens: readTokens, outputTokens }: { readonly promptTokens: number; readonly outputTokens: number },
): number {
  const price = priceOf(facts);
  if (price === undefined) return NaN;
  const cachedPromptTokens = promptTokens - readTokens;
  return costMicroUsd(price, { promptTokens, completionTokens: outputTokens, cachedPromptTokens });
}

/** The endpoint that has served the request's conversation before, as far as it holds the prompt. */
export function conversationOf(
  request: TracedRequest,
  endpoints: readonly SimulatedEndpoint[],
): RoutingInput["sticky"] {
  if (request.prefixIds === undefined) return undefined;
  let best: SimulatedEndpoint | undefined;
  let cachedPromptTokens = MIN_SESSION_BLOCKS * PREFIX_BLOCK_TOKENS - 1;
  for (const endpoint of endpoints) {
    const held = endpoint.heldTokens(request);
    if (held > cachedPromptTokens) [best, cachedPromptTokens] = [endpoint, held];
  }
  return best === undefined ? undefined : { endpointId: best.spec.facts.id, cachedPromptTokens };
}
