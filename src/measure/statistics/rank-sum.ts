/** Values of each side below which the normal approximation says too little. */
const MIN_VALUES = 5;

/**
 * How likely two samples of one and the same distribution would differ in their order by as much as these do: the rank
 * sum of Wilcoxon, Mann and Whitney, two-sided, by its normal approximation with the corrections for ties and
 * continuity. It asks nothing of the form of the distribution, so that one slow answer does not decide. 1 where a
 * sample is too small.
 * @see https://doi.org/10.1214/aoms/1177730491 (Mann and Whitney 1947)
 */
export function rankSumTest(a: readonly number[], b: readonly number[]): number {
  if (a.length < MIN_VALUES || b.length < MIN_VALUES) return 1;
  const all = [...a.map((value) => ({ value, ofA: true })), ...b.map((value) => ({ value, ofA: false }))];
  all.sort((one, other) => one.value - other.value);
  let rankSumOfA = 0;
  let ties = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const size = to - from;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]?.ofA === true) rankSumOfA += rank;
    ties += size ** 3 - size;
    from = to;
  }
  const n = all.length;
  const u = rankSumOfA - (a.length * (a.length + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (variance <= 0) return 1;
  const distance = Math.abs(u - (a.length * b.length) / 2) - 0.5;
  return distance <= 0 ? 1 : Math.min(1, 2 * upperTail(distance / Math.sqrt(variance)));
}

/**
 * The share of a standard normal distribution above `z`, for `z` of 0 or more; right to 8 digits.
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm (Abramowitz and Stegun 26.2.17)
 */
export function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const series =
    ((((1.330_274_429 * t - 1.821_255_978) * t + 1.781_477_937) * t - 0.356_563_782) * t + 0.319_381_53) * t;
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
