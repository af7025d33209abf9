import type { CoreFacts } from "../core/hardware.ts";
import { parseCpuList } from "./parse-cpu-list.ts";
import type { HardwareSources } from "./sources.ts";

/** What `/sys/devices/system` tells about cores. Lists are empty where the kernel does not say. */
export interface Topology {
  readonly online: readonly number[];
  /** Logical CPUs of each physical core. */
  readonly siblings: readonly (readonly number[])[];
  readonly sockets?: number;
  /** CPUs of Intel's efficiency cores. */
  readonly atomCpus: readonly number[];
  /** Relative speed of each CPU on asymmetric Arm machines, 1024 for the fastest. */
  readonly capacities: ReadonlyMap<number, number>;
  readonly numaNodes: readonly { readonly id: number; readonly cpus: readonly number[] }[];
  readonly lastLevelCacheBytes?: number;
}

const CPU_DIRECTORY = "/sys/devices/system/cpu";
const NODE_DIRECTORY = "/sys/devices/system/node";

/**
 * Cores below this share of the fastest count as efficiency cores. All threads of a step wait for the slowest one, so
 * n fast and m slow cores together do the work of (n + m) slow ones: above 0.6 half of the cores being slow still pays.
 */
const MIN_RELATIVE_CAPACITY = 0.6;

/** @see https://docs.kernel.org/admin-guide/cputopology.html */
export async function readTopology(sources: HardwareSources): Promise<Topology> {
  const online = await readList(sources, `${CPU_DIRECTORY}/online`);
  const [perCpu, atomCpus, numaNodes, lastLevelCacheBytes] = await Promise.all([
    Promise.all(online.map((cpu) => readCpu(sources, cpu))),
    readList(sources, "/sys/devices/cpu_atom/cpus"),
    readNumaNodes(sources),
    readLastLevelCache(sources, online[0] ?? 0),
  ]);
  const siblings = new Map(perCpu.map(({ siblings }) => [siblings.join(), siblings]));
  siblings.delete("");
  const packages = new Set(perCpu.map((cpu) => cpu.packageId).filter((id) => id !== undefined));
  return {
    online,
    siblings: [...siblings.values()],
    ...(packages.size === 0 ? {} : { sockets: packages.size }),
    atomCpus,
    capacities: new Map(perCpu.flatMap(({ cpu, capacity }) => (capacity === undefined ? [] : [[cpu, capacity]]))),
    numaNodes,
    ...(lastLevelCacheBytes === undefined ? {} : { lastLevelCacheBytes }),
  };
}

/** The physical cores that have at least one CPU in `affinity`, with those CPUs. Undefined when the topology is unknown. */
export function coresWithin(topology: Topology, affinity: readonly number[]): readonly CoreFacts[] | undefined {
  if (topology.siblings.length === 0) return undefined;
  const allowed = new Set(affinity);
  const atoms = new Set(topology.atomCpus);
  const fastest = Math.max(0, ...topology.capacities.values());
  return topology.siblings
    .map((siblings): CoreFacts => {
      const cpus = siblings.filter((cpu) => allowed.has(cpu));
      const slow = cpus.some(
        (cpu) => atoms.has(cpu) || (topology.capacities.get(cpu) ?? fastest) < fastest * MIN_RELATIVE_CAPACITY,
      );
      return { cpus, kind: slow ? "efficiency" : "performance" };
    })
    .filter(({ cpus }) => cpus.length > 0);
}

async function readList(sources: HardwareSources, path: string): Promise<readonly number[]> {
  const text = await sources.readText(path);
  return (text === undefined ? undefined : parseCpuList(text)) ?? [];
}

async function readNumber(sources: HardwareSources, path: string): Promise<number | undefined> {
  const value = Number.parseInt((await sources.readText(path)) ?? "", 10);
  return Number.isNaN(value) || value < 0 ? undefined : value;
}

async function readCpu(sources: HardwareSources, cpu: number) {
  const directory = `${CPU_DIRECTORY}/cpu${cpu}`;
  const [siblings, packageId, capacity] = await Promise.all([
    readList(sources, `${directory}/topology/thread_siblings_list`),
    readNumber(sources, `${directory}/topology/physical_package_id`),
    readNumber(sources, `${directory}/cpu_capacity`),
  ]);
  return { cpu, siblings, packageId, capacity };
}

/** Nodes with CPUs; nodes of memory alone (CXL, GPU memory) are no place to run. */
async function readNumaNodes(sources: HardwareSources): Promise<Topology["numaNodes"]> {
  const ids = await readList(sources, `${NODE_DIRECTORY}/online`);
  const nodes = await Promise.all(
    ids.map(async (id) => ({ id, cpus: await readList(sources, `${NODE_DIRECTORY}/node${id}/cpulist`) })),
  );
  return nodes.filter(({ cpus }) => cpus.length > 0);
}

/** Of the highest cache level that `cpu` has: `32768K`. */
async function readLastLevelCache(sources: HardwareSources, cpu: number): Promise<number | undefined> {
  const directory = `${CPU_DIRECTORY}/cpu${cpu}/cache`;
  const indexes = (await sources.list(directory)).filter((name) => name.startsWith("index"));
  const last = indexes.sort().at(-1);
  const size = /^(\d+)([KM])$/.exec((await sources.readText(`${directory}/${last}/size`))?.trim() ?? "");
  return size === null ? undefined : Number(size[1]) * (size[2] === "M" ? 1024 ** 2 : 1024);
}
