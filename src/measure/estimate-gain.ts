/** One request: what it cost or took, and what it would have at the fixed endpoint; in one unit. */
export interface ComparedRequest {
  readonly routed: number;
  readonly direct: number;
}

/** A value with the interval that holds the true one 95 times of 100. */
export interface Estimate {
  readonly value: number;
  /** Absent for samples too small to tell. */
  readonly low?: number;
  readonly high?: number;
}

/** What routing has gained over going direct, in a sample. Below 0 it has lost. */
export interface Gain {
  readonly count: number;
  readonly routedMean: number;
  readonly directMean: number;
  /** Saved by one request, on average. */
  readonly savedMean: Estimate;
  /** Saved of what going direct would have come to, as a share; absent where that is nothing. */
  readonly savedShare?: Estimate;
}

/** Requests below which an interval would promise too much. */
const MIN_FOR_INTERVAL = 20;

/** Resamplings: more change the third digit of an interval. */
const RESAMPLES = 1_000;

const LOW_QUANTILE = 0.025;

/**
 * The gain of a sample, with the percentile interval of the bootstrap: cost and time have long tails, of which a normal
 * approximation knows nothing. Nothing for an empty sample.
 * @param random Numbers from 0 up to 1: the same numbers give the same interval.
 * @see https://doi.org/10.1214/aos/1176344552 (Efron 1979)
 */
export function estimateGain(sample: readonly ComparedRequest[], random: () => number): Gain | undefined {
  if (sample.length === 0) return undefined;
  const all = sumsOf(sample);
  const { routed, direct } = all;
  const resamples =
    sample.length < MIN_FOR_INTERVAL ? [] : Array.from({ length: RESAMPLES }, () => resampledSums(sample, random));
  const savedMean = withInterval(
    (direct - routed) / sample.length,
    resamples.map((sums) => (sums.direct - sums.routed) / sample.length),
  );
  const shares = resamples.flatMap((sums) => (sums.direct > 0 ? [1 - sums.routed / sums.direct] : []));
  return {
    count: sample.length,
    routedMean: routed / sample.length,
    directMean: direct / sample.length,
    savedMean,
    ...(direct > 0 ? { savedShare: withInterval(1 - routed / direct, shares) } : {}),
  };
}

function sumsOf(sample: readonly ComparedRequest[]): ComparedRequest {
  let [routed, direct] = [0, 0];
  for (const one of sample) {
    routed += one.routed;
    direct += one.direct;
  }
  return { routed, direct };
}

/** The sums of as many requests, drawn from the sample with replacement. */
function resampledSums(sample: readonly ComparedRequest[], random: () => number): ComparedRequest {
  let [routed, direct] = [0, 0];
  for (let drawn = 0; drawn < sample.length; drawn++) {
    const one = sample[Math.floor(random() * sample.length)];
    routed += one?.routed ?? 0;
    direct += one?.direct ?? 0;
  }
  return { routed, direct };
}

function withInterval(value: number, resampled: readonly number[]): Estimate {
  const sorted = resampled.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(LOW_QUANTILE * sorted.length)];
  const high = sorted[Math.ceil((1 - LOW_QUANTILE) * sorted.length) - 1];
  return low === undefined || high === undefined ? { value } : { value, low, high };
}
