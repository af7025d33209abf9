import type { ScoreParts } from "../core/decision.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { SortKey } from "../core/inference-request.ts";
import type { Workload } from "../core/workload.ts";
import { expectedQuality } from "./expected-quality.ts";
import type { CompleteWeights } from "./objective-weights.ts";
import type { Expectation } from "./predict.ts";

/** Behind every price, and a number that JSON can carry. */
const UNKNOWN_PRICE_SCORE = Number.MAX_SAFE_INTEGER;

/** A score that is larger is as good as infinite, and still a number that adds up and that JSON can carry. */
const MAX_PART_MICRO_USD = 1e12;

/** A score in micro-USD and what it is made of; the parts are whole and their sum is the score. */
export interface Score {
  readonly total: number;
  readonly parts: ScoreParts;
}

/**
 * What an answer of this endpoint is expected to cost all in all, in micro-USD; lower is better: its price, what its
 * hardware costs, the time at what it is worth, and what a failure costs, less what the expected quality is worth. It
 * looks at one endpoint alone, so that taking another one away never changes the order of the rest; more money, time or
 * failures, or less quality, never make it smaller.
 */
export function objectiveScore(
  { facts, state }: EndpointSnapshot,
  expectation: Expectation,
  workload: Workload,
  weights: CompleteWeights,
  deadlineMs: number | undefined,
): Score {
  const { firstContentSecondMicroUsd, answerSecondMicroUsd } = weights;
  const price = wholePart(expectation.costMicroUsd);
  const hardware = wholePart(expectation.hardwareMicroUsd);
  const lateness = wholePart(
    (expectation.ttftMs * firstContentSecondMicroUsd + expectation.totalMs * answerSecondMicroUsd) / 1_000,
  );
  const failedMicroUsd =
    weights.failureMicroUsd +
    // What was sent in vain is billed by many, and the next endpoint is paid as well.
    expectation.costMicroUsd;
  const failure = wholePart(
    (state.errorRate ?? 0) * failedMicroUsd +
      (expectation.retryMs * (firstContentSecondMicroUsd + answerSecondMicroUsd)) / 1_000 +
      missedShare(expectation, deadlineMs) * weights.failureMicroUsd,
  );
  const worth = wholePart(expectedQuality(facts.quality, workload.difficulty) * weights.qualityMicroUsd);
  return {
    total: price + hardware + lateness + failure - worth,
    parts: new KnownParts(price, hardware, lateness, failure, worth),
  };
}

/**
 * Parts without those that are 0. A class, because its objects are as large as need be from the start: a plain object to
 * which properties are added one by one leaves more than its own size behind.
 */
class KnownParts implements ScoreParts {
  declare readonly price?: number;
  declare readonly hardware?: number;
  declare readonly lateness?: number;
  declare readonly failure?: number;
  declare readonly quality?: number;

  constructor(price: number, hardware: number, lateness: number, failure: number, worth: number) {
    if (price !== 0) this.price = price;
    if (hardware !== 0) this.hardware = hardware;
    if (lateness !== 0) this.lateness = lateness;
    if (failure !== 0) this.failure = failure;
    if (worth !== 0) this.quality = -worth;
  }
}

/** How likely the deadline is missed: not at all where 9 of 10 answers meet it, certainly where the median does not. */
function missedShare({ totalMs, totalP90Ms }: Expectation, deadlineMs: number | undefined): number {
  if (deadlineMs === undefined || deadlineMs >= totalP90Ms) return 0;
  if (deadlineMs <= totalMs) return 1;
  return (totalP90Ms - deadlineMs) / (totalP90Ms - totalMs);
}

function wholePart(microUsd: number): number {
  return Math.min(MAX_PART_MICRO_USD, Math.round(microUsd));
}

/** How bad an endpoint is under the caller's own `sort`; lower is better. A price that is unknown comes last. */
export function sortScore(
  sort: SortKey,
  { facts }: EndpointSnapshot,
  expectation: Expectation,
  workload: Workload,
): number {
  switch (sort) {
    case "price":
      return expectation.prediction.costMicroUsd ?? UNKNOWN_PRICE_SCORE;
    case "latency":
      return expectation.ttftMs + expectation.retryMs;
    case "throughput":
      return -expectation.tokensPerSecond;
    case "exacto":
      return 1 - expectedQuality(facts.quality, workload.difficulty);
  }
}
