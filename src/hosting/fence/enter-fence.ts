import { dirname } from "node:path";
import type { WorkerBound } from "../../core/local-model.ts";
import type { GroupController } from "./worker-cgroup.ts";
import { DEVICES, INSTALLATION, modelFilesOf, SYSTEM } from "./fence-paths.ts";
import {
  holds,
  JAIL_PREFIX,
  NETWORK_PREFIX,
  NO_CORE_PREFIX,
  NO_NEW_RIGHTS_PREFIX,
  NO_RIGHTS_PREFIX,
  type WorkerFence,
} from "./worker-fence.ts";

/** One start of a worker, as far as its fence needs to know it. */
export interface FencedWorker {
  readonly device: "cpu" | "gpu";
  /** Absolute. */
  readonly modelFile: string;
  readonly entryFile: string;
  /** The only folder that it may write to. */
  readonly folder: string;
  /** An empty folder outside, which becomes its root. */
  readonly rootFolder: string;
  /** Of saved states, in memory. */
  readonly stateCacheBytes: number;
  /** Absent: nobody knows what it needs. */
  readonly memoryBytes?: number;
}

/** How a worker is started behind its fence. */
export interface FencedStart {
  /** Programs that each confine the process and then become the next one: its id and its channel stay the same. */
  readonly prefix: readonly string[];
  /** Of Node itself. */
  readonly nodeArguments: readonly string[];
}

/** Beside the states themselves. */
const SHM_HEADROOM_BYTES = 1024 * 1024;

/** What V8 sets aside and does not use counts as data all the same: of a worker of 130 MB resident it was 680 MB. */
const DATA_RESERVE_BYTES = 1024 ** 3;

const SHM = "/dev/shm";

/** What a worker reads of itself. Not the whole entry: it leads to the roots and the environments of processes. */
const OWN_PROCESS: readonly string[] = ["/proc/self/status", "/proc/self/ns/pid"];

/**
 * The start of one worker. On a GPU its driver opens devices and files that nobody has listed, and may load modules
 * through a program with rights: there only crashes and what JavaScript may write are bounded.
 */
export function enterFence(fence: WorkerFence, worker: FencedWorker): FencedStart {
  const bounds = boundsOf(fence, worker);
  const isBounded = (name: WorkerBound["name"]): boolean => bounds.some((one) => one.name === name && one.holds);
  const limits = isBounded("memory") && !isInGroup(fence, "memory") ? dataLimit(worker) : [];
  const rights = isBounded("files") ? NO_RIGHTS_PREFIX : NO_NEW_RIGHTS_PREFIX;
  return {
    prefix: [
      ...(isBounded("files") ? jail(worker) : isBounded("network") ? NETWORK_PREFIX : []),
      ...(isBounded("privileges") ? rights : []),
      ...(isBounded("core-dumps") ? NO_CORE_PREFIX : []),
      ...limits,
    ],
    nodeArguments: nodePermissions(worker),
  };
}

/** Whether the process's group bounds it in this, rather than the process itself. */
export function isInGroup({ cgroup }: WorkerFence, controller: GroupController): boolean {
  return cgroup?.controllers.includes(controller) === true;
}

function dataLimit({ memoryBytes }: FencedWorker): readonly string[] {
  return memoryBytes === undefined ? [] : ["prlimit", `--data=${memoryBytes + DATA_RESERVE_BYTES}`, "--"];
}

/** Each bound as it holds for one worker. */
export function boundsOf(
  fence: WorkerFence,
  { device, memoryBytes }: Pick<FencedWorker, "device" | "memoryBytes">,
): readonly WorkerBound[] {
  return fence.bounds.map((bound) => {
    if (!bound.holds) return bound;
    if (device === "gpu" && NOT_ON_GPU.has(bound.name))
      return {
        name: bound.name,
        holds: false,
        problem: "a GPU's driver needs what it would take away: use device cpu",
      };
    if (bound.name === "memory" && memoryBytes === undefined)
      return { name: bound.name, holds: false, problem: "what the model needs could not be estimated" };
    // The jail gives its own rights up, and can do so only with the tool.
    if (bound.name === "files" && !holds(fence, "privileges"))
      return { name: bound.name, holds: false, problem: "setpriv is needed for it: install util-linux" };
    return bound;
  });
}

const NOT_ON_GPU: ReadonlySet<WorkerBound["name"]> = new Set(["network", "files", "privileges", "memory"]);

function jail(worker: FencedWorker): readonly string[] {
  const shmBytes = worker.stateCacheBytes + SHM_HEADROOM_BYTES;
  const reads = [...SYSTEM, ...DEVICES, ...programFiles(worker)];
  return [...JAIL_PREFIX, worker.rootFolder, String(shmBytes), worker.folder, ...reads, "--"];
}

function programFiles({ entryFile, modelFile }: FencedWorker): readonly string[] {
  const own = dirname(entryFile);
  const isInstalled = INSTALLATION.some((path) => own === path || own.startsWith(`${path}/`));
  return [...INSTALLATION, dirname(process.execPath), ...(isInstalled ? [] : [own]), ...modelFilesOf(modelFile)];
}

/**
 * What JavaScript may do; native code is not held by it. The engine tries its binary in a process of its own before it
 * loads it, which the worker forbids itself afterwards, as it does new connections.
 * @see https://nodejs.org/api/permissions.html
 */
function nodePermissions(worker: FencedWorker): readonly string[] {
  // An engine for a GPU looks for the driver's libraries in many places.
  const system = SYSTEM.filter((path) => !path.startsWith("/proc"));
  const reads =
    worker.device === "gpu" ? ["*"] : [...system, ...OWN_PROCESS, ...programFiles(worker), worker.folder, SHM];
  return [
    "--permission",
    ...["--allow-addons", "--allow-child-process", "--allow-net"],
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...[worker.folder, SHM].map((path) => `--allow-fs-write=${path}`),
    ...["PERM0001", "PERM0002", "ExperimentalWarning"].map((name) => `--disable-warning=${name}`),
  ];
}
