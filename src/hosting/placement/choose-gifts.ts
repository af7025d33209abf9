import { decayed } from "./keep-value.ts";
import type { Giveable } from "../worker-protocol.ts";
import { combine, type BytesByPool, type Standing } from "./placement-state.ts";

/** A context that was used a moment ago is soon used again, and would have to be read anew. */
const MIN_IDLE_MS = 10_000;

/** What one model would give back. */
export interface Gift {
  readonly key: string;
  readonly what: Giveable;
  readonly bytes: BytesByPool;
}

/**
 * What makes up for a shortage without any weights leaving memory: first states that were put aside, of the model that was
 * idle for longest first; then contexts of idle models that are not pinned, of those the ones first whose prompts take
 * least time to be read again for each byte. No more than it takes; undefined where all of it does not suffice.
 */
export function chooseGifts(
  others: readonly Standing[],
  shortage: BytesByPool,
  nowMs: number,
): readonly Gift[] | undefined {
  const gifts: Gift[] = [];
  let missing = shortage;
  for (const gift of [...stateGifts(others), ...contextGifts(others, nowMs)]) {
    if (!Object.keys(gift.bytes).some((pool) => (missing[pool] ?? 0) > 0)) continue;
    gifts.push(gift);
    missing = combine(missing, gift.bytes, -1);
    if (Object.values(missing).every((bytes) => bytes <= 0)) return gifts;
  }
  return undefined;
}

/** Every model's states; also those of busy and pinned ones, which only have to read again what comes back. */
export function stateGifts(others: readonly Standing[]): readonly Gift[] {
  return others
    .filter((one) => one.savedStateBytes > 0 && (one.residency.kind === "ready" || one.isDormant))
    .toSorted((a, b) => a.lastUsedMs - b.lastUsedMs)
    .map(({ key, savedStateBytes }) => ({ key, what: "states", bytes: { cpu: savedStateBytes } }));
}

function contextGifts(others: readonly Standing[], nowMs: number): readonly Gift[] {
  return others
    .filter((one) => canGiveContext(one, nowMs))
    .toSorted((a, b) => readAgainMs(a, nowMs) - readAgainMs(b, nowMs) || a.lastUsedMs - b.lastUsedMs)
    .map(({ key, contextBytes = {} }) => ({ key, what: "context", bytes: contextBytes }));
}

function canGiveContext(one: Standing, nowMs: number): boolean {
  const { residency, keepLoadedMs, leases, waiters, lastUsedMs, contextBytes } = one;
  const isIdle = residency.kind === "ready" && leases === 0 && waiters.length === 0;
  return isIdle && keepLoadedMs !== undefined && contextBytes !== undefined && nowMs - lastUsedMs >= MIN_IDLE_MS;
}

/** What reading prompts again is expected to cost, for each byte that is given back. */
function readAgainMs({ uses, prefixMs = 0, contextBytes = {} }: Standing, nowMs: number): number {
  const bytes = Object.values(contextBytes).reduce((sum, one) => sum + one, 0);
  return (decayed(uses, nowMs) * prefixMs) / Math.max(1, bytes);
}
