/** Deviations on both sides of the mean that hold 95 of 100 values of a normal distribution. */
const Z_95 = 1.959_964;

/** A share with the interval that holds the true one 95 times of 100. */
export interface ShareInterval {
  readonly successes: number;
  readonly trials: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of successes with Wilson's score interval, which stays within 0 and 1 and is of use for few trials; nothing
 * for none.
 * @see https://doi.org/10.1080/01621459.1927.10502953 (Wilson 1927)
 */
export function wilsonInterval(successes: number, trials: number): ShareInterval | undefined {
  if (trials <= 0) return undefined;
  const share = successes / trials;
  const spread = Z_95 ** 2 / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z_95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials));
  return {
    successes,
    trials,
    share,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
