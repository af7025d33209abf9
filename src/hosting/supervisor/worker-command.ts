import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type { FencedStart } from "../fence/enter-fence.ts";
import type { WorkerOptions } from "../worker-protocol.ts";

/** What of the gateway's environment a worker may see; its secrets are not the worker's business. */
const PASSED_VARIABLES = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LANG",
  "LC_ALL",
  "TZ",
  "LD_LIBRARY_PATH",
  "CUDA_HOME",
  "CUDA_CACHE_PATH",
  "CUDA_DEVICE_ORDER",
  "CUDA_VISIBLE_DEVICES",
  "NVIDIA_VISIBLE_DEVICES",
  "NVIDIA_DRIVER_CAPABILITIES",
  "VK_ICD_FILENAMES",
  "VK_DRIVER_FILES",
  "GGML_VK_VISIBLE_DEVICES",
  "HSA_OVERRIDE_GFX_VERSION",
] as const;

/** Threads of libuv's pool besides one a slot: files and name look-ups. */
const EXTRA_POOL_THREADS = 4;

/** The largest pool that libuv makes. @see https://docs.libuv.org/en/v1.x/threadpool.html */
const MAX_POOL_THREADS = 1024;

/** How to start a process with `child_process.fork`. */
export interface WorkerCommand {
  readonly execPath: string;
  readonly execArgv: string[];
}

/**
 * Node itself, or Node through `taskset` and the programs of a fence, which confine the process and then become it: Node
 * can't set a process's affinity or namespaces. Without the tool the worker runs unconfined.
 */
export function workerCommand(
  cpuList: string | undefined,
  tasksetPath: string | undefined,
  fence: FencedStart = { prefix: [], nodeArguments: [] },
): WorkerCommand {
  const affinity =
    cpuList === undefined || cpuList === "" || tasksetPath === undefined ? [] : [tasksetPath, "-c", cpuList];
  const [execPath = process.execPath, ...execArgv] = [
    ...affinity,
    ...fence.prefix,
    process.execPath,
    ...fence.nodeArguments,
  ];
  return { execPath, execArgv };
}

/** Where `taskset` is, among the folders of `path`. */
export function findTaskset(path: string): string | undefined {
  return path
    .split(":")
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "taskset"))
    .find(isExecutable);
}

/** The least environment that the engine needs. A device is named by its identity, because indexes change at a restart. */
export function workerEnvironment(
  environment: NodeJS.ProcessEnv,
  { device, slots }: Pick<WorkerOptions, "device" | "slots">,
): NodeJS.ProcessEnv {
  const passed = PASSED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    // The engine asks for it, and behind a fence there is no list of users that would tell.
    HOME: "/",
    ...Object.fromEntries(passed),
    ...(device.kind === "gpu" && device.uuid !== undefined ? { CUDA_VISIBLE_DEVICES: device.uuid } : {}),
    // Decoding and sampling run on libuv's pool: with fewer threads than slots one slot would wait for another.
    UV_THREADPOOL_SIZE: String(Math.min(slots + EXTRA_POOL_THREADS, MAX_POOL_THREADS)),
    NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true",
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there or not for us: the next folder is tried.
    return false;
  }
}
