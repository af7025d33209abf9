/** What kind of work a request is; decides which hardware suits it. */
export type WorkloadClass = "agentic" | "interactive" | "generative" | "embedding" | "rerank" | "batch";

/** Every workload class, in the order that help texts list them. */
export const WORKLOAD_CLASSES: readonly WorkloadClass[] = [
  "agentic",
  "interactive",
  "generative",
  "embedding",
  "rerank",
  "batch",
];

/** The classification of one request. */
export interface Workload {
  readonly class: WorkloadClass;
  /** A finer name of the task, for policies; `unknown` when nothing tells. */
  readonly task: string;
  /** 0 (a small model suffices) to 1; absent when nothing tells. */
  readonly difficulty?: number;
  readonly expectedOutputTokens: number;
  /** Where that comes from: the text states it, earlier answers show it, or nothing but the class tells. Absent: a prior. */
  readonly expectedOutputBasis?: "stated" | "learned" | "prior";
  /** Why, in words a person can check against the request. */
  readonly reasons: readonly string[];
}
