import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../core/clock.ts";
import { engineEnvironment } from "../engine-environment.ts";
import { enterFence, type FencedStart } from "../fence/enter-fence.ts";
import type { WorkerFence } from "../fence/worker-fence.ts";
import type { GgufHeader } from "../gguf/gguf-header.ts";
import { workerCommand } from "../supervisor/worker-command.ts";
import type { FromValidator, ValidationDepth } from "./validation-protocol.ts";

const CHILD_ENTRY = fileURLToPath(new URL("../worker/validate-model-main.ts", import.meta.url));

/** Starting the engine, and reading the weights from the slowest disk that is worth waiting for. */
const BASE_TIMEOUT_MS = 60_000;
const SLOWEST_BYTES_PER_SECOND = 20_000_000;
/** The engine itself with a small context; weights count twice because they may be repacked. */
const BASE_MEMORY_BYTES = 1024 ** 3;
/** What must be free for a full load: the weights and some. */
const LOAD_MEMORY_FACTOR = 1.2;
const LOAD_MEMORY_BYTES = 512 * 1024 ** 2;
/** How often the child's memory is looked at: a load fills some hundred MB between two looks. */
const MEMORY_CHECK_MS = 100;
/** The end of what the child wrote; the engine's last words before an abort are there. */
const KEPT_STDERR_CHARACTERS = 4096;

/** The kernel's scale ends here: if memory runs out, the child goes first. */
const OOM_SCORE_MAX = "1000";

/** Whether the engine could load a model, or in words why not. */
export type ModelValidation =
  | { readonly kind: "valid"; readonly validation: "loaded" | "vocabulary"; readonly loadMs: number }
  | { readonly kind: "invalid"; readonly reason: string };

/** What to load, and within which limits. */
export interface ValidationOptions {
  /** The first file of the model. */
  readonly file: string;
  readonly header: GgufHeader;
  readonly clock: Clock;
  /** Memory that may be used now; without it the machine is asked. */
  readonly availableBytes?: number;
  readonly timeoutMs?: number;
  readonly memoryLimitBytes?: number;
  readonly signal?: AbortSignal;
  /** What the process is kept from. Absent: nothing. */
  readonly fence?: WorkerFence;
}

/**
 * Loads a model once in a process of its own, because a crafted file can abort the process that loads it. If memory is
 * too short for the weights, only the vocabulary is loaded. The child is gone when this settles; it is killed when it
 * takes too long or too much memory, and when `signal` aborts, which is the only way to reject.
 */
export async function validateModel(options: ValidationOptions): Promise<ModelValidation> {
  options.signal?.throwIfAborted();
  const { weightBytes } = options.header;
  const availableBytes = options.availableBytes ?? process.availableMemory();
  const fits = weightBytes * LOAD_MEMORY_FACTOR + LOAD_MEMORY_BYTES <= availableBytes;
  const depth: ValidationDepth = fits ? (generatesText(options.header) ? "generate" : "load") : "vocabulary";

  const place = options.fence === undefined ? undefined : makePlace();
  const child = fork(CHILD_ENTRY, [options.file, depth], {
    ...workerCommand(undefined, undefined, fencedStart(options, place)),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: engineEnvironment(process.env),
  });
  if (child.pid !== undefined) preferToBeKilled(child.pid);
  const watch = watchChild(child, options);
  const onAbort = (): void => void child.kill("SIGKILL");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const ended = await watch.ended;
    options.signal?.throwIfAborted();
    if (ended.message?.kind === "valid") {
      return { kind: "valid", validation: fits ? "loaded" : "vocabulary", loadMs: ended.message.loadMs };
    }
    return { kind: "invalid", reason: ended.message?.reason ?? explainExit(ended) };
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    if (place !== undefined) rmSync(place.parent, { recursive: true, force: true });
  }
}

/** The folders of a child behind a fence: its own, and the one that becomes its root. */
interface ChildPlace {
  readonly parent: string;
  readonly folder: string;
  readonly rootFolder: string;
}

function makePlace(): ChildPlace {
  const parent = mkdtempSync(join(tmpdir(), "signalbox-check-"));
  const [folder, rootFolder] = [join(parent, "own"), join(parent, "root")];
  for (const one of [folder, rootFolder]) mkdirSync(one);
  return { parent, folder, rootFolder };
}

