import type { InferenceRequest } from "../core/inference-request.ts";
import type { Prediction } from "../core/decision.ts";
import type { EndpointSnapshot, EndpointState, Newcomer } from "../core/endpoint.ts";
import type { Workload } from "../core/workload.ts";
import { correctionOf, slowEndOf } from "./correct.ts";
import { expectedCost, hardwareCost, worstCost } from "./expected-cost.ts";
import type { LengthsOfShape, OutputLength } from "./output-length.ts";
import {
  GUESSES,
  PRIOR_LOAD_MS,
  PRIOR_NETWORK_MS,
  PRIOR_PREFILL_TOKENS_PER_SECOND,
  PRIOR_TOKENS_PER_SECOND,
} from "./priors.ts";
import type { StickyEndpoint } from "./routing-input.ts";
import { simulateQueue, type SimulatedEngine } from "./simulate-queue.ts";

/** Measurements of fewer answers than this say too little. */
const MIN_SAMPLES = 3;

/** Time that a failed attempt costs before the next endpoint is asked. */
export const FAILED_ATTEMPT_MS = 2_000;

/** What is expected of one endpoint: the facts to report, and for the order of endpoints every number, priors included. */
export interface Expectation {
  readonly prediction: Prediction;
  readonly ttftMs: number;
  readonly totalMs: number;
  /** The time that 9 of 10 answers stay within, as far as anything is known about the slow ones. */
  readonly totalP90Ms: number;
  /** What failures add to the times above on average. */
  readonly retryMs: number;
  readonly tokensPerSecond: number;
  readonly costMicroUsd: number;
  /** What the owner's own hardware costs for it. */
  readonly hardwareMicroUsd: number;
  /** Which of the numbers above rest on a prior: a set for `namesOfGuesses`. */
  readonly guesses: number;
}

/** What a prediction needs to know of the request. */
export type PredictedRequest = Pick<
  InferenceRequest,
  "estimatedPromptTokens" | "maxTokens" | "choiceCount" | "imageCount" | "serviceTier"
>;

/** What a prediction needs to know of who asks. */
export interface PredictedCaller extends Pick<Newcomer, "keyId" | "weight"> {
  readonly sticky?: StickyEndpoint | undefined;
  readonly lengths?: LengthsOfShape | undefined;
}

/**
 * What to expect of `endpoint` for this request. Time to first content is loading, then waiting, then reading what it does
 * not hold of the prompt; both latter are simulated over what the endpoint is doing, and corrected by how far recent
 * predictions were off. Of those who wait, the ones go before it that the endpoint's door lets in first. Work without an answer (embeddings) ends with the reading.
 */
export function predict(
  endpoint: EndpointSnapshot,
  request: PredictedRequest,
  workload: Workload,
  caller: PredictedCaller,
): Expectation {
  const { facts, state } = endpoint;
  const length = workload.expectedOutputBasis === "stated" ? undefined : caller.lengths?.ofModel(facts.modelId);
  const outputTokens = outputTokensOf(workload, length, request.maxTokens);
  const speed = speedOf(
    endpoint,
    request,
    caller.sticky,
    loadBefore(endpoint, request, workload, outputTokens, caller),
  );
  const { corrections } = state;
  const firstContentCorrection = correctionOf(corrections?.firstContent);
  const writingCorrection = correctionOf(corrections?.writing);
  const queueMs = speed.queueMs * firstContentCorrection;
  const readMs = speed.readMs * firstContentCorrection;
  const stepMs = speed.stepMs * writingCorrection;
  const ttftMs = speed.loadMs + queueMs + readMs;
  const totalMs = ttftMs + outputTokens * stepMs;

  const slowReading = slowEndOf(corrections?.firstContent);
  const slowWriting = slowEndOf(corrections?.writing);
  const ttftP90Ms =
    slowReading === undefined ? slowTtftMs(state, speed) : speed.loadMs + (speed.queueMs + speed.readMs) * slowReading;
  const longTokens = length === undefined ? outputTokens : outputTokensOf(workload, length, request.maxTokens, "p90");
  const totalP90Ms =
    ttftP90Ms === undefined || slowWriting === undefined
      ? undefined
      : ttftP90Ms + longTokens * speed.stepMs * slowWriting;

  const cost = expectedCost(facts, request, outputTokens);
  const worst = worstCost(facts, request, workload);
  const guesses = speed.guesses | (cost.isKnown ? 0 : GUESSES.price.bit);
  const knowsTtft = (guesses & (GUESSES.loadTime.bit | GUESSES.promptTime.bit)) === 0;
  const knowsRate = (guesses & GUESSES.tokensPerSecond.bit) === 0;
  const prediction = new KnownPrediction({
    queueMs: Math.round(queueMs),
    ttftMs: knowsTtft ? Math.round(ttftMs) : undefined,
    ttftP90Ms: knowsTtft ? rounded(ttftP90Ms) : undefined,
    totalMs: knowsTtft && knowsRate ? Math.round(totalMs) : undefined,
    totalP90Ms: knowsTtft && knowsRate ? rounded(totalP90Ms) : undefined,
    tokensPerSecond: knowsRate ? toHundredths(1_000 / stepMs) : undefined,
    tokensPerSecondP90:
      knowsRate && slowWriting !== undefined ? toHundredths(1_000 / (speed.stepMs * slowWriting)) : undefined,
    outputTokens: length === undefined ? undefined : Math.round(outputTokens),
    firstContentCorrection:
      knowsTtft && firstContentCorrection !== 1 ? toHundredths(firstContentCorrection) : undefined,
    writingCorrection: knowsRate && writingCorrection !== 1 ? toHundredths(writingCorrection) : undefined,
    costMicroUsd: cost.isKnown ? cost.microUsd : undefined,
    worstCostMicroUsd: worst,
  });
  return {
    prediction,
    // Whole milliseconds: nothing below them is known, and they need no room of their own in memory.
    ttftMs: Math.round(ttftMs),
    totalMs: Math.round(totalMs),
    totalP90Ms: Math.round(Math.max(totalMs, totalP90Ms ?? 0)),
    retryMs: Math.round((state.errorRate ?? 0) * FAILED_ATTEMPT_MS),
    tokensPerSecond: 1_000 / stepMs,
    costMicroUsd: cost.microUsd,
    hardwareMicroUsd: hardwareCost(facts, state, readMs + outputTokens * stepMs),
    guesses,
  };
}

