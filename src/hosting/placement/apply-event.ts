import { afterCrash, afterFailure, forgiven, retryPinned } from "./after-failure.ts";
import { plus } from "./keep-value.ts";
import type { Draft } from "./placement-draft.ts";
import type { PlacementEvent } from "./placement-events.ts";
import { claimsOf, combine, NO_GROWTH, type PlacementPlan, type Standing } from "./placement-state.ts";
import { grownBy } from "./recycle-grown.ts";

/** Requests that may wait for one model to get into memory. */
export const MAX_WAITERS = 1_024;

/** A loaded model counts at least as this share of its claim: pages that were not used yet are not resident. */
const MIN_HELD_SHARE = 0.8;

/** And as this much more than was seen: it grows a little. */
const HELD_MARGIN = 1.05;

/** Weight of the newest prompt in the running mean. */
const PREFIX_WEIGHT = 0.2;

/** After these, what was free before says nothing. */
const CHANGES_MEMORY: ReadonlySet<PlacementEvent["kind"]> = new Set([
  "ready",
  "crashed",
  "failed",
  "gone",
  "removed",
  "given-back",
]);

/** What an event changes by itself; what follows from it is decided after it. */
export function applyEvent(draft: Draft, event: PlacementEvent): void {
  if (event.kind === "registered") return void draft.put(newStanding(event.plan, draft.nowMs));
  if (event.kind === "memory-read") return takeReading(draft, event);
  if (event.kind === "time-passed") return retryPinned(draft);
  const standing = draft.find(event.key);
  if (standing === undefined) return;
  if (CHANGES_MEMORY.has(event.kind)) draft.forgetReading();
  switch (event.kind) {
    case "removed":
      draft.refuse(standing, standing.waiters, { code: "draining", problem: "it was stopped" });
      return draft.remove(event.key);
    case "requested":
      return admit(draft, standing, event);
    case "abandoned":
      return void draft.put({ ...standing, waiters: standing.waiters.filter(({ id }) => id !== event.waiterId) });
    case "released":
      return release(draft, standing, event.residentBytes);
    case "wanted":
      return void draft.put({ ...standing, ...forgiven(standing), isWanted: true });
    case "unload-wanted":
      return letGo(draft, standing);
    case "keep-changed":
      return void draft.put(keptFor(standing, event.keepLoadedMs));
    case "ready":
      return becomeReady(draft, standing, event.loadMs);
    case "given-back":
      return takeGift(draft, standing, event);
    case "crashed":
      return afterCrash(draft, standing, event);
    case "failed":
      return afterFailure(draft, standing, event);
    case "gone":
      return becomeCold(draft, standing, event.unloadMs);
  }
}

function newStanding(plan: PlacementPlan, nowMs: number): Standing {
  return {
    ...plan,
    residency: { kind: "cold" },
    isDormant: false,
    savedStateBytes: 0,
    held: {},
    leases: 0,
    waiters: [],
    isWanted: false,
    lastUsedMs: nowMs,
    uses: { value: 0, atMs: nowMs },
    forgoneMs: { value: 0, atMs: nowMs },
    growth: NO_GROWTH,
    failures: 0,
    loadSlots: plan.slots,
    claimFactor: 1,
  };
}

function keptFor({ keepLoadedMs: _, ...standing }: Standing, keepLoadedMs: number | undefined): Standing {
  return { ...standing, ...(keepLoadedMs === undefined ? {} : { keepLoadedMs }) };
}

function admit(
  draft: Draft,
  before: Standing,
  { waiter, prefixMs }: Extract<PlacementEvent, { kind: "requested" }>,
): void {
  const { nowMs } = draft;
  const used = draft.put({
    ...before,
    uses: plus(before.uses, 1, nowMs),
    ...(prefixMs === undefined ? {} : { prefixMs: mean(before.prefixMs, prefixMs) }),
    ...(waiter.isByHand === true ? forgiven(before) : {}),
  });
  const { residency } = used;
  if (residency.kind === "failed" && nowMs < residency.retryAtMs) {
    draft.effects.push({
      kind: "refuse",
      key: used.key,
      waiterIds: [waiter.id],
      refusal: { code: "worker_start_failed", problem: residency.problem, retryAfterMs: residency.retryAtMs - nowMs },
    });
    return;
  }
  const asked = residency.kind === "failed" ? { ...used, residency: { kind: "cold" } as const } : used;
  if (asked.waiters.length >= MAX_WAITERS) {
    const problem = `${MAX_WAITERS} requests wait for it to get into memory, which is the limit`;
    draft.effects.push({
      kind: "refuse",
      key: asked.key,
      waiterIds: [waiter.id],
      refusal: { code: "queue_full", problem },
    });
    return;
  }
  const waiting = draft.put({ ...asked, waiters: [...asked.waiters, waiter] });
  if (residency.kind === "ready" || residency.kind === "loading") draft.grantAll(waiting);
}

