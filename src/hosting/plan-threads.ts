import type { CpuFacts } from "../core/hardware.ts";

/** What one worker may use. */
export interface ThreadPlan {
  /** Threads of llama.cpp. */
  readonly threads: number;
  /** Logical CPUs to confine the process to, shared with no other worker. Absent: too few cores to share out. */
  readonly cpus?: readonly number[];
}

/**
 * The share of the usable cores that stays free for the gateway, the journal and the kernel, at least one: a foreign
 * load on one of llama.cpp's cores makes all its threads wait, and decoding 20 to 50 times slower.
 */
const RESERVED_SHARE = 0.1;

/** Up to this many usable cores one thread is all that leaves room for the gateway. */
const SINGLE_THREAD_CORES = 2;

interface Node {
  /** Physical cores, each with its logical CPUs. */
  cores: (readonly number[])[];
  workerCount: number;
}

/**
 * Shares the usable cores out to `workerCount` workers that run on the CPU: every worker has at least one thread, and
 * together they have fewer threads than usable cores, unless there are more workers than that. Where the topology is
 * known and every worker can have a core of its own, each is confined to its own cores of one NUMA node: a model that
 * spans two sockets decodes at half the speed of one that stays on one.
 */
export function planThreads(cpu: CpuFacts, workerCount: number): readonly ThreadPlan[] {
  const budget = threadBudget(cpu.effectiveCores);
  const shares = shareCores(cpu, workerCount);
  return Array.from({ length: workerCount }, (_, worker): ThreadPlan => {
    const cores = shares?.[worker];
    const fair = Math.floor(budget / workerCount) + (worker < budget % workerCount ? 1 : 0);
    const threads = Math.max(1, Math.min(fair, cores?.length ?? fair));
    return { threads, ...(cores === undefined ? {} : { cpus: cores.flat().toSorted((a, b) => a - b) }) };
  });
}

/** Threads for all workers together, after the reserve. */
function threadBudget(effectiveCores: number): number {
  return effectiveCores <= SINGLE_THREAD_CORES ? 1 : effectiveCores - reservedCores(effectiveCores);
}

function reservedCores(cores: number): number {
  return Math.max(1, Math.ceil(RESERVED_SHARE * cores));
}

/**
 * Each worker's own physical cores, or undefined when they do not suffice. A quota below the number of cores bounds the
 * threads, not the cores: other containers on the host would crowd together on the first ones as well.
 */
function shareCores(cpu: CpuFacts, workerCount: number): readonly (readonly (readonly number[])[])[] | undefined {
  if (cpu.effectiveCores <= SINGLE_THREAD_CORES) return undefined;
  const nodes = performanceNodes(cpu);
  const coreCount = nodes.reduce((sum, node) => sum + node.cores.length, 0);
  const reserve = reservedCores(coreCount);
  if (workerCount > coreCount - reserve) return undefined;
  const homes = Array.from({ length: workerCount }, () => {
    const node = roomiest(nodes, 1);
    node.workerCount += 1;
    return node;
  });
  for (let taken = 0; taken < reserve; taken += 1) roomiest(nodes, 0).cores.shift();
  return homes.map((node) => {
    const workersLeft = node.workerCount;
    node.workerCount -= 1;
    return node.cores.splice(0, Math.ceil(node.cores.length / workersLeft));
  });
}

/** The cores that count as usable, by NUMA node; one node where the kernel names none. */
function performanceNodes({ cores = [], numaNodes }: CpuFacts): readonly Node[] {
  const fast = cores.filter(({ kind }) => kind === "performance");
  const nodes = new Map<number | undefined, Node>();
  for (const { cpus } of fast.length > 0 ? fast : cores) {
    const id = numaNodes.find((node) => node.cpus.includes(cpus[0] ?? -1))?.id;
    const node = nodes.get(id) ?? { cores: [], workerCount: 0 };
    node.cores.push(cpus);
    nodes.set(id, node);
  }
  return [...nodes.values()];
}

/** The node with most cores a worker, if it got `newWorkers` more; of equals the first. */
function roomiest(nodes: readonly Node[], newWorkers: number): Node {
  const room = ({ cores, workerCount }: Node): number =>
    cores.length === 0 ? 0 : cores.length / (workerCount + newWorkers);
  return nodes.reduce((best, node) => (room(node) > room(best) ? node : best));
}
