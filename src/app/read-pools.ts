import type { Clock } from "../core/clock.ts";
import type { GpuFacts, HardwareSnapshot } from "../core/hardware.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { refreshMemory } from "../hardware/refresh-memory.ts";
import { gpuKeyOf } from "../hosting/fit/memory-budget.ts";
import { devicesOf } from "../hosting/gpu-devices.ts";
import type { MemoryReading, PoolReading } from "../hosting/placement/placement-state.ts";

/**
 * A function that looks at the free memory of pools: the machine's within its cgroups, and each GPU's as its driver says
 * it, with what other programs than `ownPids` hold there.
 */
export function openMemoryReader(
  clock: Clock,
): (pools: readonly string[], ownPids: readonly number[]) => Promise<MemoryReading> {
  let known: HardwareSnapshot | undefined;
  return async (pools, ownPids) => {
    const setup = { clock, ownPids };
    const needsGpus = pools.some((pool) => pool !== "cpu");
    // Devices are looked for once; without any the refresh reads a few small files.
    if (known === undefined && needsGpus) known = await detectHardware(setup);
    const base = known ?? withoutGpus(clock);
    const { memory, gpus } = await refreshMemory(needsGpus ? base : { ...base, gpus: [] }, setup);
    const { availableBytes, limitBytes, totalBytes } = memory;
    const least = [limitBytes, totalBytes].filter((bytes) => bytes !== undefined);
    return {
      cpu: {
        ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
        ...(least.length === 0 ? {} : { totalBytes: Math.min(...least) }),
      },
      ...Object.fromEntries(devicesOf(gpus).map((gpu, place) => [gpuKeyOf(gpu, place), readingOf(gpu)])),
    };
  };
}

function withoutGpus(clock: Clock): HardwareSnapshot {
  const cpu = { flags: [], numaNodes: [], effectiveCores: 1 };
  return { takenAtMs: clock.wallMs(), platform: "", architecture: "", cpu, memory: {}, gpus: [] };
}

function readingOf({ memoryFreeBytes, memoryTotalBytes, foreignProcesses }: GpuFacts): PoolReading {
  const foreignBytes = foreignProcesses?.reduce((sum, { usedBytes = 0 }) => sum + usedBytes, 0);
  return {
    ...(memoryFreeBytes === undefined ? {} : { freeBytes: memoryFreeBytes }),
    ...(memoryTotalBytes === undefined ? {} : { totalBytes: memoryTotalBytes }),
    ...(foreignBytes === undefined ? {} : { foreignBytes }),
  };
}
