import type { Prediction } from "../../core/decision.ts";

/**
 * Times below this count as this: that a first token which was expected after 2 ms came after 20 says something of sockets
 * and disks, not of the engine, and nothing about a prompt that takes seconds to read.
 */
const MIN_MS = 20;

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS = 4;

/** What one answer showed; times in ms since its attempt began. Absent is not observed. */
export interface ObservedAnswer {
  /** Of a stream. */
  readonly firstContentMs?: number;
  readonly totalMs?: number;
  readonly outputTokens?: number;
  /** The time in which they were written. */
  readonly writingMs?: number;
}

/** Observed over predicted; absent where one of the two is unknown. */
export interface PredictionRatios {
  /** Before any correction, so that a correction does not correct itself. */
  readonly firstContent?: number;
  /** Likewise, for the tokens that came. */
  readonly writing?: number;
  /** As it was predicted, corrections and expected length included: what a reader of the decision was told. */
  readonly total?: number;
  readonly outputTokens?: number;
}

/** How far a prediction was off. `expectedOutputTokens` is the length that it was made for. */
export function compareWithPrediction(
  prediction: Prediction,
  expectedOutputTokens: number,
  observed: ObservedAnswer,
): PredictionRatios {
  const { ttftMs, totalMs, tokensPerSecond, firstContentCorrection = 1, writingCorrection = 1 } = prediction;
  const { outputTokens, writingMs } = observed;
  const ratio = (seen: number | undefined, predicted: number | undefined, least = MIN_MS): number | undefined =>
    seen === undefined || predicted === undefined ? undefined : Math.max(least, seen) / Math.max(least, predicted);
  const isLongEnough = outputTokens !== undefined && outputTokens >= MIN_TOKENS;
  const writtenInMs =
    isLongEnough && tokensPerSecond !== undefined
      ? (outputTokens * 1_000) / (tokensPerSecond * writingCorrection)
      : undefined;
  const ratios = {
    firstContent: ratio(observed.firstContentMs, ttftMs === undefined ? undefined : ttftMs / firstContentCorrection),
    writing: ratio(writingMs, writtenInMs),
    total: ratio(observed.totalMs, totalMs),
    outputTokens: ratio(outputTokens, expectedOutputTokens, 1),
  };
  return Object.fromEntries(Object.entries(ratios).filter(([, value]) => value !== undefined));
}
