import { expectedLoadMs } from "./keep-value.ts";
import type { Gift } from "./choose-gifts.ts";
import { GIVING_MS, isWorth, judgeLoad, swapMs, withForgone } from "./judge-load.ts";
import { unloadDrained } from "./leave-memory.ts";
import type { Draft } from "./placement-draft.ts";
import { claimsOf, combine, isAwaited, type Residency, type Standing } from "./placement-state.ts";

/** Has the memory looked at when a model is waited for; the decision follows. */
export function askForMemory(draft: Draft): void {
  if (draft.state.isReading || !draft.standings.some(isAwaited)) return;
  draft.state = { ...draft.state, isReading: true };
  draft.effects.push({ kind: "read-memory" });
}

/** Decides about every model that is waited for: pinned ones first, then in the order in which they were asked for. */
export function decideLoads(draft: Draft): void {
  const awaited = draft.standings.filter(isAwaited).toSorted((a, b) => askedSinceMs(a) - askedSinceMs(b));
  for (const { key } of awaited) {
    const wanted = draft.find(key);
    if (wanted !== undefined) decideOne(draft, wanted);
  }
}

function askedSinceMs({ residency, isWanted, waiters: [first] }: Standing): number {
  if (residency.kind === "reserved" || isWanted) return Number.NEGATIVE_INFINITY;
  return first?.sinceMs ?? Infinity;
}

function decideOne(draft: Draft, wanted: Standing): void {
  const { nowMs } = draft;
  const verdict = judgeLoad(draft.state, wanted, nowMs);
  switch (verdict.kind) {
    case "fits":
      return load(draft, wanted);
    case "make-room": {
      const waitMs = GIVING_MS + expectedLoadMs(wanted);
      if (isWorth(waitMs, wanted, nowMs)) return askToGive(draft, verdict.gifts);
      return sendElsewhere(draft, wanted, `making room takes ${seconds(waitMs)}, more than it saves`);
    }
    case "swap": {
      const waitMs = swapMs(wanted, verdict.victims);
      if (isWorth(waitMs, wanted, nowMs)) return swap(draft, wanted, verdict.victims);
      return sendElsewhere(draft, wanted, `exchanging models takes ${seconds(waitMs)}, more than it saves`);
    }
    case "later": {
      const waitMs = verdict.forMs + expectedLoadMs(wanted);
      if (wanted.residency.kind === "reserved" || isWorth(waitMs, wanted, nowMs)) return;
      return sendElsewhere(draft, wanted, verdict.because);
    }
    case "blocked":
      return sendElsewhere(draft, withoutTurn(draft, wanted), verdict.because);
    case "no-room": {
      const { because } = verdict;
      const cold = withoutTurn(draft, wanted);
      return void draft.refuse(cold, cold.waiters, { code: "no_room_for_model", problem: because });
    }
  }
}

/** Its turn is over where the memory that was made free for it is taken by somebody else. */
function withoutTurn(draft: Draft, wanted: Standing): Standing {
  return wanted.residency.kind === "reserved" ? draft.put({ ...wanted, residency: { kind: "cold" } }) : wanted;
}

function askToGive(draft: Draft, gifts: readonly Gift[]): void {
  for (const { key, what } of gifts) {
    const giver = draft.find(key);
    // States come first; a context of the same model is asked for when they were not enough.
    if (giver === undefined || giver.giving !== undefined) continue;
    draft.put({ ...giver, giving: what });
    draft.effects.push({ kind: "give-back", key, what });
  }
}

/** Its worker makes the context anew for the first request that it is given. */
function wake(draft: Draft, wanted: Standing): void {
  const { contextBytes = {} } = wanted;
  const awake = draft.put({
    ...wanted,
    isDormant: false,
    isWanted: false,
    residency: { kind: "ready", sinceMs: draft.nowMs },
    held: combine(wanted.held, contextBytes, 1),
    lastUsedMs: draft.nowMs,
  });
  draft.grantAll(awake);
}

function load(draft: Draft, wanted: Standing): void {
  if (wanted.isDormant) return wake(draft, wanted);
  const residency: Residency = { kind: "loading", sinceMs: draft.nowMs };
  const loading = draft.put({ ...wanted, residency, held: claimsOf(wanted) });
  draft.effects.push({ kind: "load", key: wanted.key, slots: wanted.loadSlots });
  draft.grantAll(loading);
}

function swap(draft: Draft, wanted: Standing, victims: readonly Standing[]): void {
  const { nowMs } = draft;
  const reserved: Residency = { kind: "reserved", sinceMs: nowMs };
  draft.put({ ...wanted, residency: reserved, forgoneMs: { value: 0, atMs: nowMs } });
  draft.state = { ...draft.state, lastSwapMs: { ...draft.state.lastSwapMs, [wanted.device]: nowMs } };
  draft.count("evictions", victims.length);
  for (const one of victims) {
    if (one.isDormant) {
      draft.unload(one, "evicted");
      continue;
    }
    const readySinceMs = one.residency.kind === "ready" ? one.residency.sinceMs : nowMs;
    draft.put({ ...one, residency: { kind: "draining", sinceMs: nowMs, readySinceMs, forSwap: true } });
  }
  unloadDrained(draft);
}

/** Those who have another endpoint go there; the others wait. */
function sendElsewhere(draft: Draft, wanted: Standing, because: string): void {
  const leaving = wanted.waiters.filter(({ savedMs }) => savedMs !== undefined);
  if (leaving.length === 0) return;
  draft.count("refusedSwaps", leaving.length);
  const remembered = draft.put(withForgone(wanted, leaving, draft.nowMs));
  draft.refuse(remembered, leaving, { code: "no_room_for_model", problem: because });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
