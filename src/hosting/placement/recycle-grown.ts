import type { Draft } from "./placement-draft.ts";
import { isAwaited, NO_GROWTH, type Growth, type Standing } from "./placement-state.ts";

/** Requests from one look at a process's memory to the next. */
const MARK_REQUESTS = 32;

/** Looks that have to be in ascending order: a single long prompt raises memory once, what is lost to every request raises it each time. */
const RISING_MARKS = 4;

/** Growth beyond what the load was to take, and beyond what the first requests took, by this share and by this much. */
const GROWTH_SHARE = 0.2;
const MIN_GROWTH_BYTES = 256 * 1024 ** 2;

/** A process is started anew for its growth at most once in this time: where that does not help, it costs only that. */
export const RECYCLE_INTERVAL_MS = 30 * 60_000;

/** One that has grown waits this long for a moment without a request; then its new ones wait for those that it has. */
export const PATIENCE_MS = 5 * 60_000;

/** What a request's end shows of the process's growth since its load. `residentBytes` is absent where it is unknown. */
export function grownBy(standing: Standing, residentBytes: number | undefined, nowMs: number): Growth {
  const { growth, claims, claimFactor } = standing;
  const requests = growth.requests + 1;
  if (residentBytes === undefined || requests % MARK_REQUESTS !== 0) return { ...growth, requests };
  const settledBytes = growth.settledBytes ?? residentBytes;
  const marks = [...growth.marks, residentBytes].slice(-RISING_MARKS);
  const usualBytes = Math.max(settledBytes, (claims["cpu"] ?? 0) * claimFactor);
  const isLarge = residentBytes > usualBytes + Math.max(MIN_GROWTH_BYTES, usualBytes * GROWTH_SHARE);
  const isRising =
    marks.length === RISING_MARKS && marks.every((bytes, at) => at === 0 || bytes > (marks[at - 1] ?? 0));
  const { sinceMs = isLarge && isRising ? nowMs : undefined } = growth;
  return { requests, marks, settledBytes, ...(sinceMs === undefined ? {} : { sinceMs }) };
}

/**
 * Starts the process of a model anew that has grown: engines lose memory, and the kernel would end it some day with all that
 * it answers. One at a time, only while nothing is loaded, leaves or is waited for, and no request is lost: it leaves in a
 * moment without any, or takes no new ones until those that it has have ended, which then wait for it as for any load.
 */
export function recycleGrown(draft: Draft): void {
  const { nowMs, standings } = draft;
  if (!standings.every(isAtRest)) return;
  const grown = standings.find((one) => isDue(one, nowMs));
  if (grown === undefined || grown.residency.kind !== "ready") return;
  const isIdle = grown.leases + grown.waiters.length === 0;
  if (!isIdle && nowMs - (grown.growth.sinceMs ?? nowMs) < PATIENCE_MS) return;
  draft.count("recycled");
  const leaving = draft.put({ ...grown, isRecycling: true, recycledAtMs: nowMs, growth: NO_GROWTH });
  if (isIdle) return draft.unload(leaving, "grown");
  const readySinceMs = grown.residency.sinceMs;
  draft.put({ ...leaving, residency: { kind: "draining", sinceMs: nowMs, readySinceMs, forSwap: false } });
}

function isAtRest(one: Standing): boolean {
  const { kind } = one.residency;
  return (kind === "ready" || kind === "cold" || kind === "failed") && one.giving === undefined && !isAwaited(one);
}

function isDue({ residency, growth, recycledAtMs = Number.NEGATIVE_INFINITY }: Standing, nowMs: number): boolean {
  return residency.kind === "ready" && growth.sinceMs !== undefined && nowMs - recycledAtMs >= RECYCLE_INTERVAL_MS;
}
