import type { GpuFacts, HardwareProblem, HardwareSnapshot, MemoryFacts } from "../core/hardware.ts";
import { readMemory } from "./detect-hardware.ts";
import type { DetectionSetup } from "./detection-setup.ts";
import { readGpus } from "./gpus.ts";
import { systemSources } from "./sources.ts";

/** Probes whose facts change from second to second. */
const REFRESHED_PROBES: readonly string[] = ["memory", "nvidia", "drm", "apple"];

/**
 * Reads again what changes from second to second: the free memory of the machine and of the devices that were found
 * before; on a machine without devices only a few small files. What can't be read any more is kept without its free
 * memory: a device does not cease to exist because its driver is slow to answer. Never rejects.
 */
export async function refreshMemory(previous: HardwareSnapshot, setup: DetectionSetup): Promise<HardwareSnapshot> {
  const { clock, sources = systemSources() } = setup;
  const problems: HardwareProblem[] = [];
  const current = await readMemory(setup, sources, problems);
  const gpus = previous.gpus.length === 0 ? [] : await readGpus(setup, sources, current ?? {}, problems);
  return {
    ...previous,
    takenAtMs: clock.wallMs(),
    memory: mergeMemory(previous.memory, current),
    gpus: [...gpus, ...previous.gpus.filter((gpu) => !gpus.some((found) => isSame(found, gpu))).map(withoutFreeMemory)],
    problems: [...(previous.problems ?? []).filter(({ probe }) => !REFRESHED_PROBES.includes(probe)), ...problems],
  };
}

function mergeMemory({ availableBytes: _, ...previous }: MemoryFacts, current: MemoryFacts | undefined): MemoryFacts {
  const { bandwidthBytesPerSecond } = previous;
  if (current === undefined) return previous;
  return { ...current, ...(bandwidthBytesPerSecond === undefined ? {} : { bandwidthBytesPerSecond }) };
}

function isSame(one: GpuFacts, other: GpuFacts): boolean {
  return one.vendor === other.vendor && one.uuid === other.uuid && one.busId === other.busId;
}

function withoutFreeMemory({ memoryFreeBytes: _, ...gpu }: GpuFacts): GpuFacts {
  return gpu;
}