function release(draft: Draft, standing: Standing, residentBytes: number | undefined): void {
  const growth = grownBy(standing, residentBytes, draft.nowMs);
  draft.put({ ...standing, growth, leases: standing.leases - 1, lastUsedMs: draft.nowMs });
}

function becomeCold(draft: Draft, standing: Standing, unloadMs: number | undefined): void {
  const { isRecycling, ...gone } = standing;
  draft.put({
    ...gone,
    ...(unloadMs === undefined ? {} : { unloadMs }),
    ...(isRecycling === true ? { isWanted: true } : {}),
    residency: { kind: "cold" },
    isDormant: false,
    savedStateBytes: 0,
    held: {},
    growth: NO_GROWTH,
    loadSlots: standing.slots,
    claimFactor: 1,
  });
}

function mean(before: number | undefined, now: number): number {
  return before === undefined ? now : before + PREFIX_WEIGHT * (now - before);
}

function letGo(draft: Draft, standing: Standing): void {
  const { nowMs } = draft;
  const { residency } = standing;
  const { isRecycling: _, ...one } = standing;
  const calm = draft.put({ ...one, isWanted: false });
  if (standing.isDormant) return draft.unload(calm, "by-hand");
  if (residency.kind === "loading") draft.unload(calm, "by-hand");
  if (residency.kind === "ready" || residency.kind === "draining") {
    const readySinceMs = residency.kind === "ready" ? residency.sinceMs : residency.readySinceMs;
    draft.put({ ...calm, residency: { kind: "draining", sinceMs: nowMs, readySinceMs, forSwap: false } });
  }
  if (residency.kind === "failed") draft.put({ ...calm, ...forgiven(calm) });
}

function becomeReady(draft: Draft, standing: Standing, loadMs: number | undefined): void {
  if (standing.residency.kind !== "loading") return;
  draft.count("loads");
  const ready = draft.put({
    ...standing,
    ...(loadMs === undefined ? {} : { loadMs }),
    residency: { kind: "ready", sinceMs: draft.nowMs },
    growth: NO_GROWTH,
    failures: 0,
    isWanted: false,
    lastUsedMs: draft.nowMs,
  });
  draft.grantAll(ready);
}

/** A model that was asked again meanwhile keeps its context: its worker has made it anew. */
function takeGift(
  draft: Draft,
  standing: Standing,
  { what, isGiven }: Extract<PlacementEvent, { kind: "given-back" }>,
): void {
  const { giving: _, ...one } = standing;
  draft.put(one);
  if (!isGiven || (one.residency.kind !== "ready" && !one.isDormant)) return;
  if (what === "states") {
    draft.count("freedStates");
    return void draft.put({
      ...one,
      savedStateBytes: 0,
      held: combine(one.held, { cpu: one.savedStateBytes }, -1),
    });
  }
  draft.count("freedContexts");
  if (one.leases > 0 || one.isDormant) return;
  const { contextBytes = {}, usedBytes: __, ...dormant } = one;
  draft.put({
    ...dormant,
    contextBytes,
    isDormant: true,
    residency: { kind: "cold" },
    held: combine(one.held, contextBytes, -1),
  });
}

function takeReading(
  draft: Draft,
  { reading, residentBytes, usedBytes = {}, savedStateBytes = {} }: Extract<PlacementEvent, { kind: "memory-read" }>,
): void {
  draft.state = { ...draft.state, reading, isReading: false, readAtMs: draft.nowMs };
  for (const one of draft.standings) {
    const bytes = residentBytes[one.key];
    // What a dormant model showed may be from before it gave its context back.
    if (bytes === undefined || one.residency.kind !== "ready") continue;
    const least = (claimsOf(one)["cpu"] ?? 0) * MIN_HELD_SHARE;
    const { [one.key]: used } = usedBytes;
    const saved = savedStateBytes[one.key] ?? 0;
    draft.put({
      ...one,
      savedStateBytes: saved,
      ...(used === undefined ? {} : { usedBytes: used + saved }),
      held: { ...one.held, cpu: Math.ceil(Math.max(bytes * HELD_MARGIN, least)) + saved },
    });
  }
}
