import type { GpuFacts } from "../core/hardware.ts";

/** A build of the engine for GPUs. */
export type GpuEngine = "cuda" | "metal" | "vulkan";

/** What each build computes on. Vulkan is last: what another build can do it does better. */
const VENDORS: readonly (readonly [GpuEngine, ReadonlySet<GpuFacts["vendor"]>])[] = [
  ["cuda", new Set(["nvidia"])],
  ["metal", new Set(["apple"])],
  ["vulkan", new Set(["nvidia", "amd", "intel", "other"])],
];

/** A MIG profile's memory, in decimal gigabytes, which is a little less than there is: `3g.20gb`, `1g.5gb+me`. */
const PROFILE_GIGABYTES = /\.(\d+)gb/iu;

/**
 * What a process can be held to: each GPU, or, of one that is divided, its slices, since CUDA gives a process no more than
 * one of them. What a slice has free no tool says.
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/ (CUDA device enumeration)
 */
export function devicesOf(gpus: readonly GpuFacts[]): readonly GpuFacts[] {
  return gpus.flatMap((gpu) => (gpu.migInstances.length === 0 ? [gpu] : slicesOf(gpu)));
}

function slicesOf({
  memoryFreeBytes: _,
  memoryTotalBytes: __,
  foreignProcesses: ___,
  ...gpu
}: GpuFacts): readonly GpuFacts[] {
  return gpu.migInstances.map(({ uuid, profile }) => {
    const gigabytes = PROFILE_GIGABYTES.exec(profile ?? "")?.[1];
    return {
      ...gpu,
      uuid,
      name: [gpu.name ?? gpu.vendor, "MIG", profile].filter((part) => part !== undefined).join(" "),
      ...(gigabytes === undefined ? {} : { memoryTotalBytes: Number(gigabytes) * 1e9 }),
      migInstances: [],
    };
  });
}

/**
 * The devices that the installed builds can compute on, of one build alone: the engine takes the first that finds a device.
 * Vulkan's leaves processors' own units alone where there is a card.
 */
export function usableDevices(gpus: readonly GpuFacts[], engines: readonly GpuEngine[]): readonly GpuFacts[] {
  for (const [engine, vendors] of VENDORS) {
    const devices = engines.includes(engine) ? devicesOf(gpus).filter(({ vendor }) => vendors.has(vendor)) : [];
    if (devices.length === 0) continue;
    const cards = engine === "vulkan" ? devices.filter(({ unifiedMemory }) => !unifiedMemory) : [];
    return cards.length === 0 ? devices : cards;
  }
  return [];
}
