import type { CpuFacts } from "../core/hardware.ts";
import { readQuotaCores } from "./cpu-quota.ts";
import { coresWithin, readTopology } from "./cpu-topology.ts";
import { parseCpuinfo } from "./cpuinfo.ts";
import { parseCpuList } from "./parse-cpu-list.ts";
import type { HardwareSources } from "./sources.ts";

/** The processors of a Linux machine, as far as this process may use them. */
export async function readCpuFacts(sources: HardwareSources): Promise<CpuFacts> {
  const [cpuinfoText, statusText, topology, quotaCores] = await Promise.all([
    sources.readText("/proc/cpuinfo"),
    sources.readText("/proc/self/status"),
    readTopology(sources),
    readQuotaCores(sources),
  ]);
  const cpuinfo = parseCpuinfo(cpuinfoText ?? "");
  const affinity = parseAffinity(statusText ?? "", topology.online);
  const cores = coresWithin(topology, affinity ?? topology.online);
  const sockets = topology.sockets ?? cpuinfo.sockets;
  const physicalCores = topology.siblings.length || cpuinfo.physicalCores;
  const logicalCores = topology.online.length || cpuinfo.logicalCores;
  return {
    ...(cpuinfo.vendor === undefined ? {} : { vendor: cpuinfo.vendor }),
    ...(cpuinfo.model === undefined ? {} : { model: cpuinfo.model }),
    ...(sockets === undefined ? {} : { sockets }),
    ...(physicalCores === undefined ? {} : { physicalCores }),
    ...(logicalCores === 0 ? {} : { logicalCores }),
    flags: cpuinfo.flags,
    ...(cores === undefined ? {} : { cores }),
    ...(topology.lastLevelCacheBytes === undefined ? {} : { lastLevelCacheBytes: topology.lastLevelCacheBytes }),
    numaNodes: topology.numaNodes,
    ...(affinity === undefined ? {} : { affinity }),
    ...(quotaCores === undefined ? {} : { quotaCores }),
    effectiveCores: effectiveCores({
      reachableCores: usableCoreCount(cores) ?? affinity?.length ?? sources.availableParallelism,
      ...(quotaCores === undefined ? {} : { quotaCores }),
    }),
  };
}

/**
 * `Cpus_allowed_list` of `/proc/self/status`, which holds the cpuset too, without CPUs that are offline.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export function parseAffinity(status: string, online: readonly number[]): readonly number[] | undefined {
  const text = /^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1];
  const allowed = text === undefined ? undefined : parseCpuList(text);
  if (allowed === undefined || allowed.length === 0) return undefined;
  return online.length === 0 ? allowed : allowed.filter((cpu) => online.includes(cpu));
}

/** Whole cores: a quota is rounded down, because a thread beyond it stops all the others while it is throttled. */
export function effectiveCores(limits: { readonly reachableCores: number; readonly quotaCores?: number }): number {
  return Math.max(1, Math.min(limits.reachableCores, Math.floor(limits.quotaCores ?? Number.POSITIVE_INFINITY)));
}

/** Performance cores, or all of them where there is no other kind. */
function usableCoreCount(cores: CpuFacts["cores"]): number | undefined {
  if (cores === undefined) return undefined;
  return cores.filter(({ kind }) => kind === "performance").length || cores.length;
}
