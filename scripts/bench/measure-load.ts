import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/app/system-clock.ts";
import { detectHardware } from "../../src/hardware/detect-hardware.ts";
import { PREFILL_CHUNK_TOKENS } from "../../src/hosting/context-plan.ts";
import { estimateMemory, type MemoryEstimate } from "../../src/hosting/fit/estimate-memory.ts";
import { readModelShape } from "../../src/hosting/fit/model-shape.ts";
import { planLoad } from "../../src/hosting/fit/plan-load.ts";
import { type ProcessMemory, readProcessMemory } from "../../src/hosting/process-memory.ts";
import type { FromWorker, WorkerOptions } from "../../src/hosting/worker-protocol.ts";

const WORKER_FILE = join(import.meta.dirname, "../../src/hosting/worker-main.ts");

/** What the worker had in memory after its load, and after `filledTokens` were evaluated. */
export interface LoadedMemory {
  readonly loaded: ProcessMemory;
  readonly used: ProcessMemory;
  /** Of `used`, with what is shared with other processes divided among them. */
  readonly proportionalBytes: number | undefined;
  readonly filledTokens: number;
  /** What the process is smaller by once its context is given back, and how much longer the next request takes for it. */
  readonly givenBackBytes: number | undefined;
  readonly contextAgainMs: number | undefined;
  /** Of states of slots that were put aside; files in memory, beside the process. */
  readonly savedStateBytes: number;
}

/** One load to measure, on the CPU. */
export interface MeasuredLoad {
  readonly modelFile: string;
  readonly contextTokens: number;
  readonly slots: number;
  /** Tokens to evaluate in all, at most what fits the slots. */
  readonly fillTokens: number;
  /** For states that are put aside. */
  readonly stateCacheBytes?: number;
}

/** Loads a model in a whole worker, fills its slots over its socket, and says what was estimated and what it really took. */
export async function measureLoad(
  load: MeasuredLoad,
): Promise<{ readonly estimate: MemoryEstimate; readonly memory: LoadedMemory }> {
  const { modelFile, contextTokens, slots, stateCacheBytes = 0 } = load;
  const shape = await readModelShape(modelFile);
  if (shape.kind === "problem") throw new Error(shape.message);
  const hardware = await detectHardware({ clock: systemClock, diskPath: "." });
  const estimate = estimateMemory(shape, planLoad(shape, "cpu", { contextTokens, slots }, hardware));
  const folder = await mkdtemp(join(tmpdir(), "signalbox-fit-worker-"));
  const options: WorkerOptions = {
    modelId: "bench/fit",
    modelFile,
    socketPath: join(folder, "worker.sock"),
    device: { kind: "cpu" },
    threads: 1,
    contextTokens,
    slots,
    queueLimit: slots,
    prefillChunkTokens: PREFILL_CHUNK_TOKENS,
    heartbeatIntervalMs: 1_000,
    stateCacheBytes,
  };
  const child = fork(WORKER_FILE, [options.modelId], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    child.send({ kind: "start", options });
    await untilReady(child);
    const pid = child.pid ?? 0;
    const loaded = memoryOf(pid);
    const filledTokens = await fill(options, shape.header.pooling, load.fillTokens);
    const { saved_states: saved } = await ask<{ saved_states: { bytes: number } }>(options.socketPath, "/health");
    const used = memoryOf(pid);
    const proportionalBytes = await proportionalBytesOf(pid);
    const given = await measureGivingBack(child, options.socketPath);
    const memory = { loaded, used, proportionalBytes, filledTokens, savedStateBytes: saved.bytes, ...given };
    return { estimate, memory };
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromWorker) => {
      if (message.kind === "ready") resolve();
      if (message.kind === "load-failed") reject(new Error(message.reason));
    });
    child.once("exit", (code, signal) => reject(new Error(`The worker ended with ${signal ?? code}.`)));
    child.once("error", reject);
  });
}

async function measureGivingBack(
  child: ChildProcess,
  socketPath: string,
): Promise<Pick<LoadedMemory, "givenBackBytes" | "contextAgainMs">> {
  const pid = child.pid ?? 0;
  const shortMs = async (): Promise<number> => {
    const startedAtMs = performance.now();
    await ask(socketPath, "/v1/completions", { prompt: [301, 302], max_tokens: 1 });
    return performance.now() - startedAtMs;
  };
  const giveBack = new Promise<boolean>((resolve) => {
    child.on("message", (message: FromWorker) => {
      if (message.kind === "given-back") resolve(message.isGiven);
    });
  });
  const before = memoryOf(pid).residentBytes;
  child.send({ kind: "give-back", what: "context" });
  if (!(await giveBack)) return { givenBackBytes: undefined, contextAgainMs: undefined };
  const givenBackBytes = before - memoryOf(pid).residentBytes;
  const firstMs = await shortMs();
  return { givenBackBytes, contextAgainMs: Math.max(0, firstMs - (await shortMs())) };
}

function memoryOf(pid: number): ProcessMemory {
  const memory = readProcessMemory(pid);
  if (memory === undefined) throw new Error("This machine does not say what a process has in memory.");
  return memory;
}

/** @see https://www.kernel.org/doc/Documentation/ABI/testing/procfs-smaps_rollup */
async function proportionalBytesOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => {
    // Kernels before 4.14 have none, and some machines refuse it: the figure is left out.
    return "";
  });
  const kib = /^Pss:\s+(\d+) kB$/mu.exec(text)?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

/** Asks for one answer of one token in every slot at the same time, to prompts that fill up to `limit` tokens together. */
async function fill(
  { socketPath, slots, contextTokens }: WorkerOptions,
  pooling: string | undefined,
  limit: number,
): Promise<number> {
  const reads = (pooling ?? "none") !== "none";
  const room = contextTokens - (reads ? 8 : 2);
  // One that reads has one context for all, whose buffers are as large as the longest text that was read.
  const each = reads ? room : Math.min(room, Math.floor(limit / slots));
  // Numbers that every vocabulary here has as words; each slot's text begins in its own way, so that none is shared.
  const prompt = (slot: number): number[] => Array.from({ length: each }, (_, at) => 300 + ((at + slot * 7) % 200));
  const bodyOf = (slot: number): [string, object] => {
    if (pooling === "rank") return ["/v1/rerank", { query: "a", documents: [" a".repeat(each / 2)] }];
    if (reads) return ["/v1/embeddings", { input: prompt(slot) }];
    return ["/v1/completions", { prompt: prompt(slot), max_tokens: 1, temperature: 0 }];
  };
  const texts = reads ? 1 : slots;
  await Promise.all(Array.from({ length: texts }, (_, slot) => ask(socketPath, ...bodyOf(slot))));
  // Scoring a text takes results for each of its tokens, which reading it does not: only then the buffers are full.
  const scored = prompt(0).slice(0, Math.min(each, 2 * PREFILL_CHUNK_TOKENS));
  if (!reads) await ask(socketPath, "/v1/completions", { prompt: scored, max_tokens: 0, echo: true, logprobs: 1 });
  return each * texts;
}

function ask<Answer>(socketPath: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, method: body === undefined ? "GET" : "POST" }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      });
    });
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
