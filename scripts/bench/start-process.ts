import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The admin key of every box that a benchmark starts. */
export const ADMIN_KEY = `sbx_${"5a".repeat(24)}`;

const ROOT = join(import.meta.dirname, "../..");

/** A program that has said its first line. */
export interface StartedProcess {
  readonly child: ChildProcess;
  readonly firstLine: string;
}

/** How to start a program. */
export interface StartOptions {
  /** The one core to run on; absent, all of them. */
  readonly core?: number | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a program with this Node; resolves with its first line of output. BENCH_DEBUG=1 shows what it writes to stderr. */
export async function startProcess(args: readonly string[], options: StartOptions = {}): Promise<StartedProcess> {
  const command = [process.execPath, ...args];
  const pin = options.core === undefined ? [] : ["taskset", "-c", String(options.core)];
  const [program = "", ...rest] = [...pin, ...command];
  const child = spawn(program, rest, {
    cwd: ROOT,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "pipe", process.env["BENCH_DEBUG"] === undefined ? "ignore" : "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const firstLine = await Promise.race([
    once(lines, "line").then(([line]: string[]) => line),
    once(child, "exit").then(() => undefined),
  ]);
  if (firstLine === undefined) throw new Error(`${args.join(" ")} ended before it was ready; BENCH_DEBUG=1 shows why.`);
  return { child, firstLine };
}

/** Starts the whole box as `signalbox serve` does, with `config` and a new data folder in `folder`. */
export async function startBox(
  config: object,
  folder: string,
  core?: number,
): Promise<{ readonly child: ChildProcess; readonly url: URL }> {
  const configFile = join(folder, "appliance.json");
  await writeFile(configFile, JSON.stringify(config));
  const { child, firstLine } = await startProcess(["src/main.ts", "serve"], {
    core,
    environment: {
      SIGNALBOX_CONFIG: configFile,
      SIGNALBOX_DATA_DIR: join(folder, "data"),
      SIGNALBOX_PORT: "0",
      SIGNALBOX_ADMIN_KEY: ADMIN_KEY,
      // A log line for each request is part of what the box does; where it goes is not.
      SIGNALBOX_LOG_LEVEL: "info",
    },
  });
  const ready = JSON.parse(firstLine) as { readonly url: string };
  return { child, url: new URL(ready.url) };
}

/** Ends a program and waits until it is gone. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}
