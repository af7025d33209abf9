import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GpuFacts, HardwareSnapshot } from "../core/hardware.ts";
import { devicesOf, usableDevices, type GpuEngine } from "../hosting/gpu-devices.ts";
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
const GPU_ENGINE_PACKAGES: Readonly<Record<string, GpuEngine>> = {
  "linux-x64-cuda": "cuda",
  "linux-x64-vulkan": "vulkan",
  "mac-arm64-metal": "metal",
  "win-x64-cuda": "cuda",
  "win-x64-vulkan": "vulkan",
};

/** The engine's builds for GPUs that are installed beside the program. */
export function gpuEnginesIn(installFolder: string): readonly GpuEngine[] {
  return Object.entries(GPU_ENGINE_PACKAGES).flatMap(([name, engine]) =>
    existsSync(join(installFolder, "node_modules/@node-llama-cpp", name, "bins")) ? [engine] : [],
  );
}

/**
 * The device of one model, of those that the installed builds of the engine can use; of a GPU that is divided its slices.
 *
 * 1. `cpu` is the CPU.
 * 2. `gpu` and `gpu:<uuid>` are that GPU, or a problem that says what is missing.
 * 3. `auto` is the GPU with the most free memory, of those that `fitsGpu` accepts; without one, the CPU.
 */
export function chooseDevice(
  wanted: string,
  fitsGpu: (gpu: GpuFacts) => boolean,
  hardware: Pick<HardwareSnapshot, "gpus">,
  engines: readonly GpuEngine[],
): ChosenDevice {
  if (wanted === "cpu") return { ok: true, device: { kind: "cpu" } };
  const usable = usableDevices(hardware.gpus, engines);
  const byFreeMemory = usable.toSorted((a, b) => (b.memoryFreeBytes ?? 0) - (a.memoryFreeBytes ?? 0));
  if (wanted === "auto") {
    const fitting = byFreeMemory.find((gpu) => fitsGpu(gpu));
    return { ok: true, device: fitting === undefined ? { kind: "cpu" } : gpuDevice(fitting.uuid) };
  }
  if (engines.length === 0)
    return { ok: false, problem: "the engine's GPU build is not installed: `scripts/signalbox engines install cuda`" };
  if (hardware.gpus.length === 0)
    return { ok: false, problem: "no GPU was detected: `signalbox hardware` shows what was" };
  const uuid = wanted === "gpu" ? byFreeMemory[0]?.uuid : wanted.slice("gpu:".length);
  if (byFreeMemory.length > 0 && (uuid === undefined || usable.some((gpu) => gpu.uuid === uuid)))
    return { ok: true, device: gpuDevice(uuid) };
  return { ok: false, problem: whyNot(uuid, hardware.gpus, engines) };
}

function whyNot(uuid: string | undefined, gpus: readonly GpuFacts[], engines: readonly GpuEngine[]): string {
  const builds = `the installed build of the engine (${engines.join(", ")})`;
  if (uuid === undefined) return `${builds} can use none of the GPUs here: \`signalbox hardware\` lists them`;
  const gpu = gpus.find((one) => one.uuid === uuid);
  const slices = gpu?.migInstances.map((slice) => `gpu:${slice.uuid}`) ?? [];
  if (slices.length > 0) return `GPU ${uuid} is divided: name one of its slices, ${slices.join(" or ")}`;
  return devicesOf(gpus).some((one) => one.uuid === uuid)
    ? `${builds} does not use GPU ${uuid}`
    : `there is no GPU ${uuid}: \`signalbox hardware\` lists the ones there are`;
}

function gpuDevice(uuid: string | undefined): WorkerOptions["device"] {
  return uuid === undefined ? { kind: "gpu" } : { kind: "gpu", uuid };
}
