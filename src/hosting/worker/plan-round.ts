/** A split has to promise this share of the undivided step's time at most: less is noise. */
const WORTHWHILE_SHARE = 0.95;

/**
 * How one token for each of `slots` is evaluated soonest: groups of neighbouring slots, each a step of the engine of its
 * own. Every slot is in exactly one group, groups and slots ascend. `stepMs` gives the measured time of a step over so
 * many neighbouring slots; where it is undefined that size is tried, so that it becomes known.
 *
 * llama.cpp keeps a stream of cells for each sequence and evaluates sequences at once only when their numbers follow
 * each other, in ascending order; everything else it takes one after the other. And its CPU kernels are fast for some
 * numbers of rows and slow for others: three rows may take longer than four, two longer than two times one.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-batch.cpp (`split_equal`, `sequential`)
 */
export function planRound(
  slots: readonly number[],
  stepMs: (size: number) => number | undefined,
): readonly (readonly number[])[] {
  return runsOf(slots.toSorted((a, b) => a - b)).flatMap((run) => {
    let start = 0;
    return partition(run.length, stepMs).map((size) => run.slice(start, (start += size)));
  });
}

/** Slots whose numbers follow each other. */
function runsOf(sorted: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const slot of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === slot - 1) last.push(slot);
    else runs.push([slot]);
  }
  return runs;
}

/** The sizes of the steps, largest first, that take least time together; of equals the fewest. */
function partition(length: number, stepMs: (size: number) => number | undefined): readonly number[] {
  const wholeMs = stepMs(length);
  if (length === 1 || wholeMs === undefined) return [length];
  const best: { readonly totalMs: number; readonly sizes: readonly number[] }[] = [{ totalMs: 0, sizes: [] }];
  for (let total = 1; total <= length; total++) {
    let shortest: (typeof best)[number] = { totalMs: Infinity, sizes: [] };
    for (let size = total; size >= 1; size--) {
      const rest = best[total - size];
      if (rest === undefined) continue;
      const totalMs = (stepMs(size) ?? 0) + rest.totalMs;
      const isFewer = totalMs === shortest.totalMs && rest.sizes.length + 1 < shortest.sizes.length;
      if (totalMs < shortest.totalMs || isFewer) shortest = { totalMs, sizes: [size, ...rest.sizes] };
    }
    best.push(shortest);
  }
  const split = best[length];
  if (split === undefined || split.totalMs >= wholeMs * WORTHWHILE_SHARE) return [length];
  return split.sizes.toSorted((a, b) => b - a);
}
