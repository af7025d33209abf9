import type { HardwareSnapshot } from "../../core/hardware.ts";
import { planContext, PREFILL_CHUNK_TOKENS } from "../context-plan.ts";
import type { LoadPlan } from "./estimate-memory.ts";
import type { ModelShape } from "./model-shape.ts";

/** How a worker will load a model that is configured so, on the device whose budget has this key. */
export function planLoad(
  { header }: ModelShape,
  deviceKey: string,
  { contextTokens, slots }: { readonly contextTokens: number; readonly slots: number },
  { cpu }: Pick<HardwareSnapshot, "cpu">,
): LoadPlan {
  const reads = (header.pooling ?? "none") !== "none";
  return {
    device: deviceKey === "cpu" ? "cpu" : "gpu",
    cpuFlags: cpu.flags,
    ...planContext({ reads, contextTokens, slots, prefillChunkTokens: PREFILL_CHUNK_TOKENS }),
  };
}