/** Memory is watched from here, with a reason that can be told. */
function fencedStart({ fence, file }: ValidationOptions, place: ChildPlace | undefined): FencedStart | undefined {
  if (fence === undefined || place === undefined) return undefined;
  const { folder, rootFolder } = place;
  const paths = { modelFile: resolve(file), entryFile: CHILD_ENTRY, folder, rootFolder };
  return enterFence(fence, { device: "cpu", stateCacheBytes: 0, ...paths });
}

function preferToBeKilled(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, OOM_SCORE_MAX);
  } catch {
    // Not Linux, or not allowed: the limit below still holds.
  }
}

function generatesText(header: GgufHeader): boolean {
  return header.pooling === undefined || header.pooling === "none";
}

/** How the child ended, and the last it said. */
interface ChildEnd {
  readonly code: number | null;
  readonly exitSignal: NodeJS.Signals | null;
  readonly killedBecause?: string;
  readonly message?: FromValidator;
  readonly stderr: string;
}

/** Enforces both limits until the child is gone. */
function watchChild(child: ChildProcess, options: ValidationOptions): { readonly ended: Promise<ChildEnd> } {
  const { weightBytes } = options.header;
  const timeoutMs = options.timeoutMs ?? BASE_TIMEOUT_MS + (weightBytes / SLOWEST_BYTES_PER_SECOND) * 1000;
  const memoryLimitBytes = options.memoryLimitBytes ?? weightBytes * 2 + BASE_MEMORY_BYTES;
  let killedBecause: string | undefined;
  let message: FromValidator | undefined;
  let stderr = "";
  const kill = (reason: string): void => {
    killedBecause ??= reason;
    child.kill("SIGKILL");
  };

  const cancelTimeout = options.clock.after(timeoutMs, () =>
    kill(`it took longer than ${Math.round(timeoutMs / 1000)} s`),
  );
  let cancelCheck = (): void => {};
  const checkMemory = (): void => {
    const residentBytes = child.pid === undefined ? undefined : residentBytesOf(child.pid);
    if (residentBytes !== undefined && residentBytes > memoryLimitBytes) {
      kill(`it used more than ${Math.round(memoryLimitBytes / 1024 ** 2)} MiB of memory`);
    }
    cancelCheck = options.clock.after(MEMORY_CHECK_MS, checkMemory);
  };
  checkMemory();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR_CHARACTERS);
  });
  child.on("message", (received: FromValidator) => (message = received));

  const ended = new Promise<ChildEnd>((resolve) => {
    const finish = (code: number | null, exitSignal: NodeJS.Signals | null): void => {
      cancelTimeout();
      cancelCheck();
      resolve({
        code,
        exitSignal,
        stderr,
        ...(killedBecause === undefined ? {} : { killedBecause }),
        ...(message === undefined ? {} : { message }),
      });
    };
    child.on("close", finish);
    // Without a process there is no close event.
    child.on("error", (error) => {
      stderr += error.message;
      if (child.pid === undefined) finish(null, null);
    });
  });
  return { ended };
}

/** The exit of a child that said nothing, in words. */
function explainExit({ code, exitSignal, killedBecause, stderr }: ChildEnd): string {
  if (killedBecause !== undefined) return `Loading the model was stopped: ${killedBecause}.`;
  const lastWords = lastWordsOf(stderr);
  const detail = lastWords === undefined ? "" : ` Its last words: ${lastWords}`;
  if (exitSignal === "SIGKILL")
    return `The system killed the process that loaded the model, probably for its memory.${detail}`;
  if (exitSignal !== null) return `The inference engine crashed on the model (${exitSignal}).${detail}`;
  return `The process that loaded the model ended with code ${code ?? "unknown"} and no answer.${detail}`;
}

/** The most telling line: a failed assertion if there is one, else the last. Control characters are left out. */
function lastWordsOf(stderr: string): string | undefined {
  const lines = stderr
    .split("\n")
    .map((line) => line.replaceAll(/\p{Cc}/gu, "").trim())
    .filter((line) => line !== "");
  return lines.find((line) => line.includes("ASSERT")) ?? lines.at(-1);
}

/** What the process holds in memory; undefined where the system does not say (no procfs) or it is gone. */
function residentBytesOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    // No procfs, or the process ended between two looks: the exit is reported elsewhere.
    return undefined;
  }
}
