import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { engineEnvironment } from "../engine-environment.ts";
import type { FencedStart } from "../fence/enter-fence.ts";
import type { WorkerOptions } from "../worker-protocol.ts";

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

/** The environment of a worker. A device is named by its identity, because indexes change at a restart. */
export function workerEnvironment(
  environment: NodeJS.ProcessEnv,
  { device, slots }: Pick<WorkerOptions, "device" | "slots">,
): NodeJS.ProcessEnv {
  return {
    ...engineEnvironment(environment),
    ...(device.kind === "gpu" && device.uuid !== undefined ? { CUDA_VISIBLE_DEVICES: device.uuid } : {}),
    // Decoding and sampling run on libuv's pool: with fewer threads than slots one slot would wait for another.
    UV_THREADPOOL_SIZE: String(Math.min(slots + EXTRA_POOL_THREADS, MAX_POOL_THREADS)),
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
