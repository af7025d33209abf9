import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";

/** Calls of each before anything is counted: until the compiler and the sizes of the heap have settled. */
const WARM_UP = 10_000;
const ROUNDS = 10_000;

/** What the collector reports comes between turns, so there is one after so many rounds. */
const ROUNDS_IN_A_TURN = 500;

/** A spin that is stretched less than this share of all is taken for what the machine does when it is left alone. */
const UNDISTURBED_SHARE = 0.05;

/** A machine that stretches the spins before and after a call by no more than this was quiet. */
const QUIET_STRETCH = 1.1;

/** Times in microseconds, by the clock. */
export interface Timing {
  readonly p50Us: number;
  readonly p95Us: number;
  readonly p99Us: number;
  /**
   * A fixed piece of arithmetic without memory, about as long as the work, between every two calls of it: how much longer
   * than undisturbed its median and its p99 take is what the machine does to anything that runs on it.
   */
  readonly spin: { readonly undisturbedUs: number; readonly p50Us: number; readonly p99Us: number };
  /**
   * The calls between two spins that were not stretched, and which share of all they are. What the machine did during the
   * call alone is still in it, and so are the collections of garbage, which are the work's own: the truth is no higher.
   */
  readonly whileQuiet: {
    readonly share: number;
    readonly p50Us: number;
    readonly p95Us: number;
    readonly p99Us: number;
  };
  /** Processor's time of one call on average, all threads of the process together. */
  readonly cpuMeanUs: number;
  /** Memory that one call leaves behind. */
  readonly bytes: number;
  readonly collections: number;
  readonly longestCollectionUs: number;
}

/** Times `work`, by turns with a spin of about its length, so that a figure of a machine that does other work says something. */
export async function timeBesideSpin(work: () => unknown): Promise<Timing> {
  const spin = calibratedSpin(work);
  const collections: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collections.push(duration * 1_000);
  });
  observer.observe({ entryTypes: ["gc"] });
  const [workUs, spinUs] = [new Float64Array(ROUNDS), new Float64Array(ROUNDS)];
  let cpuUs = 0;
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    if (round % ROUNDS_IN_A_TURN === 0) {
      // A batch without a spin, for the processor's time, whose own clock is too coarse for single calls.
      await setImmediate();
      const allocatedBefore = getHeapStatistics().total_allocated_bytes;
      const before = process.cpuUsage();
      for (let call = 0; call < ROUNDS_IN_A_TURN; call++) work();
      const { user, system } = process.cpuUsage(before);
      cpuUs += (user + system) / ROUNDS;
      bytes += (getHeapStatistics().total_allocated_bytes - allocatedBefore) / ROUNDS;
    }
    workUs[round] = timeOf(work);
    spinUs[round] = timeOf(spin);
  }
  await setImmediate();
  observer.disconnect();
  const [sorted, spins] = [workUs.toSorted(), spinUs.toSorted()];
  const undisturbedUs = at(spins, UNDISTURBED_SHARE);
  const quietUs = workUs
    .filter((_, round) => Math.max(spinUs[round - 1] ?? 0, spinUs[round] ?? 0) <= undisturbedUs * QUIET_STRETCH)
    .sort();
  return {
    p50Us: Math.round(at(sorted, 0.5)),
    p95Us: Math.round(at(sorted, 0.95)),
    p99Us: Math.round(at(sorted, 0.99)),
    spin: {
      undisturbedUs: Math.round(undisturbedUs),
      p50Us: Math.round(at(spins, 0.5)),
      p99Us: Math.round(at(spins, 0.99)),
    },
    whileQuiet: {
      share: Math.round((100 * quietUs.length) / ROUNDS) / 100,
      p50Us: Math.round(at(quietUs, 0.5)),
      p95Us: Math.round(at(quietUs, 0.95)),
      p99Us: Math.round(at(quietUs, 0.99)),
    },
    cpuMeanUs: Math.round(cpuUs),
    bytes: Math.round(bytes),
    collections: collections.length,
    longestCollectionUs: Math.round(Math.max(0, ...collections)),
  };
}

function timeOf(work: () => unknown): number {
  const startedNs = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - startedNs) / 1_000;
}

function at(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** Arithmetic that takes about as long as `work`'s median; both are warm afterwards. */
function calibratedSpin(work: () => unknown): () => number {
  let steps = 1_000;
  const spin = (): number => arithmetic(steps);
  const medianOf = (run: () => unknown): number =>
    at(Float64Array.from({ length: WARM_UP }, () => timeOf(run)).toSorted(), 0.5);
  const workUs = medianOf(work);
  medianOf(spin);
  steps = Math.max(1, Math.round((steps * workUs) / medianOf(spin)));
  return spin;
}

/** A generator of random numbers, so that no step can be left out. @see https://www.jstatsoft.org/article/view/v008i14 (xorshift) */
function arithmetic(steps: number): number {
  let state = 0x9e_37_79_b9 | 0;
  for (let step = 0; step < steps; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}
