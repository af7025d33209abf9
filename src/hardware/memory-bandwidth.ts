import { Worker } from "node:worker_threads";
import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";

/** How much is read, and for how long. */
export interface BandwidthPlan {
  readonly threads: number;
  /** Of each thread's own buffer. */
  readonly bufferBytes: number;
  readonly sampleCount: number;
  readonly sampleMs: number;
}

/** What one thread read in each sample. */
export interface ThreadSamples {
  readonly samples: readonly { readonly bytes: number; readonly elapsedMs: number }[];
}

/** What the measurement's threads are started with. */
export interface ThreadTask extends BandwidthPlan {
  /** Two 32-bit words: how many threads are ready, and whether they may start. */
  readonly gate: SharedArrayBuffer;
}

/** Five samples of 60 ms: 300 ms in all, and a median that one disturbed sample can't move. */
const SAMPLE_COUNT = 5;
const SAMPLE_MS = 60;

/** Reading with more threads than this adds nothing on machines of this size. */
const MAX_THREADS = 64;

/** Below it a buffer could stay in a cache that the kernel does not tell of; above it filling takes too long. */
const MIN_BUFFER_BYTES = 64 * 1024 ** 2;
const MAX_BUFFER_BYTES = 256 * 1024 ** 2;

/** The share of the available memory that all buffers may take. */
const MAX_MEMORY_SHARE = 1 / 8;

/** Filling 64 buffers on a busy machine takes seconds; more means that something hangs. */
const MEASUREMENT_TIMEOUT_MS = 20_000;

/**
 * As many threads as cores can be used, each with a buffer of twice the last-level cache. Undefined when the memory
 * does not suffice: a smaller buffer would measure the cache.
 */
export function planBandwidthMeasurement({ cpu, memory }: HardwareSnapshot): BandwidthPlan | undefined {
  const bufferBytes = Math.min(Math.max(2 * (cpu.lastLevelCacheBytes ?? 0), MIN_BUFFER_BYTES), MAX_BUFFER_BYTES);
  const affordable = Math.floor(((memory.availableBytes ?? MIN_BUFFER_BYTES * 8) * MAX_MEMORY_SHARE) / bufferBytes);
  const threads = Math.min(cpu.effectiveCores, MAX_THREADS, affordable);
  return threads < 1 ? undefined : { threads, bufferBytes, sampleCount: SAMPLE_COUNT, sampleMs: SAMPLE_MS };
}

/**
 * Bytes a second that all threads together read in sequence: the median of the samples. Runs in threads of its own, so
 * the event loop goes on; but it takes all cores for `sampleCount * sampleMs`, so only a command should start it.
 * Rejects with `internal_error` when a thread fails or hangs.
 */
export async function measureMemoryBandwidth(plan: BandwidthPlan, clock: Clock): Promise<number> {
  const task: ThreadTask = { ...plan, gate: new SharedArrayBuffer(8) };
  const workers = Array.from(
    { length: plan.threads },
    () => new Worker(new URL("./memory-bandwidth-thread.ts", import.meta.url), { workerData: task, execArgv: [] }),
  );
  let cancelTimer = (): void => {};
  const tooLate = new Promise<never>((_, reject) => {
    cancelTimer = clock.after(MEASUREMENT_TIMEOUT_MS, () => reject(failure("it took too long")));
  });
  try {
    return medianBandwidth(await Promise.race([Promise.all(workers.map(samplesOf)), tooLate]));
  } finally {
    cancelTimer();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The median over samples of what all threads read together a second. */
export function medianBandwidth(threads: readonly ThreadSamples[]): number {
  const sampleCount = Math.min(...threads.map(({ samples }) => samples.length));
  const totals = Array.from({ length: sampleCount }, (_, sample) =>
    threads.reduce((sum, { samples }) => {
      const { bytes, elapsedMs } = samples[sample] ?? { bytes: 0, elapsedMs: 1 };
      return sum + (bytes * 1000) / elapsedMs;
    }, 0),
  ).sort((a, b) => a - b);
  const median = totals[Math.floor(totals.length / 2)];
  if (median === undefined) throw failure("it took no sample");
  return median;
}

function samplesOf(worker: Worker): Promise<ThreadSamples> {
  return new Promise((resolve, reject) => {
    worker.once("message", (message: ThreadSamples) => resolve(message));
    worker.once("error", (error) => reject(failure("a thread failed", error)));
    worker.once("exit", () => reject(failure("a thread ended early")));
  });
}

function failure(reason: string, cause?: unknown): SignalboxError {
  return new SignalboxError("internal_error", `The memory bandwidth could not be measured: ${reason}.`, { cause });
}
