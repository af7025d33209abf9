import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a worker's process is kept from. */
export interface WorkerFence {
  /** Programs that each confine the process and then become the next one: its id and its channel stay the same. */
  readonly prefix: readonly string[];
  /** One for each bound, whether it holds or not. */
  readonly bounds: readonly FenceBound[];
}

/** One bound of a fence, with the reason where this machine does not allow it. */
export interface FenceBound {
  readonly name: "network" | "privileges" | "core-dumps";
  readonly holds: boolean;
  readonly problem?: string;
}

/**
 * - network: a network namespace of its own, with no interface up; sockets of the file system still work.
 * - privileges: no program that it starts gains rights.
 * - core-dumps: a crash leaves no copy of the prompts on disk.
 *
 * @see https://man7.org/linux/man-pages/man1/unshare.1.html
 * @see https://man7.org/linux/man-pages/man1/setpriv.1.html
 * @see https://man7.org/linux/man-pages/man1/prlimit.1.html
 */
const BOUNDS: readonly { readonly name: FenceBound["name"]; readonly command: readonly string[] }[] = [
  { name: "network", command: ["unshare", "--user", "--map-current-user", "--net", "--"] },
  { name: "privileges", command: ["setpriv", "--no-new-privs", "--"] },
  { name: "core-dumps", command: ["prlimit", "--core=0", "--"] },
];

const PROBE_TIMEOUT_MS = 5_000;

const run = promisify(execFile);

/** Tries each bound on this machine, with the tools on `path`; one that does not work is left out and named. */
export async function detectWorkerFence(path: string): Promise<WorkerFence> {
  const tried = await Promise.all(
    BOUNDS.map(async ({ name, command }) => ({ command, bound: await tryBound(name, command, path) })),
  );
  return {
    prefix: tried.flatMap(({ command, bound }) => (bound.holds ? command : [])),
    bounds: tried.map(({ bound }) => bound),
  };
}

async function tryBound(name: FenceBound["name"], command: readonly string[], path: string): Promise<FenceBound> {
  const [tool = "", ...rest] = command;
  try {
    await run(tool, [...rest, process.execPath, "--version"], { env: { PATH: path }, timeout: PROBE_TIMEOUT_MS });
    return { name, holds: true };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { name, holds: false, problem: isMissing ? `${tool} is not installed` : `${tool} is refused here` };
  }
}
