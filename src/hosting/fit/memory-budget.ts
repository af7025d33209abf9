import type { GpuFacts, HardwareSnapshot } from "../../core/hardware.ts";
import { devicesOf } from "../gpu-devices.ts";
import type { MemoryEstimate } from "./estimate-memory.ts";

/** Of a device's free memory, what a load may leave free before it is called tight: the estimate's own error. */
const TIGHT_SHARE = 0.1;

/** What may still be taken on one device. */
export interface DeviceBudget {
  /** `cpu`, or `gpu:` and the device's UUID. */
  readonly key: string;
  readonly name: string;
  /** Absent: unknown. */
  readonly freeBytes?: number;
  /** What keeps it from being more, in words. */
  readonly limit: string;
  /** It shares the machine's memory. */
  readonly unified: boolean;
}

/** What may still be taken on a machine: its own memory, and each GPU's. */
export interface MachineBudget {
  readonly host: DeviceBudget;
  readonly gpus: readonly DeviceBudget[];
}

/**
 * `fits`; `tight`: within the estimate's error of what is free; `partly`: the engine would leave layers on the CPU;
 * `no`; `unknown`: how much is free is.
 */
export type FitVerdict = "fits" | "tight" | "partly" | "no" | "unknown";

/** Whether an estimate fits a budget, and what the budget is once it is taken out. */
export interface Reservation {
  readonly verdict: FitVerdict;
  /** By how much the tightest device falls short; 0 when it does not. */
  readonly shortBytes: number;
  /** What limits, in words. */
  readonly limit: string;
  readonly left: MachineBudget;
}

/** The free memory of a machine, with what limits it. Detect the hardware, or refresh its memory, right before. */
export function budgetOf({ memory, gpus }: Pick<HardwareSnapshot, "memory" | "gpus">): MachineBudget {
  const { availableBytes, limitBytes, totalBytes } = memory;
  const limited = limitBytes !== undefined && (totalBytes === undefined || limitBytes < totalBytes);
  return {
    host: {
      key: "cpu",
      name: "CPU",
      ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
      limit: limited ? `the cgroup's limit of ${inGib(limitBytes)}` : "what the machine has free",
      unified: false,
    },
    gpus: devicesOf(gpus).map((gpu, index) => gpuBudget(gpu, index)),
  };
}

function gpuBudget(gpu: GpuFacts, index: number): DeviceBudget {
  const others = gpu.foreignProcesses ?? [];
  const othersBytes = others.reduce((sum, { usedBytes = 0 }) => sum + usedBytes, 0);
  const unified = gpu.unifiedMemory ? "the machine's memory, which it shares" : undefined;
  const foreign = others.length === 0 ? undefined : `other programs on the GPU (${inGib(othersBytes)})`;
  return {
    key: gpuKeyOf(gpu, index),
    name: gpu.name ?? `GPU ${gpu.index ?? index}`,
    ...(gpu.memoryFreeBytes === undefined ? {} : { freeBytes: gpu.memoryFreeBytes }),
    limit: unified ?? foreign ?? "the GPU's free memory",
    unified: gpu.unifiedMemory,
  };
}

/**
 * Takes an estimate out of a budget. On a GPU what does not fit there is left to the machine's memory, as the engine
 * does it. `deviceKey` is a budget's key; a key that is not there leaves the GPU's part out and is unknown.
 */
export function reserve(budget: MachineBudget, deviceKey: string, estimate: MemoryEstimate): Reservation {
  const gpu = budget.gpus.find(({ key }) => key === deviceKey);
  if (deviceKey === "cpu" || gpu?.unified === true) {
    const host = take(budget.host, estimate.hostBytes + estimate.deviceBytes);
    return { ...host, left: { ...budget, host: host.left } };
  }
  if (gpu?.freeBytes === undefined) {
    const host = take(budget.host, estimate.hostBytes);
    const verdict = host.verdict === "no" ? "no" : "unknown";
    const limit = verdict === "no" ? host.limit : "the GPU's free memory is unknown";
    return { ...host, verdict, limit, left: { ...budget, host: host.left } };
  }
  const device = take(gpu, estimate.deviceBytes);
  const host = take(budget.host, estimate.hostBytes + device.shortBytes);
  const left = {
    host: host.left,
    gpus: budget.gpus.map((other) => (other.key === gpu.key ? device.left : other)),
  };
  if (host.verdict === "no") return { ...host, left };
  if (device.verdict === "no") return { ...device, verdict: "partly", left };
  return { ...(host.verdict === "fits" ? device : host), left };
}

function take(device: DeviceBudget, bytes: number): Omit<Reservation, "left"> & { readonly left: DeviceBudget } {
  const { freeBytes, limit } = device;
  if (freeBytes === undefined)
    return { verdict: "unknown", shortBytes: 0, limit: "its free memory is unknown", left: device };
  const shortBytes = Math.max(0, bytes - freeBytes);
  const verdict = shortBytes > 0 ? "no" : bytes > freeBytes * (1 - TIGHT_SHARE) ? "tight" : "fits";
  return { verdict, shortBytes, limit, left: { ...device, freeBytes: Math.max(0, freeBytes - bytes) } };
}

/** The key of a GPU's budget; `place` tells devices without a UUID and an index apart. */
export function gpuKeyOf({ uuid, index }: { readonly uuid?: string; readonly index?: number }, place: number): string {
  return `gpu:${uuid ?? index ?? place}`;
}

/** The budget with memory that is about to be given back to the machine. */
export function withReleased({ host, gpus }: MachineBudget, bytes: number): MachineBudget {
  if (host.freeBytes === undefined) return { host, gpus };
  return { host: { ...host, freeBytes: host.freeBytes + bytes }, gpus };
}

/**
 * The budget within what the operator allows models, by the keys of the devices; `gpu` stands for every GPU. `held` is
 * what models that stay have of it.
 */
export function within(
  { host, gpus }: MachineBudget,
  allowed: Readonly<Record<string, number>>,
  held: (key: string) => number,
): MachineBudget {
  const cap = (device: DeviceBudget): DeviceBudget => {
    const bytes = allowed[device.key] ?? (device.key === "cpu" ? undefined : allowed["gpu"]);
    if (bytes === undefined) return device;
    const left = Math.max(0, bytes - held(device.key));
    if (device.freeBytes !== undefined && device.freeBytes <= left) return device;
    return { ...device, freeBytes: left, limit: `the ${inGib(bytes)} that box.memory allows` };
  };
  return { host: cap(host), gpus: gpus.map(cap) };
}

/** A size in words, in GiB. */
export function inGib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(bytes < 1024 ** 3 ? 2 : 1)} GiB`;
}
