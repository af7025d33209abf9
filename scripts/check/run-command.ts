import { spawn, type ChildProcess } from "node:child_process";

/** The end of a command's output that is kept to be shown: errors stand last, and thousands of them help nobody. */
const OUTPUT_CHARS_MAX = 100_000;

/** A program to run in the project's root, with the Node that runs this file. */
export interface Command {
  /** Path of the script from the project's root. */
  readonly script: string;
  readonly words: readonly string[];
  /** After this time the program is stopped and counts as failed. */
  readonly timeoutMs: number;
}

/** How a command ended. */
export interface CommandResult {
  /** Undefined where it was stopped, by its time limit or by a signal. */
  readonly exitCode: number | undefined;
  /** What it printed, where it was captured. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Stops every command that still runs; called when this process is told to end. */
export function stopCommands(): void {
  for (const child of running) child.kill("SIGTERM");
}

/** Runs a command and keeps its output, or lets it print as it goes. Rejects only where it can't be started. */
export async function runCommand(
  root: string,
  { script, words, timeoutMs }: Command,
  print: "captured" | "live",
): Promise<CommandResult> {
  const stdio = print === "live" ? "inherit" : "pipe";
  const child = spawn(process.execPath, [script, ...words], {
    cwd: root,
    stdio: ["ignore", stdio, stdio],
    timeout: timeoutMs,
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-OUTPUT_CHARS_MAX);
    });
  }
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    return { exitCode: exitCode ?? undefined, output };
  } finally {
    running.delete(child);
  }
}
