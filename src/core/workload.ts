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

/** Every task that a request can be told to be. */
export const TASKS = [
  "chat",
  "classification",
  "extraction",
  "tool-use",
  "code",
  "maths",
  "reasoning",
  "summary",
  "translation",
  "creative",
] as const;

/** What a request asks for, finer than its class. */
export type Task = (typeof TASKS)[number];

/** The classification of one request. */
export interface Workload {
  readonly class: WorkloadClass;
  /** For policies: one of {@link TASKS} for what is asked in words; `unknown` when nothing tells. */
  readonly task: string;
  /** How likely it takes a strong model to be right, 0 to 1; an ordinary request has 0.5. Absent when nothing tells. */
  readonly difficulty?: number;
  /** The chance that a weak model's answer is wrong where a strong one's is right, from which the difficulty comes. */
  readonly onlyStrongChance?: number;
  /** How much of the text is like the prompts that the tasks were learned from, 0 to 1; absent without a text model. */
  readonly familiarity?: number;
  readonly expectedOutputTokens: number;
  /** Where that comes from: the text states it, earlier answers show it, or nothing but the class tells. Absent: a prior. */
  readonly expectedOutputBasis?: "stated" | "learned" | "prior";
  /** Why, in words a person can check against the request. */
  readonly reasons: readonly string[];
}
