import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** Calls of each before anything is counted: until the compiler and the sizes of the heap have settled. */
const WARM_UP = 10_000;
const ROUNDS = 10_000;

/** What the collector reports comes between turns, so there is one after so many rounds. */
const ROUNDS_IN_A_TURN = 500;

/** A spin that is stretched less than this share of all is taken for what the machine does when it is left alone. */
const UNDISTURBED_SHARE = 0.05;

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
  /** The work's percentiles, each divided by how far the machine stretched the spin at the same one. */
  readonly withoutTheMachine: { readonly p50Us: number; readonly p99Us: number };
  /** Processor's time of one call on average, all threads of the process together. */
  readonly cpuMeanUs: number;
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
  for (let round = 0; round < ROUNDS; round++) {
    if (round % ROUNDS_IN_A_TURN === 0) {
      // A batch without a spin, for the processor's time, whose own clock is too coarse for single calls.
      await setImmediate();
      const before = process.cpuUsage();
      for (let call = 0; call < ROUNDS_IN_A_TURN; call++) work();
      const { user, system } = process.cpuUsage(before);
      cpuUs += (user + system) / ROUNDS;
    }
    workUs[round] = timeOf(work);
    spinUs[round] = timeOf(spin);
  }
  await setImmediate();
  observer.disconnect();
  const [sorted, spins] = [workUs.toSorted(), spinUs.toSorted()];
  const undisturbedUs = at(spins, UNDISTURBED_SHARE);
  const without = (share: number): number => Math.round((at(sorted, share) * undisturbedUs) / at(spins, share));
  return {
    p50Us: Math.round(at(sorted, 0.5)),
    p95Us: Math.round(at(sorted, 0.95)),
    p99Us: Math.round(at(sorted, 0.99)),
    spin: {
      undisturbedUs: Math.round(undisturbedUs),
      p50Us: Math.round(at(spins, 0.5)),
      p99Us: Math.round(at(spins, 0.99)),
    },
    withoutTheMachine: { p50Us: without(0.5), p99Us: without(0.99) },
    cpuMeanUs: Math.round(cpuUs),
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
