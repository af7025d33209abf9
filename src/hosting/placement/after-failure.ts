import type { LoadFailure } from "./placement-events.ts";
import type { Draft } from "./placement-draft.ts";
import type { Standing } from "./placement-state.ts";

/** A model that could not be loaded is tried again this rarely: memory may be free by then, or the file mended. */
export const LOAD_RETRY_MS: readonly number[] = [60_000, 5 * 60_000, 30 * 60_000];

/** What a claim is multiplied with after a load with one slot ran out of memory. */
const LARGER_CLAIM = 1.5;

/** A failed model that is wanted now is tried at once, with a clean slate. */
export function forgiven({ residency, slots }: Standing): Partial<Standing> {
  return residency.kind === "failed"
    ? { residency: { kind: "cold" }, failures: 0, loadSlots: slots, claimFactor: 1 }
    : {};
}

/**
 * Its process is started again, in the memory that it had. One that was about to leave leaves, and one that ran out of
 * memory while it was loaded would do so again.
 */
export function afterCrash(draft: Draft, standing: Standing, failure: LoadFailure): void {
  const { kind } = standing.residency;
  if (standing.isDormant) return afterDormantEnd(draft, standing);
  if (kind === "loading" && failure.outOfMemory) return afterFailure(draft, standing, failure);
  if (kind === "draining") draft.unload(standing, "evicted");
  if (kind === "ready") draft.put({ ...standing, residency: { kind: "loading", sinceMs: draft.nowMs } });
}

/**
 * After a load that failed. One that ran out of memory is tried again at once, first with half the slots down to one, then
 * with a larger claim, so that idle models make room; everything else, and what does not help, waits for 1, 5, 30 minutes.
 */
export function afterFailure(draft: Draft, standing: Standing, { problem, outOfMemory }: LoadFailure): void {
  const { kind } = standing.residency;
  if (standing.isDormant) return afterDormantEnd(draft, standing);
  if (kind === "draining") return draft.unload(standing, "evicted");
  if (kind !== "loading" && kind !== "ready") return;
  draft.count("failedLoads");
  draft.effects.push({ kind: "give-up", key: standing.key });
  const { loadSlots, slots, failures } = standing;
  const cold = { ...standing, residency: { kind: "cold" } as const, held: {}, isWanted: true };
  if (outOfMemory && loadSlots > 1) return void draft.put({ ...cold, loadSlots: Math.floor(loadSlots / 2) });
  if (outOfMemory && standing.claimFactor < LARGER_CLAIM) return void draft.put({ ...cold, claimFactor: LARGER_CLAIM });
  const delayMs = LOAD_RETRY_MS[Math.min(failures, LOAD_RETRY_MS.length - 1)] ?? 0;
  const retryAtMs = draft.nowMs + delayMs;
  const failed = draft.put({
    ...cold,
    isWanted: false,
    residency: { kind: "failed", retryAtMs, problem },
    failures: failures + 1,
    loadSlots: slots,
    claimFactor: 1,
  });
  draft.refuse(failed, failed.waiters, { code: "worker_start_failed", problem, retryAfterMs: delayMs });
}

/** What was kept of it is lost; the next request loads it as a whole. */
function afterDormantEnd(draft: Draft, standing: Standing): void {
  draft.effects.push({ kind: "give-up", key: standing.key });
  const { giving: _, ...one } = standing;
  draft.put({ ...one, isDormant: false, savedStateBytes: 0, residency: { kind: "cold" }, held: {} });
}

/** A pinned model that failed is wanted again when its time has come; nobody else asks for it. */
export function retryPinned(draft: Draft): void {
  for (const one of draft.standings) {
    const { residency, keepLoadedMs } = one;
    if (residency.kind === "failed" && keepLoadedMs === undefined && draft.nowMs >= residency.retryAtMs)
      draft.put({ ...one, residency: { kind: "cold" }, isWanted: true });
  }
}
