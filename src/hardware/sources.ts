import { execFile } from "node:child_process";
import { readFile, readdir, statfs } from "node:fs/promises";
import os from "node:os";

/** What a command did. `not-found` is an ordinary answer: most machines lack most vendors' tools. */
export type CommandOutcome =
  | { readonly kind: "not-found" }
  | { readonly kind: "exited"; readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/**
 * Where facts about the machine come from. Probes read nothing else, so that a captured machine can be probed in a
 * test. No method throws for what is merely absent.
 */
export interface HardwareSources {
  readonly platform: string;
  readonly architecture: string;
  /** Logical CPUs that the scheduler gives this process, from the runtime. */
  readonly availableParallelism: number;
  /** A small text file; undefined when it is missing or may not be read. */
  readText(path: string): Promise<string | undefined>;
  /** Names in a directory; empty when it is missing or may not be read. */
  list(path: string): Promise<readonly string[]>;
  /** Runs a command without a shell. Rejects only when the signal aborts. */
  run(command: string, args: readonly string[], signal: AbortSignal): Promise<CommandOutcome>;
  /** Sizes of the file system that holds `path`; undefined when the path does not exist. */
  fileSystemSize(path: string): Promise<{ readonly totalBytes: number; readonly freeBytes: number } | undefined>;
}

/** The most output that is read from one command: far above what any probe's tool prints. */
const MAX_COMMAND_OUTPUT_BYTES = 4 * 1024 * 1024;

/** Where vendors' tools lie when the service manager's PATH is short; the last is WSL's. */
const EXTRA_COMMAND_DIRECTORIES = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/usr/lib/wsl/lib"];

/** This machine. */
export function systemSources(): HardwareSources {
  return {
    platform: process.platform,
    architecture: process.arch,
    availableParallelism: os.availableParallelism(),
    readText: (path) => readFile(path, "utf8").catch(asAbsent),
    list: (path) => readdir(path).catch(() => asAbsent() ?? []),
    run: runCommand,
    fileSystemSize: async (path) => {
      const size = await statfs(path, { bigint: true }).catch(asAbsent);
      if (size === undefined) return undefined;
      return { totalBytes: Number(size.blocks * size.bsize), freeBytes: Number(size.bavail * size.bsize) };
    },
  };
}

/** A file that can't be read is a fact that is absent: the probe that needs it says so. */
function asAbsent(): undefined {
  return undefined;
}

function runCommand(command: string, args: readonly string[], signal: AbortSignal): Promise<CommandOutcome> {
  const path = [process.env["PATH"] ?? "", ...EXTRA_COMMAND_DIRECTORIES].join(":");
  const options = { signal, maxBuffer: MAX_COMMAND_OUTPUT_BYTES, env: { PATH: path, LC_ALL: "C" } };
  return new Promise((resolve, reject) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (signal.aborted) return reject(error ?? new Error("aborted"));
      const code = error?.code;
      if (code === "ENOENT" || code === "EACCES") return resolve({ kind: "not-found" });
      const exitCode = error === null ? 0 : typeof code === "number" ? code : 1;
      resolve({ kind: "exited", exitCode, stdout, stderr });
    });
  });
}
