import type { LocalModelState, PlacementFacts } from "../../core/local-model.ts";
import { expectedLoadMs, expectedUnloadMs } from "./keep-value.ts";
import { GIVING_MS, judgeLoad } from "./judge-load.ts";
import { claimsOf, type PlacementState, type Standing } from "./placement-state.ts";

/** A supervised model's state with what placement knows about it. A model that placement has given up is `failed`. */
export function describePlacement(
  state: PlacementState,
  key: string,
  supervised: LocalModelState,
  nowMs: number,
): LocalModelState {
  const standing = state.standings.get(key);
  if (standing === undefined) return supervised;
  const { residency } = standing;
  const placement = factsOf(state, standing, nowMs);
  if (residency.kind !== "failed") return { ...supervised, placement };
  const { problem, retryAtMs } = residency;
  return { phase: "failed", problem, retryAtMs, restarts: supervised.restarts, placement };
}

function factsOf(state: PlacementState, standing: Standing, nowMs: number): PlacementFacts {
  const { residency, device, held, leases, waiters, keepLoadedMs, lastUsedMs, loadMs } = standing;
  return {
    residency: standing.isDormant ? "dormant" : residency.kind,
    ...(standing.savedStateBytes === 0 ? {} : { savedStateBytes: standing.savedStateBytes }),
    device,
    isPinned: keepLoadedMs === undefined,
    ...(keepLoadedMs === undefined ? {} : { keepLoadedMs }),
    claimedBytes: claimsOf(standing),
    heldBytes: held,
    leases,
    waiting: waiters.length,
    ...(residency.kind === "ready" && leases === 0 ? { idleMs: nowMs - lastUsedMs } : {}),
    ...(loadMs === undefined ? {} : { lastLoadMs: loadMs }),
    ...outlookOf(state, standing, nowMs),
  };
}

/** What loading it would take, on the last look at the memory. */
function outlookOf(state: PlacementState, standing: Standing, nowMs: number): Partial<PlacementFacts> {
  const { residency, loadMs } = standing;
  if (residency.kind === "ready") return {};
  if (standing.isDormant && standing.waiters.length === 0) return {};
  if (residency.kind === "loading") {
    return loadMs === undefined ? {} : { expectedLoadMs: Math.max(0, residency.sinceMs + loadMs - nowMs) };
  }
  const verdict = judgeLoad(state, standing, nowMs);
  const loadInMs = (extraMs: number): Partial<PlacementFacts> =>
    loadMs === undefined ? {} : { expectedLoadMs: extraMs + expectedLoadMs(standing) };
  switch (verdict.kind) {
    case "fits":
      return loadInMs(0);
    case "make-room":
      return loadInMs(GIVING_MS);
    case "swap":
      return loadInMs(verdict.victims.reduce((total, one) => total + expectedUnloadMs(one), 0));
    case "later":
      return loadInMs(verdict.forMs);
    case "blocked":
      return { ...loadInMs(verdict.forMs ?? 0), heldUpBecause: verdict.because };
    case "no-room":
      return { noRoomBecause: verdict.because };
  }
}
