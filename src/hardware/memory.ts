import type { MemoryFacts } from "../core/hardware.ts";
import { readCgroupDirectories, type CgroupDirectory } from "./cgroup.ts";
import type { HardwareSources } from "./sources.ts";

/** One control group's memory, in bytes. */
export interface CgroupMemory {
  readonly limitBytes: number;
  readonly usedBytes: number;
  /** Counted as used, but given back as soon as something else needs it. */
  readonly reclaimableBytes: number;
}

/** The memory of a Linux machine, as far as this process may use it. */
export async function readMemoryFacts(sources: HardwareSources): Promise<MemoryFacts> {
  const [meminfo, directories] = await Promise.all([
    sources.readText("/proc/meminfo"),
    readCgroupDirectories(sources, "memory"),
  ]);
  const groups = await Promise.all(directories.map((directory) => readCgroupMemory(sources, directory)));
  return combineMemory(
    parseMeminfo(meminfo ?? ""),
    groups.flatMap((group) => group ?? []),
  );
}

/** `/proc/meminfo`, whose unit `kB` means 1024 bytes. @see https://docs.kernel.org/filesystems/proc.html#meminfo */
export function parseMeminfo(text: string): Pick<MemoryFacts, "totalBytes" | "availableBytes"> {
  const bytesOf = (field: string): number | undefined => {
    const match = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(text);
    return match === null ? undefined : Number(match[1]) * 1024;
  };
  const [totalBytes, availableBytes] = [bytesOf("MemTotal"), bytesOf("MemAvailable")];
  return {
    ...(totalBytes === undefined ? {} : { totalBytes }),
    ...(availableBytes === undefined ? {} : { availableBytes }),
  };
}

/**
 * The host's numbers within every group's: available is the least of what the host has left and, for each group,
 * `limit - (used - reclaimable)`. Without the credit the page cache of a model that was just read would count as used.
 */
export function combineMemory(
  host: Pick<MemoryFacts, "totalBytes" | "availableBytes">,
  groups: readonly CgroupMemory[],
): MemoryFacts {
  const limits = groups.map(({ limitBytes }) => limitBytes);
  const limitBytes = limits.length === 0 ? undefined : Math.min(...limits);
  const lefts = groups.map((group) =>
    Math.max(0, group.limitBytes - Math.max(0, group.usedBytes - group.reclaimableBytes)),
  );
  const available = [...(host.availableBytes === undefined ? [] : [host.availableBytes]), ...lefts];
  return {
    ...(host.totalBytes === undefined ? {} : { totalBytes: host.totalBytes }),
    ...(available.length === 0 ? {} : { availableBytes: Math.min(...available) }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}

/** A group with a numeric limit; undefined for one without. `memory.high` counts like a limit: beyond it all is slowed down. */
async function readCgroupMemory(
  sources: HardwareSources,
  { version, path }: CgroupDirectory,
): Promise<CgroupMemory | undefined> {
  const names =
    version === 2
      ? { limits: ["memory.max", "memory.high"], used: "memory.current" }
      : { limits: ["memory.limit_in_bytes"], used: "memory.usage_in_bytes" };
  const read = (name: string): Promise<string | undefined> => sources.readText(`${path}/${name}`);
  const [used, stat, ...limitTexts] = await Promise.all([
    read(names.used),
    read("memory.stat"),
    ...names.limits.map(read),
  ]);
  const limits = limitTexts.map(parseLimit).filter((limit) => limit !== undefined);
  if (limits.length === 0) return undefined;
  return {
    limitBytes: Math.min(...limits),
    // Without a count of what is used, the limit alone is the bound.
    usedBytes: parseLimit(used) ?? 0,
    reclaimableBytes: parseReclaimable(stat ?? "", version),
  };
}

/** A number of bytes; `max` and version 1's page counter limit (near 2^63) are none. */
function parseLimit(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  const value = /^\d+$/.test(trimmed) ? Number(trimmed) : Number.POSITIVE_INFINITY;
  return value > Number.MAX_SAFE_INTEGER ? undefined : value;
}

/**
 * What the kernel would give back first. Version 1 keeps hierarchical sums under `total_…` and does not tell slab.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html#stat-file
 */
export function parseReclaimable(stat: string, version: 1 | 2): number {
  const fields = version === 2 ? ["inactive_file", "slab_reclaimable"] : ["total_inactive_file"];
  return fields.reduce((sum, field) => sum + Number(new RegExp(`^${field} (\\d+)$`, "m").exec(stat)?.[1] ?? 0), 0);
}
