import { correct, correctionFor, type LoadKey, type Measurement } from "./corrections.ts";
import { estimateMemory, type LoadPlan, type MemoryEstimate } from "./estimate-memory.ts";
import type { ModelShape } from "./model-shape.ts";

/** A file whose loads are estimated: its shape, its identity, and what loads were measured. */
export interface EstimatedFile {
  readonly shape: ModelShape;
  readonly identity: string | undefined;
  readonly measurements: readonly Measurement[];
}

/** The estimate of one load, corrected by what was measured. `deviceKey` is the key of a device's budget. */
export function estimateLoad(file: EstimatedFile, plan: LoadPlan, deviceKey: string): MemoryEstimate {
  const estimate = estimateMemory(file.shape, plan);
  const key = loadKeyOf(file, plan, deviceKey);
  return key === undefined ? estimate : correct(estimate, correctionFor(file.measurements, key));
}

/** Under what a measurement of this load is kept; undefined for a file that can't be told from others. */
export function loadKeyOf(
  { identity }: EstimatedFile,
  { contextTokens, sequences }: Pick<LoadPlan, "contextTokens" | "sequences">,
  device: string,
): LoadKey | undefined {
  return identity === undefined ? undefined : { file: identity, device, contextTokens, sequences };
}
