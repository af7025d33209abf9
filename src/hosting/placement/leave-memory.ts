import { isAwaited, type Standing } from "./placement-state.ts";
import type { Draft } from "./placement-draft.ts";

/** Models that drain leave with their last request, unless they drain for a model that is not wanted any more. */
export function unloadDrained(draft: Draft): void {
  const turns = draft.standings.filter(({ residency }) => residency.kind === "reserved");
  for (const one of turns) if (!isAwaited(one)) draft.put({ ...one, residency: { kind: "cold" } });
  const isTurn = draft.standings.some(({ residency }) => residency.kind === "reserved");
  for (const one of draft.standings) {
    const { residency } = one;
    if (residency.kind !== "draining") continue;
    if (residency.forSwap && !isTurn)
      draft.grantAll(draft.put({ ...one, residency: { kind: "ready", sinceMs: residency.readySinceMs } }));
    else if (one.leases === 0) draft.unload(one, reasonOf(one));
  }
}

function reasonOf({ residency, isRecycling }: Standing): "evicted" | "grown" | "by-hand" {
  if (residency.kind === "draining" && residency.forSwap) return "evicted";
  return isRecycling === true ? "grown" : "by-hand";
}

/** Models that nobody has asked for during the time that they are kept leave. */
export function unloadIdle(draft: Draft): void {
  for (const one of draft.standings) {
    const { residency, isDormant, keepLoadedMs, leases, waiters } = one;
    if ((residency.kind !== "ready" && !isDormant) || keepLoadedMs === undefined || leases + waiters.length > 0)
      continue;
    if (draft.nowMs - idleSinceMs(one) < keepLoadedMs) continue;
    draft.count("idleUnloads");
    draft.unload(one, "idle");
  }
}

/** Since when nobody has asked for it. */
export function idleSinceMs({ residency, lastUsedMs }: Standing): number {
  return residency.kind === "ready" ? Math.max(residency.sinceMs, lastUsedMs) : lastUsedMs;
}
