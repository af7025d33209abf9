import type { InferenceRequest } from "../core/inference-request.ts";
import type { Prediction } from "../core/decision.ts";
import type { EndpointSnapshot, EndpointState } from "../core/endpoint.ts";
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
import { simulateQueue } from "./simulate-queue.ts";

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
  "estimatedPromptTokens" | "maxTokens" | "choiceCount" | "imageCount"
>;

/**
 * What to expect of `endpoint` for this request. Time to first content is loading, then waiting, then reading what it does
 * not hold of the prompt; both latter are simulated over what the endpoint is doing, and corrected by how far recent
 * predictions were off. Work without an answer (embeddings) ends with the reading.
 */
export function predict(
  endpoint: EndpointSnapshot,
  request: PredictedRequest,
  workload: Workload,
  sticky: StickyEndpoint | undefined,
  lengths?: LengthsOfShape,
): Expectation {
  const { facts, state } = endpoint;
  const length = workload.expectedOutputBasis === "stated" ? undefined : lengths?.ofModel(facts.modelId);
  const outputTokens = outputTokensOf(workload, length, request.maxTokens);
  const speed = speedOf(endpoint, request, sticky);
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
  const prediction: Writable<Prediction> = { queueMs: Math.round(queueMs) };
  if (knowsTtft) {
    prediction.ttftMs = Math.round(ttftMs);
    if (ttftP90Ms !== undefined) prediction.ttftP90Ms = Math.round(ttftP90Ms);
    if (firstContentCorrection !== 1) prediction.firstContentCorrection = toHundredths(firstContentCorrection);
    if (knowsRate) prediction.totalMs = Math.round(totalMs);
    if (knowsRate && totalP90Ms !== undefined) prediction.totalP90Ms = Math.round(totalP90Ms);
  }
  if (knowsRate) {
    prediction.tokensPerSecond = toHundredths(1_000 / stepMs);
    if (slowWriting !== undefined) prediction.tokensPerSecondP90 = toHundredths(1_000 / (speed.stepMs * slowWriting));
    if (writingCorrection !== 1) prediction.writingCorrection = toHundredths(writingCorrection);
  }
  if (length !== undefined) prediction.outputTokens = Math.round(outputTokens);
  if (cost.isKnown) prediction.costMicroUsd = cost.microUsd;
  if (worst !== undefined) prediction.worstCostMicroUsd = worst;
  return {
    prediction,
    ttftMs,
    totalMs,
    totalP90Ms: Math.max(totalMs, totalP90Ms ?? 0),
    retryMs: (state.errorRate ?? 0) * FAILED_ATTEMPT_MS,
    tokensPerSecond: 1_000 / stepMs,
    costMicroUsd: cost.microUsd,
    hardwareMicroUsd: hardwareCost(facts, state, readMs + outputTokens * stepMs),
    guesses,
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

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
      load: state,
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

function toHundredths(number: number): number {
  return Math.round(number * 100) / 100;
}
