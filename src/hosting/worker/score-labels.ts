/** How a model judges what is there already: log probabilities over its whole vocabulary. */
export interface LabelScorer {
  /** Of each of `candidates` as the token after `prefix`. */
  next(prefix: readonly number[], candidates: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Of `tokens`, one after the other, after `prefix`. */
  tail(prefix: readonly number[], tokens: readonly number[]): Promise<number>;
}

/**
 * The log probability of each label as the beginning of an answer; where one label begins another, the answer must end
 * with the shorter one. Labels are the tokens of different texts. One evaluation answers for all labels that are the same
 * so far, so labels of one token cost one evaluation in all.
 * @param endTokens The tokens that end an answer.
 */
export async function scoreLabels(
  labels: readonly (readonly number[])[],
  endTokens: readonly number[],
  scorer: LabelScorer,
): Promise<readonly number[]> {
  const logprobs = labels.map(() => -Infinity);
  const visit = async (prefix: readonly number[], members: readonly number[], logprob: number): Promise<void> => {
    const depth = prefix.length;
    const going = members.filter((index) => lengthOf(labels, index) > depth);
    const ending = members.filter((index) => lengthOf(labels, index) === depth);
    const [only] = going;
    if (only === undefined) {
      for (const index of ending) logprobs[index] = logprob;
      return;
    }
    const rest = labels[only]?.slice(depth) ?? [];
    if (members.length === 1 && rest.length > 1) {
      logprobs[only] = logprob + (await scorer.tail(prefix, rest));
      return;
    }
    const branches = Map.groupBy(going, (index) => labels[index]?.[depth] ?? 0);
    const ends = ending.length === 0 ? [] : endTokens;
    const scores = await scorer.next(prefix, [...branches.keys(), ...ends]);
    for (const index of ending) logprobs[index] = logprob + logSum(ends.map((token) => scores.get(token) ?? -Infinity));
    for (const [token, indexes] of branches)
      await visit([...prefix, token], indexes, logprob + (scores.get(token) ?? -Infinity));
  };
  await visit(
    [],
    labels.map((_, index) => index),
    0,
  );
  return logprobs;
}

/** Log probabilities as shares that sum to 1, and the share of everything that they have together. */
export function toShares(logprobs: readonly number[]): { readonly shares: readonly number[]; readonly mass: number } {
  const total = logSum(logprobs);
  return { shares: logprobs.map((logprob) => Math.exp(logprob - total)), mass: Math.min(Math.exp(total), 1) };
}

function lengthOf(labels: readonly (readonly number[])[], index: number): number {
  return labels[index]?.length ?? 0;
}

function logSum(logprobs: readonly number[]): number {
  const highest = Math.max(...logprobs);
  if (highest === -Infinity) return -Infinity;
  return highest + Math.log(logprobs.reduce((sum, logprob) => sum + Math.exp(logprob - highest), 0));
}
