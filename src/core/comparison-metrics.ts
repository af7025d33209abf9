/** How one comparison of a cheap answer with a strong one went. */
export type ComparisonOutcome =
  | "as-good"
  | "worse"
  | "unclear"
  | "not-permitted"
  | "budget"
  | "busy"
  | "failed"
  | "dropped";

/** Counts comparisons. */
export interface ComparisonMetrics {
  comparisonEnded(outcome: ComparisonOutcome): void;
}
