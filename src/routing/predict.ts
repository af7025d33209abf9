import type { InferenceRequest } from "../core/inference-request.ts";
import type { Prediction } from "../core/decision.ts";
import type { EndpointSnapshot, EndpointState, Newcomer } from "../core/endpoint.ts";
import type { Workload } from "../core/workload.ts";
import { correctionOf, slowEndOf } from "./correct.ts";
import { expectedCost, hardwareCost, worstCost } from "./expected-cost.ts";
import { MIN_SAMPLES, speedOf, type EndpointSpeed } from "./endpoint-speed.ts";
import type { LengthsOfShape } from "./output-length.ts";
import { GUESSES } from "./priors.ts";
import type { StickyEndpoint } from "./routing-input.ts";

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
 * predictions were off. Of those who wait, the ones go before it that the endpoint's door lets in first. Work without an
 * answer (embeddings) ends with the reading.
 */
export function predict(
  endpoint: EndpointSnapshot,
  request: PredictedRequest,
  workload: Workload,
  caller: PredictedCaller,
): Expectation {
  const { facts, state } = endpoint;
  const length = workload.expectedOutputBasis === "stated" ? undefined : caller.lengths?.ofModel(facts.modelId);
  const outputTokens = outputTokensOf(length?.p50 ?? workload.expectedOutputTokens, request);
  const longTokens = length === undefined ? outputTokens : outputTokensOf(length.p90, request);
  const speed = speedOf(endpoint, request, workload, outputTokens, caller);
  times.work(speed, state, outputTokens, longTokens);
  const cost = expectedCost(facts, request, outputTokens);
  const guesses = speed.guesses | (cost.isKnown ? 0 : GUESSES.price.bit);
  return {
    prediction: new KnownPrediction(
      times,
      guesses,
      length === undefined ? undefined : Math.round(outputTokens),
      cost.isKnown ? cost.microUsd : undefined,
      worstCost(facts, request, workload),
    ),
    // Whole milliseconds: nothing below them is known, and they need no room of their own in memory.
    ttftMs: Math.round(times.ttftMs),
    totalMs: Math.round(times.totalMs),
    totalP90Ms: Math.max(Math.round(times.totalMs), times.totalP90Ms ?? 0),
    retryMs: Math.round((state.errorRate ?? 0) * FAILED_ATTEMPT_MS),
    tokensPerSecond: 1_000 / times.stepMs,
    costMicroUsd: cost.microUsd,
    hardwareMicroUsd: hardwareCost(facts, state, times.busyMs),
    guesses,
  };
}

/**
 * The times of one endpoint, corrected by how far recent predictions were off. Fields of one object that is used again,
 * because numbers with a fraction that are handed from function to function leave a copy of themselves behind each time.
 */
class Times {
  queueMs = 0;
  ttftMs = 0;
  totalMs = 0;
  /** Of one token. */
  stepMs = 0;
  /** While it has a slot. */
  busyMs = 0;
  firstContentCorrection = 1;
  writingCorrection = 1;
  /** What 9 of 10 answers stay within, in whole milliseconds, where anything is known about the slow ones. */
  ttftP90Ms: number | undefined;
  totalP90Ms: number | undefined;
  tokensPerSecondP90: number | undefined;

  work(speed: EndpointSpeed, state: EndpointState, outputTokens: number, longTokens: number): void {
    const { corrections } = state;
    this.firstContentCorrection = correctionOf(corrections?.firstContent);
    this.writingCorrection = correctionOf(corrections?.writing);
    this.queueMs = speed.queueMs * this.firstContentCorrection;
    const readMs = speed.readMs * this.firstContentCorrection;
    this.stepMs = speed.stepMs * this.writingCorrection;
    this.busyMs = readMs + outputTokens * this.stepMs;
    this.ttftMs = speed.loadMs + this.queueMs + readMs;
    this.totalMs = this.ttftMs + outputTokens * this.stepMs;

    const slowReading = slowEndOf(corrections?.firstContent);
    const slowWriting = slowEndOf(corrections?.writing);
    const ttftP90Ms =
      slowReading === undefined
        ? slowTtftMs(state, speed)
        : speed.loadMs + (speed.queueMs + speed.readMs) * slowReading;
    this.ttftP90Ms = ttftP90Ms === undefined ? undefined : Math.round(ttftP90Ms);
    this.totalP90Ms =
      ttftP90Ms === undefined || slowWriting === undefined
        ? undefined
        : Math.round(ttftP90Ms + longTokens * speed.stepMs * slowWriting);
    this.tokensPerSecondP90 = slowWriting === undefined ? undefined : 1_000 / (speed.stepMs * slowWriting);
  }
}

/** One for all: a decision over many endpoints needs many, one after the other. */
const times = new Times();

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

  constructor(
    expected: Times,
    guesses: number,
    outputTokens: number | undefined,
    costMicroUsd: number | undefined,
    worstCostMicroUsd: number | undefined,
  ) {
    const knowsTtft = (guesses & (GUESSES.loadTime.bit | GUESSES.promptTime.bit)) === 0;
    const knowsRate = (guesses & GUESSES.tokensPerSecond.bit) === 0;
    const { ttftP90Ms, totalP90Ms, tokensPerSecondP90, firstContentCorrection, writingCorrection } = expected;
    this.queueMs = Math.round(expected.queueMs);
    if (knowsTtft) this.ttftMs = Math.round(expected.ttftMs);
    if (knowsTtft && ttftP90Ms !== undefined) this.ttftP90Ms = ttftP90Ms;
    if (knowsTtft && knowsRate) this.totalMs = Math.round(expected.totalMs);
    if (knowsTtft && knowsRate && totalP90Ms !== undefined) this.totalP90Ms = totalP90Ms;
    if (knowsRate) this.tokensPerSecond = toHundredths(1_000 / expected.stepMs);
    if (knowsRate && tokensPerSecondP90 !== undefined) this.tokensPerSecondP90 = toHundredths(tokensPerSecondP90);
    if (outputTokens !== undefined) this.outputTokens = outputTokens;
    if (knowsTtft && firstContentCorrection !== 1) this.firstContentCorrection = toHundredths(firstContentCorrection);
    if (knowsRate && writingCorrection !== 1) this.writingCorrection = toHundredths(writingCorrection);
    if (costMicroUsd !== undefined) this.costMicroUsd = costMicroUsd;
    if (worstCostMicroUsd !== undefined) this.worstCostMicroUsd = worstCostMicroUsd;
  }
}

function outputTokensOf(tokens: number, { maxTokens }: PredictedRequest): number {
  return maxTokens === undefined ? tokens : Math.min(tokens, maxTokens);
}

/** The slow end of the time to first content as it was observed; of use only where the prompt's length plays no part. */
function slowTtftMs(state: EndpointState, speed: EndpointSpeed): number | undefined {
  const { ttftMs } = state;
  if (state.prefillTokensPerSecond !== undefined || ttftMs === undefined || ttftMs.count < MIN_SAMPLES)
    return undefined;
  return speed.loadMs + speed.queueMs + ttftMs.p90;
}

function toHundredths(number: number): number {
  return Math.round(number * 100) / 100;
}
