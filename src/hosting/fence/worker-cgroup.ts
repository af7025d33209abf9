import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A control group below which this process may make others. */
export interface CgroupPlace {
  readonly version: 1 | 2;
  readonly folder: string;
}

/** Groups of workers, beside the gateway's own: with the gateway's number and the worker's. */
const WORKER_GROUP = /^signalbox-worker-(\d+)-\d+$/u;
const GATEWAY_GROUP = "signalbox-gateway";

/**
 * Where groups with a bound of memory can be made: below the group that a service manager has delegated to this box
 * (version 2), or below the memory group that this process is in (version 1). Undefined where neither is so. Groups that
 * a gateway which no longer runs has left are removed.
 *
 * Version 2 gives bounds only to groups whose parent holds no process. A gateway that is alone in its own group goes into
 * one below it; nobody else's process is ever moved.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (delegation, no internal process constraint)
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
 */
export async function findCgroupPlace(procFolder = "/proc", pid = process.pid): Promise<CgroupPlace | undefined> {
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

/** Puts a process under a bound. Returns what removes its group once it has ended. Throws what the system says. */
export function boundMemory({ version, folder }: CgroupPlace, pid: number, memoryBytes: number): () => void {
  const group = join(folder, workerGroupOf(pid));
  mkdirSync(group, { recursive: true });
  const remove = (): void => removeGroup(group);
  try {
    writeFileSync(join(group, version === 2 ? "memory.max" : "memory.limit_in_bytes"), String(memoryBytes));
    // Swapping would only put off the end, and write prompts to a disk.
    if (version === 2) writeFileSync(join(group, "memory.swap.max"), "0");
    writeFileSync(join(group, "cgroup.procs"), String(pid));
    return remove;
  } catch (error) {
    remove();
    throw error;
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
  return isWritable(folder) ? { version: 1, folder } : undefined;
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
  if (!isWritable(ownFolder) || !hasMemory(ownFolder) || alone.length !== 1 || alone[0] !== pid) return undefined;
  mkdirSync(join(ownFolder, GATEWAY_GROUP), { recursive: true });
  writeFileSync(join(ownFolder, GATEWAY_GROUP, "cgroup.procs"), String(pid));
  return enable(ownFolder);
}

function enable(folder: string): CgroupPlace | undefined {
  if (!hasMemory(folder)) return undefined;
  writeFileSync(join(folder, "cgroup.subtree_control"), "+memory");
  return { version: 2, folder };
}

function hasMemory(folder: string): boolean {
  return readFileSync(join(folder, "cgroup.controllers"), "utf8").split(/\s+/u).includes("memory");
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
