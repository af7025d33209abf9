import type { GpuFacts } from "../core/hardware.ts";
import type { GpuFindings } from "./nvidia.ts";
import type { HardwareSources } from "./sources.ts";

const DRM_DIRECTORY = "/sys/class/drm";

const AMD_VENDOR_ID = "0x1002";
const INTEL_VENDOR_ID = "0x8086";

/** Where Intel's processors have their graphics unit; cards are elsewhere. */
const INTEL_INTEGRATED_BUS_ID = "0000:00:02.0";

/**
 * AMD's and Intel's devices, as their kernel drivers describe them. Of other vendors' display devices (a server's
 * management controller, a virtual machine's screen) none can compute.
 */
export async function readDrmGpus(sources: HardwareSources): Promise<GpuFindings> {
  const names = (await sources.list(DRM_DIRECTORY)).filter((name) => /^card\d+$/.test(name));
  const gpus = await Promise.all(names.sort().map((name) => readCard(sources, `${DRM_DIRECTORY}/${name}/device`)));
  return { gpus: gpus.flatMap((gpu) => gpu ?? []), problems: [] };
}

async function readCard(sources: HardwareSources, directory: string): Promise<GpuFacts | undefined> {
  const read = async (file: string): Promise<string | undefined> =>
    (await sources.readText(`${directory}/${file}`))?.trim() || undefined;
  const [vendor, uevent] = await Promise.all([read("vendor"), read("uevent")]);
  const busId = /^PCI_SLOT_NAME=(.+)$/m.exec(uevent ?? "")?.[1];
  const bus = busId === undefined ? {} : { busId };
  if (vendor === AMD_VENDOR_ID) return { ...(await readAmdCard(read)), ...bus };
  if (vendor !== INTEL_VENDOR_ID) return undefined;
  return { vendor: "intel", unifiedMemory: busId === INTEL_INTEGRATED_BUS_ID, migInstances: [], ...bus };
}

/**
 * A processor's own graphics unit has a small carve-out as VRAM and takes the rest from the machine through the
 * graphics translation table (GTT), so both are its memory. It is told from a card by the memory controller's load,
 * which the driver shows for cards alone.
 * @see https://docs.kernel.org/gpu/amdgpu/driver-misc.html
 * @see https://github.com/torvalds/linux/blob/master/drivers/gpu/drm/amd/pm/amdgpu_pm.c (mem_busy_percent)
 */
async function readAmdCard(read: (file: string) => Promise<string | undefined>): Promise<GpuFacts> {
  const [name, uniqueId, gpuBusy, memoryBusy, ...sizes] = await Promise.all([
    read("product_name"),
    read("unique_id"),
    read("gpu_busy_percent"),
    read("mem_busy_percent"),
    read("mem_info_vram_total"),
    read("mem_info_vram_used"),
    read("mem_info_gtt_total"),
    read("mem_info_gtt_used"),
  ]);
  const [vramTotal, vramUsed, gttTotal, gttUsed] = sizes.map((size) => (size === undefined ? undefined : Number(size)));
  const unifiedMemory = gpuBusy !== undefined && memoryBusy === undefined;
  const total = sumKnown(vramTotal, unifiedMemory ? gttTotal : 0);
  const used = sumKnown(vramUsed, unifiedMemory ? gttUsed : 0);
  return {
    vendor: "amd",
    ...(name === undefined ? {} : { name }),
    // ROCm's spelling, which ROCR_VISIBLE_DEVICES takes.
    ...(uniqueId === undefined ? {} : { uuid: `GPU-${uniqueId.toLowerCase()}` }),
    ...(total === undefined ? {} : { memoryTotalBytes: total }),
    ...(total === undefined || used === undefined ? {} : { memoryFreeBytes: Math.max(0, total - used) }),
    unifiedMemory,
    migInstances: [],
  };
}

function sumKnown(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined || second === undefined ? undefined : first + second;
}
