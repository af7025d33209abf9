import { fork } from "node:child_process";
import { join } from "node:path";
import { detectHardware } from "../../src/hardware/detect-hardware.ts";
import { estimateMemory, type LoadPlan, type MemoryEstimate } from "../../src/hosting/fit/estimate-memory.ts";
import { readModelShape } from "../../src/hosting/fit/model-shape.ts";
import type { WorkerOptions } from "../../src/hosting/worker-protocol.ts";
import { systemClock } from "../../src/app/system-clock.ts";

/** Of one prefill step, as the box sets it. */
const PREFILL_CHUNK_TOKENS = 128;

/** What was resident after a load, and after `filledTokens` were evaluated. */
export interface LoadedMemory {
  readonly loadedBytes: number;
  readonly usedBytes: number;
  readonly filledTokens: number;
}

/** One load to measure, on the CPU. */
export interface MeasuredLoad {
  readonly modelFile: string;
  readonly contextTokens: number;
  readonly slots: number;
  /** Tokens to evaluate in all, at most what fits the slots. */
  readonly fillTokens: number;
}

/** Loads a model in a process of its own, as a worker does, and says what was estimated and what was resident. */
export async function measureLoad(
  load: MeasuredLoad,
): Promise<{ readonly estimate: MemoryEstimate; readonly memory: LoadedMemory }> {
  const { modelFile, contextTokens, slots, fillTokens } = load;
  const shape = await readModelShape(modelFile);
  if (shape.kind === "problem") throw new Error(shape.message);
  const { cpu } = await detectHardware({ clock: systemClock, diskPath: "." });
  const batchTokens = PREFILL_CHUNK_TOKENS + slots;
  const plan: LoadPlan = { device: "cpu", contextTokens, slots, batchTokens, cpuFlags: cpu.flags };
  const options: WorkerOptions = {
    modelId: "bench/fit",
    modelFile,
    socketPath: "/nowhere",
    device: { kind: "cpu" },
    threads: 1,
    contextTokens,
    slots,
    queueLimit: 1,
    prefillChunkTokens: PREFILL_CHUNK_TOKENS,
    heartbeatIntervalMs: 1_000,
  };
  return { estimate: estimateMemory(shape, plan), memory: await loadInChild({ options, fillTokens }) };
}

function loadInChild(argument: {
  readonly options: WorkerOptions;
  readonly fillTokens: number;
}): Promise<LoadedMemory> {
  const child = fork(join(import.meta.dirname, "fit-load.ts"), [JSON.stringify(argument)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (memory: LoadedMemory) => resolve(memory));
    child.once("exit", (code, signal) => reject(new Error(`The load ended with ${signal ?? code}.`)));
    child.once("error", reject);
  });
}
