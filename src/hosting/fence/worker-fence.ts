import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { WorkerBound } from "../../core/local-model.ts";
import { DEVICES, INSTALLATION, SYSTEM } from "./fence-paths.ts";
import { JAIL_SCRIPT } from "./jail-script.ts";
import { type CgroupPlace, findCgroupPlace, type GroupController } from "./worker-cgroup.ts";

/** What this machine lets the process of a model be kept from, by bound. */
export interface WorkerFence {
  readonly bounds: readonly WorkerBound[];
  /** Where the process is bounded as a group; absent: its memory by its own limit of data, if at all. */
  readonly cgroup?: CgroupPlace;
}

/** A network namespace of its own, with no interface up; sockets of the file system still work. @see https://man7.org/linux/man-pages/man1/unshare.1.html */
export const NETWORK_PREFIX: readonly string[] = ["unshare", "--user", "--map-current-user", "--net", "--"];

/** The same, and a file system of its own: what follows is the script's arguments. */
export const JAIL_PREFIX: readonly string[] = [
  ...["unshare", "--user", "--map-current-user", "--keep-caps", "--net", "--mount", "--"],
  ...["sh", "-c", JAIL_SCRIPT, "signalbox-fence"],
];

/** Within it, all rights over the namespaces are given up. @see https://man7.org/linux/man-pages/man1/setpriv.1.html */
export const NO_RIGHTS_PREFIX: readonly string[] = [
  ...["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--"],
];

/** No program that it starts gains rights. */
export const NO_NEW_RIGHTS_PREFIX: readonly string[] = ["setpriv", "--no-new-privs", "--"];

/** A crash leaves no copy of the prompts on disk. @see https://man7.org/linux/man-pages/man1/prlimit.1.html */
export const NO_CORE_PREFIX: readonly string[] = ["prlimit", "--core=0", "--"];

const NO_PROCESSOR_BOUND: WorkerBound = {
  name: "processor",
  holds: false,
  problem:
    "workers are kept to their cores by affinity alone; delegate the control group of version 2 (in a systemd unit: Delegate=cpu cpuset memory pids)",
};

const PROBE_TIMEOUT_MS = 5_000;
const PROBE_SHM_BYTES = 65_536;

const run = promisify(execFile);

/** Tries each bound on this machine, with the tools on `path`; one that does not work is left out and named, with the remedy. */
export async function detectWorkerFence(path: string): Promise<WorkerFence> {
  const probe = (name: WorkerBound["name"], command: readonly string[]): Promise<WorkerBound> =>
    tryBound(name, [...command, process.execPath, "--version"], path);
  // First, because it has to be alone in its group.
  const cgroup = findCgroupPlace();
  const [network, files, privileges, cores, dataLimit] = await Promise.all([
    probe("network", NETWORK_PREFIX),
    tryJail(path),
    probe("privileges", NO_NEW_RIGHTS_PREFIX),
    probe("core-dumps", NO_CORE_PREFIX),
    probe("memory", ["prlimit", "--data=unlimited", "--"]),
  ]);
  const inGroup = (controller: GroupController): boolean => cgroup?.controllers.includes(controller) === true;
  const memory: WorkerBound = inGroup("memory") ? { name: "memory", holds: true } : dataLimit;
  const processor: WorkerBound = inGroup("cpu") ? { name: "processor", holds: true } : NO_PROCESSOR_BOUND;
  return {
    bounds: [network, files, privileges, cores, memory, processor, { name: "node-permissions", holds: true }],
    ...(cgroup === undefined ? {} : { cgroup }),
  };
}

/** Whether a bound holds on this machine. */
export function holds(fence: WorkerFence, name: WorkerBound["name"]): boolean {
  return fence.bounds.some((bound) => bound.name === name && bound.holds);
}

/** Whether isolation that is required needs it. The processor's bound keeps the machine fast, not data apart. */
export function isForIsolation({ name }: WorkerBound): boolean {
  return name !== "processor";
}

async function tryJail(path: string): Promise<WorkerBound> {
  const place = await mkdtemp(join(tmpdir(), "signalbox-fence-"));
  try {
    const [root, folder] = [join(place, "root"), join(place, "own")];
    await Promise.all([mkdir(root), mkdir(folder)]);
    const reads = [...SYSTEM, ...DEVICES, ...INSTALLATION, dirname(process.execPath)];
    const jail = [...JAIL_PREFIX, root, String(PROBE_SHM_BYTES), folder, ...reads, "--"];
    return await tryBound("files", [...jail, ...NO_RIGHTS_PREFIX, process.execPath, "--version"], path);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function tryBound(name: WorkerBound["name"], command: readonly string[], path: string): Promise<WorkerBound> {
  const [tool = "", ...rest] = command;
  try {
    await run(tool, rest, { env: { PATH: path }, timeout: PROBE_TIMEOUT_MS });
    return { name, holds: true };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { name, holds: false, problem: isMissing ? missing(tool) : refused(tool, error) };
  }
}

function missing(tool: string): string {
  return `${tool} is not installed: install util-linux`;
}

/** Namespaces are what containers and some distributions forbid. */
function refused(tool: string, error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
  const remedy =
    tool === "unshare"
      ? "; allow unprivileged user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0), in a container with a seccomp profile that permits unshare and mount"
      : "";
  return `${tool} is refused here${said === "" || said === undefined ? "" : ` (${said})`}${remedy}`;
}
