import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** What the kernel can bound a group in. */
export type GroupController = "memory" | "cpuset" | "cpu" | "pids";

/** A control group below which this process may make others. */
export interface CgroupPlace {
  readonly version: 1 | 2;
  readonly folder: string;
  /** What groups below it can be bounded in. */
  readonly controllers: readonly GroupController[];
}

/** What one worker may take. */
export interface GroupLimits {
  /** Absent: as much as there is. */
  readonly memoryBytes?: number;
  /** The logical CPUs that it runs on, as `taskset` lists them. Absent: any, for as much time as `cores` of them have. */
  readonly cpuList?: string;
  readonly cores: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** A worker in a group of its own. */
export interface WorkerGroup {
  /** To be called once its process has ended: removes the group, and says whether it ended for want of memory; undefined: unknown. */
  end(): boolean | undefined;
}

/** Groups of workers, beside the gateway's own: with the gateway's number and the worker's. */
const WORKER_GROUP = /^signalbox-worker-(\d+)-\d+$/u;
const GATEWAY_GROUP = "signalbox-gateway";

const WANTED: readonly GroupController[] = ["memory", "cpuset", "cpu", "pids"];

/** Against 100 of everything else below the same group: where cores are short, the gateway is served first. */
const WORKER_CPU_WEIGHT = 50;

/** Microseconds; the kernel's own. A quota is that of one core times the number of cores. */
const CPU_PERIOD_US = 100_000;

/**
 * Where groups with bounds can be made: below the group that a service manager has delegated to this box (version 2), or
 * below the memory group that this process is in (version 1, for memory alone). Undefined where neither is so. Groups that
 * a gateway which no longer runs has left are removed.
 *
 * Version 2 gives bounds only to groups whose parent holds no process. A gateway that is alone in its own group goes into
 * one below it; nobody else's process is ever moved. So it has to be asked before this process starts any other.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (delegation, no internal process constraint)
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
 */
export function findCgroupPlace(procFolder = "/proc", pid = process.pid): CgroupPlace | undefined {
  try {
    const mounts = readFileSync(join(procFolder, "self/mountinfo"), "utf8").split("\n");
    const groups = readFileSync(join(procFolder, "self/cgroup"), "utf8").split("\n");
    const place = placeInVersion1(mounts, groups) ?? placeInVersion2(mounts, groups, pid);
    if (place !== undefined) removeAbandoned(place);
    return place;
  } catch {
    // No control groups on this system, or none that this user may change: another bound takes their place.
    return undefined;
  }
}

/** Puts a process into a group with bounds, as far as the place has them. Throws what the system says. */
export function confineWorker(place: CgroupPlace, pid: number, limits: GroupLimits): WorkerGroup {
  const group = join(place.folder, workerGroupOf(pid));
  mkdirSync(group, { recursive: true });
  try {
    for (const [file, value] of settingsOf(place, group, limits)) writeFileSync(join(group, file), value);
    writeFileSync(join(group, "cgroup.procs"), String(pid));
  } catch (error) {
    removeGroup(group);
    throw error;
  }
  return {
    end: () => {
      const wasKilled = wasKilledForMemory(join(group, place.version === 2 ? "memory.events" : "memory.oom_control"));
      removeGroup(group);
      return wasKilled;
    },
  };
}

function settingsOf(
  { version, controllers }: CgroupPlace,
  group: string,
  { memoryBytes, cpuList, cores, processes }: GroupLimits,
): readonly (readonly [file: string, value: string])[] {
  const has = (controller: GroupController): boolean => controllers.includes(controller);
  const memory = memoryBytes === undefined || !has("memory") ? undefined : String(memoryBytes);
  if (version === 1) return memory === undefined ? [] : [["memory.limit_in_bytes", memory]];
  return [
    ...(memory === undefined ? [] : ([["memory.max", memory]] as const)),
    // Swapping would only put off the end, and write prompts to a disk. A kernel without swap has no such file.
    ...(memory !== undefined && existsSync(join(group, "memory.swap.max"))
      ? ([["memory.swap.max", "0"]] as const)
      : []),
    ...(has("cpuset") && cpuList !== undefined ? ([["cpuset.cpus", cpuList]] as const) : []),
    ...(has("cpu") ? ([["cpu.weight", String(WORKER_CPU_WEIGHT)]] as const) : []),
    // A quota that is reached in the middle of a step stops all its threads: only for want of cores of its own.
    ...(has("cpu") && (cpuList === undefined || !has("cpuset"))
      ? ([["cpu.max", `${cores * CPU_PERIOD_US} ${CPU_PERIOD_US}`]] as const)
      : []),
    ...(has("pids") ? ([["pids.max", String(processes)]] as const) : []),
  ];
}

/** `oom_kill` counts in the group of whoever was killed, whichever group was full. */
function wasKilledForMemory(file: string): boolean | undefined {
  try {
    const count = /^oom_kill (\d+)$/mu.exec(readFileSync(file, "utf8"))?.[1];
    return count === undefined ? undefined : Number(count) > 0;
  } catch {
    // Without that controller the group keeps no count.
    return undefined;
  }
}

/** The name of a worker's group. */
export function workerGroupOf(pid: number): string {
  return `signalbox-worker-${process.pid}-${pid}`;
}

function placeInVersion1(mounts: readonly string[], groups: readonly string[]): CgroupPlace | undefined {
  const own = groups
    .map((line) => line.split(":"))
    .find(([, controllers]) => controllers?.split(",").includes("memory"));
  const mount = mounts.map(readMount).find((one) => one?.type === "cgroup" && one.options.includes("memory"));
  if (own === undefined || mount === undefined) return undefined;
  const folder = join(mount.point, own[2] ?? "");
  return isWritable(folder) ? { version: 1, folder, controllers: ["memory"] } : undefined;
}

function placeInVersion2(mounts: readonly string[], groups: readonly string[], pid: number): CgroupPlace | undefined {
  const own = groups.find((line) => line.startsWith("0::"))?.slice("0::".length);
  const mount = mounts.map(readMount).find((one) => one?.type === "cgroup2");
  if (own === undefined || mount === undefined) return undefined;
  const ownFolder = join(mount.point, own);
  // A reload finds the gateway where the start has put it; a service manager can put it there, too.
  if (basename(ownFolder) === GATEWAY_GROUP)
    return isWritable(dirname(ownFolder)) ? enable(dirname(ownFolder)) : undefined;
  const alone = processesOf(ownFolder);
  const isOurs = isWritable(ownFolder) && isWritable(join(ownFolder, "cgroup.procs"));
  if (!isOurs || wantedIn(ownFolder).length === 0 || alone.length !== 1 || alone[0] !== pid) return undefined;
  mkdirSync(join(ownFolder, GATEWAY_GROUP), { recursive: true });
  writeFileSync(join(ownFolder, GATEWAY_GROUP, "cgroup.procs"), String(pid));
  return enable(ownFolder);
}

/** Each by itself: one that the kernel refuses, as it does with real-time processes about, takes no other along. */
function enable(folder: string): CgroupPlace | undefined {
  const controllers = wantedIn(folder).filter((controller) => {
    try {
      writeFileSync(join(folder, "cgroup.subtree_control"), `+${controller}`);
      return true;
    } catch {
      return false;
    }
  });
  return controllers.length === 0 ? undefined : { version: 2, folder, controllers };
}

function wantedIn(folder: string): readonly GroupController[] {
  const there = readFileSync(join(folder, "cgroup.controllers"), "utf8").trim().split(/\s+/u);
  return WANTED.filter((controller) => there.includes(controller));
}

function processesOf(folder: string): readonly number[] {
  return readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function readMount(
  line: string,
): { readonly point: string; readonly type: string; readonly options: string[] } | undefined {
  const [before, after] = line.split(" - ");
  const [type, , options] = after?.split(" ") ?? [];
  const point = before?.split(" ")[4];
  return point === undefined || type === undefined ? undefined : { point, type, options: options?.split(",") ?? [] };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function removeAbandoned({ folder }: CgroupPlace): void {
  for (const name of readdirSync(folder)) {
    const gateway = WORKER_GROUP.exec(name)?.[1];
    if (gateway !== undefined && !isAlive(Number(gateway))) removeGroup(join(folder, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A group with a process in it can't be removed, and must not be. */
function removeGroup(group: string): void {
  try {
    rmdirSync(group);
  } catch {
    // Another gateway's worker is in it, or its process has not quite ended: the next start removes it.
  }
}
