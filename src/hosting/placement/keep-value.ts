import { makesUpFor } from "./memory-room.ts";
import type { BytesByPool, Decaying, Standing } from "./placement-state.ts";

/** Requests count half as much after this time. */
const HALF_LIFE_MS = 10 * 60_000;

/** A model stays at least this long, so that loading it was worth something. */
const MIN_RESIDENCY_MS = 30_000;

/** And at least this many times as long as it took to load. */
const MIN_RESIDENCY_LOADS = 3;

/** What a load is taken to need that was never seen: a process's start, and the file at the pace of a plain disk. */
const PRIOR_START_MS = 1_000;
const PRIOR_BYTES_PER_MS = 500_000;

/** What making a context anew is taken to need. */
const CONTEXT_MS = 200;

/** What leaving is taken to need that was never seen. */
const PRIOR_UNLOAD_MS = 500;

/** The value at `nowMs`. */
export function decayed({ value, atMs }: Decaying, nowMs: number): number {
  return value * 2 ** (-Math.max(0, nowMs - atMs) / HALF_LIFE_MS);
}

/** The value with `amount` more. */
export function plus(decaying: Decaying, amount: number, nowMs: number): Decaying {
  return { value: decayed(decaying, nowMs) + amount, atMs: nowMs };
}

/** What loading it is expected to take: as the last time, else by its size. For decisions alone; never shown as a fact. */
export function expectedLoadMs({ loadMs, claims, isDormant }: Standing): number {
  if (isDormant) return CONTEXT_MS;
  if (loadMs !== undefined) return loadMs;
  const bytes = Object.values(claims).reduce((total, one) => total + one, 0);
  return PRIOR_START_MS + bytes / PRIOR_BYTES_PER_MS;
}

/** What its leaving is expected to take. */
export function expectedUnloadMs({ unloadMs }: Standing): number {
  return unloadMs ?? PRIOR_UNLOAD_MS;
}

/** How long a model that was loaded stays, whoever else wants its memory. */
export function minResidencyMs(standing: Standing): number {
  return Math.max(MIN_RESIDENCY_MS, MIN_RESIDENCY_LOADS * expectedLoadMs({ ...standing, isDormant: false }));
}

/**
 * What losing it is expected to cost: requests × (load + reading prompts again), in milliseconds of waiting. Per byte
 * it is the value of greedy-dual-size-frequency caching.
 * @see https://www.usenix.org/conference/usits-97/cost-aware-www-proxy-caching-algorithms
 */
export function lossMs(standing: Standing, nowMs: number): number {
  return decayed(standing.uses, nowMs) * (expectedLoadMs({ ...standing, isDormant: false }) + (standing.prefixMs ?? 0));
}

function keepValue(standing: Standing, nowMs: number): number {
  const bytes = Object.values(standing.held).reduce((total, one) => total + one, 0);
  return lossMs(standing, nowMs) / Math.max(1, bytes);
}

/**
 * Of those that may leave, the ones that do: the cheapest single one that frees enough; where no single one does, those
 * of the least value a byte, without any that turn out not to be needed. Undefined where all together do not suffice.
 */
export function chooseVictims(
  mayLeave: readonly Standing[],
  shortage: BytesByPool,
  nowMs: number,
): readonly Standing[] | undefined {
  const byIdleness = mayLeave.toSorted((a, b) => a.lastUsedMs - b.lastUsedMs);
  const singles = byIdleness.filter((one) => makesUpFor(shortage, [one]));
  const [cheapest] = singles.toSorted((a, b) => lossMs(a, nowMs) - lossMs(b, nowMs));
  if (cheapest !== undefined) return [cheapest];
  const victims: Standing[] = [];
  for (const one of byIdleness.toSorted((a, b) => keepValue(a, nowMs) - keepValue(b, nowMs))) {
    victims.push(one);
    if (makesUpFor(shortage, victims)) return withoutNeedless(victims, shortage, nowMs);
  }
  return undefined;
}

function withoutNeedless(victims: readonly Standing[], shortage: BytesByPool, nowMs: number): readonly Standing[] {
  let kept = victims;
  for (const one of victims.toSorted((a, b) => lossMs(b, nowMs) - lossMs(a, nowMs))) {
    const others = kept.filter((other) => other !== one);
    if (makesUpFor(shortage, others)) kept = others;
  }
  return kept;
}
