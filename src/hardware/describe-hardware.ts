import type { CpuFacts, GpuFacts, HardwareSnapshot, MemoryFacts } from "../core/hardware.ts";
import { formatCpuList } from "./parse-cpu-list.ts";

/** One table of a report: pairs of what and how much, for a person. */
export interface HardwareReport {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
}

/** The snapshot in words. A fact that is unknown has no row, except where its absence matters to a reader. */
export function describeHardware(snapshot: HardwareSnapshot): HardwareReport {
  const { disk } = snapshot;
  return {
    title: `${snapshot.platform} ${snapshot.architecture}`,
    rows: [
      ...describeCpu(snapshot.cpu),
      ...describeMemory(snapshot.memory),
      ...(snapshot.gpus.length === 0 ? [["GPU", "none found"] as const] : snapshot.gpus.flatMap(describeGpu)),
      ...(disk === undefined
        ? []
        : ([["disk", `${formatOf(disk.freeBytes, disk.totalBytes)} at ${disk.path}`]] as const)),
      ...(snapshot.problems ?? []).map(({ probe, message }) => [`problem: ${probe}`, message] as const),
    ],
  };
}

type Rows = HardwareReport["rows"];

function describeCpu(cpu: CpuFacts): Rows {
  const efficiency = cpu.cores?.filter(({ kind }) => kind === "efficiency").length ?? 0;
  const counts = [
    counted(cpu.sockets, "socket"),
    counted(cpu.physicalCores, "physical core"),
    counted(cpu.logicalCores, "logical core"),
    efficiency === 0 ? undefined : counted(efficiency, "efficiency core"),
  ].filter((count) => count !== undefined);
  const nodes = cpu.numaNodes.map(({ id, cpus }) => `${id}: ${formatCpuList(cpus)}`);
  return [
    ["CPU", cpu.model ?? cpu.vendor ?? "unknown"],
    ...(counts.length === 0 ? [] : [["cores", counts.join(", ")] as const]),
    ...(cpu.affinity === undefined ? [] : [["affinity", formatCpuList(cpu.affinity)] as const]),
    ...(cpu.quotaCores === undefined ? [] : [["quota", `${round(cpu.quotaCores)} cores`] as const]),
    ["usable", `${counted(cpu.effectiveCores, "core")} for models and the gateway`],
    ...(cpu.flags.length === 0 ? [] : [["instructions", cpu.flags.join(" ")] as const]),
    ...(nodes.length < 2 ? [] : [["NUMA nodes", nodes.join("; ")] as const]),
  ];
}

function describeMemory(memory: MemoryFacts): Rows {
  const { limitBytes, totalBytes, bandwidthBytesPerSecond: bandwidth } = memory;
  const limited = limitBytes !== undefined && limitBytes < (totalBytes ?? Number.POSITIVE_INFINITY);
  return [
    ["memory", formatOf(memory.availableBytes, totalBytes)],
    ...(limited ? [["memory limit", formatBytes(limitBytes)] as const] : []),
    ...(bandwidth === undefined
      ? []
      : [["memory bandwidth", `${round(bandwidth / 1e9)} GB/s, read, measured`] as const]),
  ];
}

function describeGpu(gpu: GpuFacts, position: number): Rows {
  const label = `GPU ${gpu.index ?? position}`;
  const identity = [gpu.vendor, gpu.name, gpu.uuid, gpu.busId].filter((part) => part !== undefined).join(", ");
  const foreign = gpu.foreignProcesses?.map(({ pid, name, usedBytes }) =>
    [`${pid}`, name, usedBytes === undefined ? undefined : formatBytes(usedBytes)].filter(Boolean).join(" "),
  );
  return [
    [label, identity],
    [`${label} memory`, formatOf(gpu.memoryFreeBytes, gpu.memoryTotalBytes) + (gpu.unifiedMemory ? ", unified" : "")],
    ...(gpu.driverVersion === undefined ? [] : [[`${label} driver`, gpu.driverVersion] as const]),
    ...gpu.migInstances.map(
      ({ uuid, profile }) => [`${label} MIG`, [profile, uuid].filter(Boolean).join(" ")] as const,
    ),
    ...(foreign === undefined || foreign.length === 0 ? [] : [[`${label} others`, foreign.join("; ")] as const]),
  ];
}

function counted(count: number | undefined, noun: string): string | undefined {
  return count === undefined ? undefined : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function formatOf(freeBytes: number | undefined, totalBytes: number | undefined): string {
  if (freeBytes === undefined && totalBytes === undefined) return "unknown";
  const free = freeBytes === undefined ? "an unknown part" : formatBytes(freeBytes);
  return totalBytes === undefined ? `${free} free` : `${free} free of ${formatBytes(totalBytes)}`;
}

/** Binary units, as memory is sold and limited. */
function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${round(bytes / 1024 ** power)} ${units[power]}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
