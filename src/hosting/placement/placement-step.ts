import { applyEvent } from "./apply-event.ts";
import { askForMemory, decideLoads } from "./decide-loads.ts";
import { idleSinceMs, unloadDrained, unloadIdle } from "./leave-memory.ts";
import { Draft } from "./placement-draft.ts";
import type { PlacementEvent, PlacementStep } from "./placement-events.ts";
import { isAwaited, type PlacementState } from "./placement-state.ts";
import { recycleGrown } from "./recycle-grown.ts";

/** How often the memory is looked at while a model waits for it: nobody tells when another program frees some. */
export const BLOCKED_POLL_MS = 2_000;

/** A look at the memory counts for this long, unless a model comes or goes: requests do not change what is free. */
const FRESH_READING_MS = 250;

/**
 * The whole placement of a box's models. Pure: the owner performs the effects in order and reports what comes of them.
 * A model is loaded only by `load`, and leaves only by `unload`, which never names one that has a lease, nor one that is
 * pinned unless the operator asked for it or its process has grown.
 */
export function stepPlacement(state: PlacementState, event: PlacementEvent, nowMs: number): PlacementStep {
  const draft = new Draft(state, nowMs);
  applyEvent(draft, event);
  unloadDrained(draft);
  unloadIdle(draft);
  recycleGrown(draft);
  if (event.kind === "memory-read" || isFresh(draft.state, nowMs)) decideLoads(draft);
  else askForMemory(draft);
  return { state: draft.state, effects: draft.effects };
}

/** Whether the last look at the memory is good for another decision: asking a driver takes longer than that. */
function isFresh({ readAtMs, isReading }: PlacementState, nowMs: number): boolean {
  return !isReading && readAtMs !== undefined && nowMs - readAtMs < FRESH_READING_MS;
}

/** When `time-passed` is due, if nothing happens before. */
export function placementWakeMs(state: PlacementState, nowMs: number): number | undefined {
  const due: number[] = [];
  for (const one of state.standings.values()) {
    const { residency, isDormant, keepLoadedMs, leases } = one;
    if (isAwaited(one)) due.push(nowMs + BLOCKED_POLL_MS);
    if ((residency.kind === "ready" || isDormant) && keepLoadedMs !== undefined && leases === 0)
      due.push(idleSinceMs(one) + keepLoadedMs);
    if (residency.kind === "failed" && keepLoadedMs === undefined) due.push(residency.retryAtMs);
  }
  return due.length === 0 ? undefined : Math.min(...due);
}