type Known = { readonly [Name in keyof Prediction]-?: Prediction[Name] | undefined };

/**
 * A prediction that has exactly the properties that are known. A class, because its objects are as large as need be from
 * the start: a plain object to which properties are added one by one leaves several times its own size behind.
 */
class KnownPrediction implements Prediction {
  declare readonly queueMs: number;
  declare readonly ttftMs?: number;
  declare readonly ttftP90Ms?: number;
  declare readonly totalMs?: number;
  declare readonly totalP90Ms?: number;
  declare readonly tokensPerSecond?: number;
  declare readonly tokensPerSecondP90?: number;
  declare readonly outputTokens?: number;
  declare readonly firstContentCorrection?: number;
  declare readonly writingCorrection?: number;
  declare readonly costMicroUsd?: number;
  declare readonly worstCostMicroUsd?: number;

  constructor(known: Known) {
    this.queueMs = known.queueMs ?? 0;
    if (known.ttftMs !== undefined) this.ttftMs = known.ttftMs;
    if (known.ttftP90Ms !== undefined) this.ttftP90Ms = known.ttftP90Ms;
    if (known.totalMs !== undefined) this.totalMs = known.totalMs;
    if (known.totalP90Ms !== undefined) this.totalP90Ms = known.totalP90Ms;
    if (known.tokensPerSecond !== undefined) this.tokensPerSecond = known.tokensPerSecond;
    if (known.tokensPerSecondP90 !== undefined) this.tokensPerSecondP90 = known.tokensPerSecondP90;
    if (known.outputTokens !== undefined) this.outputTokens = known.outputTokens;
    if (known.firstContentCorrection !== undefined) this.firstContentCorrection = known.firstContentCorrection;
    if (known.writingCorrection !== undefined) this.writingCorrection = known.writingCorrection;
    if (known.costMicroUsd !== undefined) this.costMicroUsd = known.costMicroUsd;
    if (known.worstCostMicroUsd !== undefined) this.worstCostMicroUsd = known.worstCostMicroUsd;
  }
}

function outputTokensOf(
  workload: Workload,
  length: OutputLength | undefined,
  maxTokens: number | undefined,
  end: "p50" | "p90" = "p50",
): number {
  const tokens = length?.[end] ?? workload.expectedOutputTokens;
  return maxTokens === undefined ? tokens : Math.min(tokens, maxTokens);
}

/** The times of an endpoint before any correction, and which of them are guessed. */
interface Speed {
  readonly loadMs: number;
  readonly queueMs: number;
  readonly readMs: number;
  /** Of one token. */
  readonly stepMs: number;
  readonly guesses: number;
}

function speedOf(
  { facts, state }: EndpointSnapshot,
  request: PredictedRequest,
  sticky: StickyEndpoint | undefined,
  load: SimulatedEngine["load"],
): Speed {
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
  const { queueMs, readMs, stepMs } = simulateQueue(
    {
      slots: facts.slots,
      load,
      tokensPerSecond: knownRate ?? PRIOR_TOKENS_PER_SECOND[device],
      prefillTokensPerSecond,
    },
    promptTokens,
  );
  let knownReadMs = prefillTokensPerSecond === undefined ? measured(state.ttftMs) : readMs;
  if (knownReadMs === undefined) {
    guesses |= GUESSES.promptTime.bit;
    knownReadMs = PRIOR_NETWORK_MS[facts.location] + (promptTokens * 1_000) / PRIOR_PREFILL_TOKENS_PER_SECOND[device];
  }
  return { loadMs: knownLoadMs ?? PRIOR_LOAD_MS, queueMs, readMs: knownReadMs, stepMs, guesses };
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

/** The slow end of the time to first content as it was observed; of use only where the prompt's length plays no part. */
function slowTtftMs(state: EndpointState, speed: Speed): number | undefined {
  const { ttftMs } = state;
  if (state.prefillTokensPerSecond !== undefined || ttftMs === undefined || ttftMs.count < MIN_SAMPLES)
    return undefined;
  return speed.loadMs + speed.queueMs + ttftMs.p90;
}

/** The median of what was measured, once there is enough of it. */
function measured(percentiles: EndpointState["tokensPerSecond"]): number | undefined {
  return percentiles !== undefined && percentiles.count >= MIN_SAMPLES ? percentiles.p50 : undefined;
}

/** A rate that something can be divided by. */
function positive(rate: number | undefined): number | undefined {
  return rate !== undefined && rate > 0 && rate < Infinity ? rate : undefined;
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}

function toHundredths(number: number): number {
  return Math.round(number * 100) / 100;
}
