/** What an answer's own confidence is measured by. */
export interface Confidence {
  readonly minMeanLogprob: number;
  /** Of the tokens so far. */
  readonly mean: () => number | undefined;
}

/** Whether an answer is not sure enough; one that tells no log-probability can't be judged and counts as sure. */
export function isUnsure({ minMeanLogprob, mean }: Confidence): boolean {
  return (mean() ?? 0) < minMeanLogprob;
}
