/** Successes among trials. */
export interface Tally {
  readonly successes: number;
  readonly trials: number;
}

/** Two tallies of the same thing, before and after; for example of one question. */
export interface TallyPair {
  readonly before: Tally;
  readonly after: Tally;
}

/** Tables whose chances differ by less than this, as a share, are equally likely: the rest is rounding. */
const ROUNDING = 1e-9;

/**
 * How likely pairs of tallies would differ by as much as these do, or more, if before and after the share of each pair
 * were one and the same: Fisher's exact test, two-sided, over the sum of the pairs' successes, so that pairs may have
 * shares of their own and each as many trials as it likes. Exact for few trials, where a normal approximation is not.
 * 1 where no pair has trials on both sides.
 * @see https://doi.org/10.2307/2340521 (Fisher 1922)
 * @see https://doi.org/10.1111/j.2517-6161.1964.tb00564.x (Birch 1964, for several tables)
 */
export function fisherExact(pairs: readonly TallyPair[]): number {
  let chances = [1];
  let observedSum = 0;
  for (const { before, after } of pairs) {
    const successes = before.successes + after.successes;
    const least = Math.max(0, successes - after.trials);
    const most = Math.min(successes, before.trials);
    const own = Array.from({ length: most - least + 1 }, (_, index) => {
      const inBefore = least + index;
      const ways = logChoose(before.trials, inBefore) + logChoose(after.trials, successes - inBefore);
      return Math.exp(ways - logChoose(before.trials + after.trials, successes));
    });
    observedSum += before.successes - least;
    chances = sumOf(chances, own);
  }
  const observed = chances[observedSum] ?? 1;
  const asUnlikely = chances.filter((chance) => chance <= observed * (1 + ROUNDING));
  return Math.min(
    1,
    asUnlikely.reduce((sum, chance) => sum + chance, 0),
  );
}

/** The distribution of the sum of two numbers from theirs. */
function sumOf(a: readonly number[], b: readonly number[]): number[] {
  const sum = Array.from({ length: a.length + b.length - 1 }, () => 0);
  for (const [i, ofA] of a.entries()) for (const [j, ofB] of b.entries()) sum[i + j] = (sum[i + j] ?? 0) + ofA * ofB;
  return sum;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Summed once for each number and kept: tallies are small. */
const LOG_FACTORIALS = [0];

function logFactorial(n: number): number {
  for (let next = LOG_FACTORIALS.length; next <= n; next++)
    LOG_FACTORIALS.push((LOG_FACTORIALS[next - 1] ?? 0) + Math.log(next));
  return LOG_FACTORIALS[n] ?? 0;
}
