import type { Ratio } from "../core/endpoint.ts";

/** Predictions of fewer answers than this say too little about the next one. */
const MIN_COUNT = 5;

/** A prediction is corrected by at most this factor either way: what is further off is not known well enough to correct. */
const MAX_CORRECTION = 4;

/** The slow end may be further away. */
const MAX_P90 = 10;

/** What predicted times are multiplied by because earlier ones were off; 1 where too little is known. */
export function correctionOf(ratio: Ratio | undefined): number {
  if (ratio === undefined || ratio.count < MIN_COUNT) return 1;
  return Math.min(MAX_CORRECTION, Math.max(1 / MAX_CORRECTION, ratio.p50));
}

/** What uncorrected predicted times are multiplied by for the time that 9 of 10 stay within, where that is known. */
export function slowEndOf(ratio: Ratio | undefined): number | undefined {
  if (ratio === undefined || ratio.count < MIN_COUNT) return undefined;
  return Math.min(MAX_P90, Math.max(correctionOf(ratio), ratio.p90));
}
