import { fork, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import type { Clock } from "../../core/clock.ts";
import type { FromWorker, Giveable, ToWorker, WorkerOptions } from "../worker-protocol.ts";
import { LineCapture } from "./capture-lines.ts";
import type { ChildExit } from "./describe-exit.ts";
import type { FencedStart } from "../fence/enter-fence.ts";
import type { WorkerGroup } from "../fence/worker-cgroup.ts";
import { parseWorkerMessage } from "./parse-worker-message.ts";
import { workerCommand, workerEnvironment } from "./worker-command.ts";

/** A worker's process, from its start to its end. */
export interface WorkerChild {
  /** Absent when the process could not be started. */
  readonly pid: number | undefined;
  /** Whether the process has ended; true some time before `onExit` says how. */
  hasEnded(): boolean;
  /** The child's last lines of output, oldest first. */
  lastLines(): readonly string[];
  /** Asks it to end, in both ways that it understands. */
  terminate(): void;
  kill(): void;
  /** Asks it for memory that it can do without. */
  giveBack(what: Giveable): void;
}

/** What the owner of a child is told. `onExit` comes exactly once, and nothing after it. */
export interface WorkerChildEvents {
  onMessage(message: FromWorker): void;
  onLine(line: string): void;
  onExit(exit: ChildExit): void;
}

/** What a worker's process is started with. */
export interface WorkerChildSetup {
  readonly entryFile: string;
  readonly options: WorkerOptions;
  /** In `taskset`'s format; absent: unconfined. */
  readonly cpuList?: string;
  readonly tasksetPath?: string;
  /** How it is started behind a fence. */
  readonly fence?: FencedStart;
  /** Puts the process into a group with bounds; undefined where that failed. */
  readonly confine?: (pid: number) => WorkerGroup | undefined;
  readonly clock: Clock;
}

/**
 * After a process has ended its pipes are read to their end; no longer than this, because a grandchild may have
 * inherited them.
 */
const DRAIN_AFTER_EXIT_MS = 500;

/** The kernel takes a worker before the gateway when memory runs out: 0 is neutral, 1000 the first to go. */
const OOM_SCORE_ADJUSTMENT = 500;

/** Children that must not outlive this process. A worker also ends by itself when it loses its parent. */
const living = new Set<ChildProcess>();

function killLiving(): void {
  for (const child of living) child.kill("SIGKILL");
}

function trackUntilExit(child: ChildProcess): void {
  if (living.size === 0) process.on("exit", killLiving);
  living.add(child);
  child.once("exit", () => {
    living.delete(child);
    if (living.size === 0) process.off("exit", killLiving);
  });
}

/**
 * Forks a worker and sends it its options. It gets a process group of its own, so that Ctrl-C in a terminal reaches the
 * gateway alone, which lets its requests finish.
 */
export function forkWorker(setup: WorkerChildSetup, events: WorkerChildEvents): WorkerChild {
  const { entryFile, options, clock } = setup;
  const child = fork(entryFile, [options.modelId], {
    ...workerCommand(setup.cpuList, setup.tasksetPath, setup.fence),
    env: workerEnvironment(process.env, options),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "json",
    detached: true,
  });
  if (child.pid !== undefined) {
    trackUntilExit(child);
    void raiseOomScore(child.pid);
  }
  const group = child.pid === undefined ? undefined : setup.confine?.(child.pid);
  const capture = new LineCapture(clock, (line) => events.onLine(line));
  child.stdout?.on("data", (chunk: Buffer) => capture.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => capture.push(chunk));
  child.on("message", (message) => {
    const known = parseWorkerMessage(message);
    if (known === undefined) events.onLine("(it sent a message that the protocol does not know)");
    else events.onMessage(known);
  });
  reportExit(child, { clock, capture, group }, events);
  send(child, { kind: "start", options });
  return {
    pid: child.pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    lastLines: () => capture.lastLines(),
    terminate: () => {
      send(child, { kind: "stop" });
      child.kill("SIGTERM");
    },
    kill: () => {
      child.kill("SIGKILL");
    },
    giveBack: (what) => send(child, { kind: "give-back", what }),
  };
}

/** Waits for the end and for the rest of the output, and then reports once. */
function reportExit(
  child: ChildProcess,
  {
    clock,
    capture,
    group,
  }: { readonly clock: Clock; readonly capture: LineCapture; readonly group: WorkerGroup | undefined },
  events: WorkerChildEvents,
): void {
  let reported = false;
  const report = (exit: ChildExit): void => {
    if (reported) return;
    reported = true;
    child.removeAllListeners("message");
    capture.end();
    events.onExit(exit);
  };
  child.once("error", (error) => {
    // An error after the start is a message that could not be sent: the end of the process follows and is reported.
    if (child.pid === undefined) report({ kind: "not-started", error });
  });
  child.on("error", () => {});
  child.once("exit", (code, signal) => {
    const outOfMemory = group?.end();
    const exit: ChildExit = { kind: "ended", code, signal, ...(outOfMemory === undefined ? {} : { outOfMemory }) };
    const cancel = clock.after(DRAIN_AFTER_EXIT_MS, () => report(exit));
    child.once("close", () => {
      cancel();
      report(exit);
    });
  });
}

/** A message to a process that has just ended is lost, and its end is reported anyway. */
function send(child: ChildProcess, message: ToWorker): void {
  if (child.connected) child.send(message, () => {});
}

async function raiseOomScore(pid: number): Promise<void> {
  if (process.platform !== "linux") return;
  await writeFile(`/proc/${pid}/oom_score_adj`, String(OOM_SCORE_ADJUSTMENT)).catch(() => {
    // Without the right to, or after a quick end, the kernel's own choice stands.
  });
}
