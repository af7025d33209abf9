import type { EndpointSnapshot, EndpointState } from "../core/endpoint.ts";
import type { Workload } from "../core/workload.ts";
import type { PredictedCaller, PredictedRequest } from "./predict.ts";
import {
  GUESSES,
  PRIOR_LOAD_MS,
  PRIOR_NETWORK_MS,
  PRIOR_PREFILL_TOKENS_PER_SECOND,
  PRIOR_TOKENS_PER_SECOND,
} from "./priors.ts";
import { simulateQueue, type SimulatedEngine } from "./simulate-queue.ts";

/** Measurements of fewer answers than this say too little. */
export const MIN_SAMPLES = 3;

/** The times of an endpoint before any correction, and which of them are guessed. */
export interface EndpointSpeed {
  readonly loadMs: number;
  readonly queueMs: number;
  readonly readMs: number;
  /** Of one token. */
  readonly stepMs: number;
  readonly guesses: number;
}

/** One for all: a decision over many endpoints needs many, one after the other. */
const speed = { loadMs: 0, queueMs: 0, readMs: 0, stepMs: 0, guesses: 0 };

/**
 * How fast `endpoint` is for this request as things stand: measured where it was measured, simulated over what it is
 * doing, and of a prior where nothing is known. Valid until the next call.
 */
export function speedOf(
  endpoint: EndpointSnapshot,
  request: PredictedRequest,
  workload: Workload,
  outputTokens: number,
  caller: PredictedCaller,
): EndpointSpeed {
  const { facts, state } = endpoint;
  const { sticky } = caller;
  let guesses = 0;
  const device = facts.device ?? "unknown";
  const knownRate =
    positive(measured(state.tokensPerSecond)) ??
    positive(state.decodeTokensPerSecond) ??
    positive(state.decodeRates?.[0]?.tokensPerSecond);
  if (knownRate === undefined) guesses |= GUESSES.tokensPerSecond.bit;
  const knownLoadMs = state.loaded ? 0 : state.loadMs;
  if (knownLoadMs === undefined) guesses |= GUESSES.loadTime.bit;
  const held = sticky?.endpointId === facts.id ? (sticky.cachedPromptTokens ?? 0) : 0;
  const promptTokens = Math.max(0, request.estimatedPromptTokens - held);
  const prefillTokensPerSecond = positive(state.prefillTokensPerSecond);
  const wait = simulateQueue(
    {
      slots: facts.slots,
      load: loadBefore(endpoint, request, workload, outputTokens, caller),
      tokensPerSecond: knownRate ?? PRIOR_TOKENS_PER_SECOND[device],
      prefillTokensPerSecond,
    },
    promptTokens,
  );
  let knownReadMs = prefillTokensPerSecond === undefined ? measured(state.ttftMs) : wait.readMs;
  if (knownReadMs === undefined) {
    guesses |= GUESSES.promptTime.bit;
    knownReadMs = PRIOR_NETWORK_MS[facts.location] + (promptTokens * 1_000) / PRIOR_PREFILL_TOKENS_PER_SECOND[device];
  }
  speed.loadMs = knownLoadMs ?? PRIOR_LOAD_MS;
  speed.queueMs = wait.queueMs;
  speed.readMs = knownReadMs;
  speed.stepMs = wait.stepMs;
  speed.guesses = guesses;
  return speed;
}

/**
 * The load that is served before the request: what runs, and of what waits here those whose turn comes first by the rule of
 * the endpoint's own door. What waits at the server itself has been let in before.
 */
function loadBefore(
  { state, line }: EndpointSnapshot,
  request: PredictedRequest,
  { class: workloadClass }: Workload,
  outputTokens: number,
  { keyId, weight }: PredictedCaller,
): SimulatedEngine["load"] {
  if (line === undefined) return state;
  const queuedWork = line.aheadOf({
    keyId,
    weight,
    workloadClass,
    serviceTier: request.serviceTier,
    promptTokens: request.estimatedPromptTokens,
    expectedOutputTokens: outputTokens * request.choiceCount,
  });
  const queued = Math.max(0, state.queued - line.queued) + queuedWork.length;
  const { running, runningWork, decodeRates } = state;
  const queuedPromptTokens = (state.queuedPromptTokens * queued) / Math.max(1, state.queued);
  return {
    running,
    queued,
    queuedPromptTokens,
    queuedWork,
    ...(runningWork === undefined ? {} : { runningWork }),
    ...(decodeRates === undefined ? {} : { decodeRates }),
  };
}

/** The median of what was measured, once there is enough of it. */
function measured(percentiles: EndpointState["tokensPerSecond"]): number | undefined {
  return percentiles !== undefined && percentiles.count >= MIN_SAMPLES ? percentiles.p50 : undefined;
}

/** A rate that something can be divided by. */
function positive(rate: number | undefined): number | undefined {
  return rate !== undefined && rate > 0 && rate < Infinity ? rate : undefined;
}
