import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GpuFacts, HardwareSnapshot } from "../core/hardware.ts";
import type { WorkerOptions } from "../hosting/worker-protocol.ts";

/** Where a model will run, or why it can't run where the configuration says. */
export type ChosenDevice =
  | { readonly ok: true; readonly device: WorkerOptions["device"] }
  | ({ readonly ok: false } & NoDevice);

/** Why there is no device for a model, and what would help where that is known. */
export interface NoDevice {
  readonly problem: string;
  readonly remedy?: string;
}

/** Both in one text. */
export function inOneText({ problem, remedy }: NoDevice): string {
  return remedy === undefined ? problem : `${problem}; ${remedy}`;
}

/** The packages that hold the engine's builds for GPUs; their placeholders have no `bins`. */
const GPU_ENGINE_PACKAGES = ["linux-x64-cuda", "linux-x64-vulkan", "mac-arm64-metal", "win-x64-cuda", "win-x64-vulkan"];

/** Whether a build of the engine for some GPU is installed beside the program. */
export function hasGpuEngine(installFolder: string): boolean {
  return GPU_ENGINE_PACKAGES.some((name) =>
    existsSync(join(installFolder, "node_modules/@node-llama-cpp", name, "bins")),
  );
}

/**
 * The device of one model.
 *
 * 1. `cpu` is the CPU.
 * 2. `gpu` and `gpu:<uuid>` are that GPU, or a problem that says what is missing.
 * 3. `auto` is the GPU with the most free memory, of those that `fitsGpu` accepts, if the engine's GPU build is installed; else the CPU.
 */
export function chooseDevice(
  wanted: string,
  fitsGpu: (gpu: GpuFacts) => boolean,
  hardware: Pick<HardwareSnapshot, "gpus">,
  gpuEngine: boolean,
): ChosenDevice {
  if (wanted === "cpu") return { ok: true, device: { kind: "cpu" } };
  const byFreeMemory = hardware.gpus.toSorted((a, b) => (b.memoryFreeBytes ?? 0) - (a.memoryFreeBytes ?? 0));
  if (wanted === "auto") {
    const fitting = byFreeMemory.find((gpu) => fitsGpu(gpu));
    return { ok: true, device: gpuEngine && fitting !== undefined ? gpuDevice(fitting.uuid) : { kind: "cpu" } };
  }
  const [roomiest] = byFreeMemory;
  if (!gpuEngine)
    return { ok: false, problem: "the engine's GPU build is not installed: `scripts/signalbox engines install cuda`" };
  const uuid = wanted === "gpu" ? roomiest?.uuid : wanted.slice("gpu:".length);
  if (roomiest === undefined) return { ok: false, problem: "no GPU was detected: `signalbox hardware` shows what was" };
  if (uuid !== undefined && !hardware.gpus.some((gpu) => identifies(gpu, uuid)))
    return { ok: false, problem: `there is no GPU ${uuid}: \`signalbox hardware\` lists the ones there are` };
  return { ok: true, device: gpuDevice(uuid) };
}

function gpuDevice(uuid: string | undefined): WorkerOptions["device"] {
  return uuid === undefined ? { kind: "gpu" } : { kind: "gpu", uuid };
}

function identifies(gpu: GpuFacts, uuid: string): boolean {
  return gpu.uuid === uuid || gpu.migInstances.some((instance) => instance.uuid === uuid);
}
