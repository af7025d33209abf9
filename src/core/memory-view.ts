import type { PlacementFacts } from "./local-model.ts";
import type { Calibration } from "./model-speed.ts";

/** A moment's view of the memory that models share, and of what has happened in it since the start. */
export interface MemoryView {
  readonly pools: readonly PoolView[];
  readonly models: readonly ModelInMemory[];
  readonly loads: number;
  readonly failedLoads: number;
  /** Models that had to leave for another. */
  readonly evictions: number;
  /** Models that left because nobody asked for them. */
  readonly idleUnloads: number;
  /** Requests that went elsewhere because making room for them did not pay or was not possible then. */
  readonly refusedSwaps: number;
  /** Models whose process was started anew because it had grown. */
  readonly recycled: number;
  /** Times that states which were put aside made room for a model. */
  readonly freedStates: number;
  /** Times that an idle model gave its context back for another. */
  readonly freedContexts: number;
}

/** One memory. */
export interface PoolView {
  /** `cpu`, or `gpu:` and the device's UUID. */
  readonly pool: string;
  /** What models hold. */
  readonly heldBytes: number;
  /** What the operator allows; absent: what is free. */
  readonly budgetBytes?: number;
  /** What was free when it was last looked at, within the cgroup's limits; absent where nobody had to look yet. */
  readonly freeBytes?: number;
}

/** One hosted model's speed, as it was measured just now. */
export interface MeasuredSpeedView {
  readonly modelId: string;
  readonly calibration: Calibration;
}

/** One hosted model's place. */
export interface ModelInMemory extends PlacementFacts {
  readonly modelId: string;
  readonly pid?: number;
  /** Of its process, as it last reported it. */
  readonly residentBytes?: number;
  readonly problem?: string;
}
