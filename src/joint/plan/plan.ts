import type { ModelId } from "../../core/ids.ts";

/** How a request is split into steps that cheap models do side by side, and their results joined. */
export interface Plan {
  /** What clients ask for as `model`. */
  readonly id: ModelId;
  /** Splits the task. */
  readonly planner: ModelId;
  /** Do the steps; for each the router chooses among them. */
  readonly workers: readonly ModelId[];
  /** Writes the answer from the results. */
  readonly joiner: ModelId;
  readonly maxSteps: number;
  /** Steps that are done at the same time. */
  readonly maxParallel: number;
  /** Tokens that one step may write. */
  readonly maxStepTokens: number;
  /** One deadline over everything. */
  readonly timeoutMs: number;
  /** The most that everything together may cost; absent: what the key may still spend. In micro-USD. */
  readonly maxCostMicroUsd?: number;
}

/** One step of a plan, as its planner wrote it. */
export interface Step {
  /** From 1, in the order of the plan. */
  readonly number: number;
  /** What is to be done. */
  readonly task: string;
  /** The steps whose results it needs. */
  readonly after: readonly number[];
}
