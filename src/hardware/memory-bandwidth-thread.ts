import { parentPort, workerData } from "node:worker_threads";
import type { ThreadSamples, ThreadTask } from "./memory-bandwidth.ts";

/**
 * One thread of the bandwidth measurement. Searching for a byte that does not occur is a sequential read at the speed
 * of the C library's vectorized `memchr`; a loop in JavaScript would measure itself. The buffer is written first:
 * untouched pages all share one page of zeros, which stays in the cache.
 */
const FILLER = 1;
const ABSENT = 2;

/** The longest wait for the other threads; the measurement gives up on its own before. */
const START_TIMEOUT_MS = 20_000;

const { threads, bufferBytes, sampleCount, sampleMs, gate }: ThreadTask = workerData;
const buffer = Buffer.allocUnsafeSlow(bufferBytes).fill(FILLER);
startTogether(new Int32Array(gate));
const answer: ThreadSamples = { samples: Array.from({ length: sampleCount }, takeSample) };
parentPort?.postMessage(answer);

function startTogether(words: Int32Array): void {
  if (Atomics.add(words, 0, 1) === threads - 1) {
    Atomics.store(words, 1, 1);
    Atomics.notify(words, 1);
  } else {
    Atomics.wait(words, 1, 0, START_TIMEOUT_MS);
  }
}

function takeSample(): { bytes: number; elapsedMs: number } {
  const startMs = performance.now();
  let bytes = 0;
  let elapsedMs = 0;
  while (elapsedMs < sampleMs) {
    if (buffer.indexOf(ABSENT) !== -1) throw new Error("the buffer changed while it was read");
    bytes += bufferBytes;
    elapsedMs = performance.now() - startMs;
  }
  return { bytes, elapsedMs };
}
