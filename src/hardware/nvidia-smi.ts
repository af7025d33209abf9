import type { GpuFacts } from "../core/hardware.ts";

/** One line of the device query. */
export interface NvidiaGpu extends Pick<
  GpuFacts,
  "name" | "index" | "busId" | "driverVersion" | "computeCapability" | "memoryTotalBytes" | "memoryFreeBytes"
> {
  readonly uuid: string;
  /** Why the memory is absent: the device has none of its own, or the driver said 0. */
  readonly unknownMemory?: "not-supported" | "zero";
}

/** A process that holds memory on a device. */
export interface ComputeApp {
  readonly gpuUuid: string;
  readonly pid: number;
  readonly usedBytes?: number;
  readonly name?: string;
}

const MEBIBYTE = 1024 ** 2;

/**
 * Reads the CSV of `--query-gpu=index,uuid,name,pci.bus_id,driver_version,memory.total,memory.used,memory.free`,
 * with or without `compute_cap,mig.mode.current` behind. Sizes are MiB. What the driver does not know is `[N/A]`,
 * `[Not Supported]` or `N/A`; for memory this means that the device uses the machine's.
 */
export function parseGpuQuery(csv: string): readonly NvidiaGpu[] {
  return rows(csv).flatMap((fields) => {
    const [index, uuid, name, busId, driverVersion, total, , free, computeCapability] = fields.map(known);
    if (uuid === undefined || !uuid.startsWith("GPU-")) return [];
    const memoryTotalBytes = bytesOf(total);
    const memoryFreeBytes = bytesOf(free);
    const zero = total !== undefined && memoryTotalBytes === 0;
    return [
      {
        uuid,
        ...(name === undefined ? {} : { name }),
        ...(index === undefined ? {} : { index: Number(index) }),
        ...(busId === undefined ? {} : { busId: busId.toLowerCase() }),
        ...(driverVersion === undefined ? {} : { driverVersion }),
        ...(computeCapability === undefined ? {} : { computeCapability }),
        ...(memoryTotalBytes === undefined ? { unknownMemory: "not-supported" as const } : {}),
        ...(zero ? { unknownMemory: "zero" as const } : {}),
        ...(memoryTotalBytes === undefined || zero ? {} : { memoryTotalBytes }),
        ...(memoryFreeBytes === undefined || zero ? {} : { memoryFreeBytes }),
      },
    ];
  });
}

/**
 * Reads the MIG instances of each device from `nvidia-smi -L`, by the device's UUID.
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
 */
export function parseGpuList(text: string): ReadonlyMap<string, GpuFacts["migInstances"]> {
  const instances = new Map<string, { uuid: string; profile?: string }[]>();
  let current: { uuid: string; profile?: string }[] | undefined;
  for (const line of text.split("\n")) {
    const device = /^GPU \d+: .*\(UUID: (GPU-[^)]+)\)/.exec(line)?.[1];
    if (device !== undefined) {
      current = [];
      instances.set(device, current);
    }
    const [, profile, uuid] = /^\s+MIG (\S+)\s+Device\s+\d+: \(UUID: (MIG-[^)]+)\)/.exec(line) ?? [];
    if (uuid !== undefined) current?.push({ uuid, ...(profile === undefined ? {} : { profile }) });
  }
  return instances;
}

/** Reads the CSV of `--query-compute-apps=gpu_uuid,pid,used_memory,process_name`; the name may hold commas. */
export function parseComputeApps(csv: string): readonly ComputeApp[] {
  return rows(csv).flatMap(([uuid, pid, used, ...name]) => {
    const gpuUuid = known(uuid);
    if (gpuUuid === undefined || !/^\d+$/.test(pid ?? "")) return [];
    const usedBytes = bytesOf(known(used));
    const processName = known(name.join(", "));
    return [
      {
        gpuUuid,
        pid: Number(pid),
        ...(usedBytes === undefined ? {} : { usedBytes }),
        ...(processName === undefined ? {} : { name: processName }),
      },
    ];
  });
}

function rows(csv: string): readonly (readonly string[])[] {
  return csv
    .split("\n")
    .map((line) => line.split(",").map((field) => field.trim()))
    .filter((fields) => fields.length > 1);
}

/** Undefined for the ways in which the tool says that it does not know: `[N/A]`, `Not Supported`, `[Unknown Error]` … */
function known(field: string | undefined): string | undefined {
  if (field === undefined || field === "") return undefined;
  return /^\[?(N\/A|Not (Supported|Found|Available)|Unknown Error|Insufficient Permissions|GPU is lost)\]?$/i.test(
    field,
  )
    ? undefined
    : field;
}

function bytesOf(mebibytes: string | undefined): number | undefined {
  const value = Number(mebibytes ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value * MEBIBYTE : undefined;
}
