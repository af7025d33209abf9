import type { LoadDemand } from "../../core/local-model.ts";
import { chooseVictims, decayed, expectedLoadMs, expectedUnloadMs, minResidencyMs, plus } from "./keep-value.ts";
import { chooseGifts, type Gift } from "./choose-gifts.ts";
import { makesUpFor, shortageOf } from "./memory-room.ts";
import { holdsMemory, type PlacementState, type Standing, type Waiter } from "./placement-state.ts";

/** What giving back is taken to need. */
export const GIVING_MS = 100;

/** Whether a model could be loaded now, and what that would take. `because` is for a person. */
export type LoadVerdict =
  /** Another load, or what leaves for it, comes first. */
  | { readonly kind: "later"; readonly because: string; readonly forMs: number }
  | { readonly kind: "fits" }
  /** These would have to give back what they can do without; nobody has to leave. */
  | { readonly kind: "make-room"; readonly gifts: readonly Gift[] }
  /** These would have to leave. Those with requests finish them first. */
  | { readonly kind: "swap"; readonly victims: readonly Standing[] }
  /** There are models that could leave, but not now. */
  | { readonly kind: "blocked"; readonly because: string; readonly forMs?: number }
  /** Nothing that may leave would make enough room. */
  | { readonly kind: "no-room"; readonly because: string };

/**
 * Whether `wanted`, which is not in memory, could be loaded. The first rule that applies decides:
 *
 * 1. Loads on a device follow each other, and nothing takes memory of a pool in which another's turn has come: `later`.
 * 2. It fits into what each pool has free: `fits`.
 * 3. What leaves already has memory that it lacks: `later`.
 * 4. What idle models can give back without leaving suffices: `make-room`. First states that were put aside, then contexts;
 *    weights stay.
 * 5. It does not fit even without every model that is not pinned: `no-room`.
 * 6. A device changes models at most once within a minimum residency, `max(30 s, 3 × load)`: `blocked`.
 * 7. Models that are ready, not pinned, without requests and waiters, and past their minimum residency may leave. If some
 *    of them free enough, the least valuable do: `swap`.
 * 8. A model with requests may be drained only for a request that has no other endpoint and has waited for the minimum
 *    residency of that model already, so that two busy models take turns instead of one starving: `swap`.
 * 9. Otherwise: `blocked`.
 *
 * The operator's own word skips rule 6 and the minimum residency, never the rest.
 */
export function judgeLoad(state: PlacementState, wanted: Standing, nowMs: number): LoadVerdict {
  const others = [...state.standings.values()].filter(({ key }) => key !== wanted.key);
  const first = others.find((one) => comesBefore(one, wanted));
  if (first !== undefined) return later(first, nowMs);
  const shortage = shortageOf(state, wanted);
  if (Object.keys(shortage).length === 0) return { kind: "fits" };
  const leaving = others.find(
    (one) => isLeaving(one) && Object.keys(shortage).some((pool) => one.held[pool] !== undefined),
  );
  if (leaving !== undefined) return later(leaving, nowMs);
  const giving = others.find((one) => one.giving !== undefined);
  if (giving !== undefined) return { kind: "later", because: `${giving.modelId} gives memory back`, forMs: GIVING_MS };
  const gifts = chooseGifts(others, shortage, nowMs);
  if (gifts !== undefined) return { kind: "make-room", gifts };

  const movable = others.filter((one) => holdsMemory(one) && one.keepLoadedMs !== undefined);
  if (!makesUpFor(shortage, movable)) return { kind: "no-room", because: describeNoRoom(shortage, others) };
  const isByHand = wanted.waiters.some((waiter) => waiter.isByHand === true);
  const sinceSwapMs = nowMs - (state.lastSwapMs[wanted.device] ?? Number.NEGATIVE_INFINITY);
  if (!isByHand && sinceSwapMs < minResidencyMs(wanted)) {
    const forMs = minResidencyMs(wanted) - sinceSwapMs;
    return { kind: "blocked", because: "another model had to leave the device a moment ago", forMs };
  }
  const ready = movable.filter(
    ({ residency, isDormant }) => residency.kind === "ready" || (isDormant && residency.kind === "cold"),
  );
  const settled = ready.filter((one) => isByHand || residentForMs(one, nowMs) >= minResidencyMs(one));
  const idle = settled.filter(({ leases, waiters }) => leases === 0 && waiters.length === 0);
  const victims =
    chooseVictims(idle, shortage, nowMs) ?? chooseVictims(yieldingTo(wanted, settled, nowMs), shortage, nowMs);
  return victims === undefined ? describeBlocked(ready, settled, nowMs) : { kind: "swap", victims };
}

function comesBefore({ residency, device, claims }: Standing, wanted: Standing): boolean {
  if (residency.kind === "loading") return device === wanted.device;
  return residency.kind === "reserved" && Object.keys(claims).some((pool) => wanted.claims[pool] !== undefined);
}

function isLeaving({ residency }: Standing): boolean {
  return residency.kind === "draining" || residency.kind === "unloading";
}

function later(first: Standing, nowMs: number): LoadVerdict {
  const { residency, modelId } = first;
  const sinceMs = "sinceMs" in residency ? residency.sinceMs : nowMs;
  const takesMs = isLeaving(first) ? expectedUnloadMs(first) : expectedLoadMs(first);
  const what = isLeaving(first) ? "is leaving memory" : "is being loaded";
  return { kind: "later", because: `${modelId} ${what}`, forMs: Math.max(0, sinceMs + takesMs - nowMs) };
}

function residentForMs({ residency, isDormant }: Standing, nowMs: number): number {
  // It has been idle for long enough to have given its context back.
  if (isDormant) return Infinity;
  return residency.kind === "ready" ? nowMs - residency.sinceMs : 0;
}

/** Those that `wanted` has waited for long enough, busy or not. */
function yieldingTo(wanted: Standing, settled: readonly Standing[], nowMs: number): readonly Standing[] {
  const stranded = wanted.waiters.filter(({ savedMs }) => savedMs === undefined);
  const waitedMs = stranded.reduce((most, { sinceMs }) => Math.max(most, nowMs - sinceMs), 0);
  return stranded.length === 0 ? [] : settled.filter((one) => waitedMs >= minResidencyMs(one));
}

function describeNoRoom(shortage: Readonly<Record<string, number>>, others: readonly Standing[]): string {
  const missing = Object.entries(shortage).map(([pool, bytes]) => `${Math.ceil(bytes / 1024 ** 2)} MiB of ${pool}`);
  const pinned = others.filter((one) => holdsMemory(one) && one.keepLoadedMs === undefined);
  const holders = pinned.length === 0 ? "" : `; pinned: ${pinned.map(({ modelId }) => modelId).join(", ")}`;
  return `there is no room for it: ${missing.join(" and ")} are missing, and no model that may leave holds as much${holders}`;
}

function describeBlocked(ready: readonly Standing[], settled: readonly Standing[], nowMs: number): LoadVerdict {
  const young = ready.filter((one) => !settled.includes(one));
  if (young.length === 0) {
    const busy = settled.filter(({ leases, waiters }) => leases + waiters.length > 0);
    return { kind: "blocked", because: `the models in memory are answering requests: ${namesOf(busy)}` };
  }
  const forMs = Math.min(...young.map((one) => minResidencyMs(one) - residentForMs(one, nowMs)));
  return { kind: "blocked", because: `the models in memory were loaded a moment ago: ${namesOf(young)}`, forMs };
}

function namesOf(standings: readonly Standing[]): string {
  return standings.map(({ modelId }) => modelId).join(", ");
}

/**
 * Whether it pays to wait `waitMs` for `wanted`: the time that it saves those who wait now, and would have saved those who
 * were sent elsewhere lately, is more. The time forgone adds up like the rent of one who might as well buy, so that a
 * model that is asked for again and again comes in, and one that is asked for once does not. A request that has no other
 * endpoint always waits.
 */
export function isWorth(waitMs: number, wanted: Standing, nowMs: number): boolean {
  if (wanted.isWanted || wanted.waiters.some(({ savedMs }) => savedMs === undefined)) return true;
  return decayed(wanted.forgoneMs, nowMs) + savedBy(wanted.waiters) > waitMs;
}

/** Loading it, after those that make room have left one after the other. */
export function swapMs(wanted: Standing, victims: readonly Standing[]): number {
  return expectedLoadMs(wanted) + victims.reduce((total, one) => total + expectedUnloadMs(one), 0);
}

/** The model with what these requests would have saved here. */
export function withForgone(standing: Standing, refused: readonly Waiter[], nowMs: number): Standing {
  return { ...standing, forgoneMs: plus(standing.forgoneMs, savedBy(refused), nowMs) };
}

function savedBy(waiters: readonly Waiter[]): number {
  return waiters.reduce((total, { savedMs = 0 }) => total + savedMs, 0);
}

/** What the other endpoint is taken to need where that is not known: the usual time of a cloud's first content. */
const PRIOR_ELSEWHERE_MS = 1_000;

/**
 * By how much an answer here is expected to be earlier than elsewhere once the model is loaded; 0 where it is not.
 * `loadMs` is what the time here counts for the load.
 */
export function savedMsOf(
  { thereMs = PRIOR_ELSEWHERE_MS, hereMs }: NonNullable<LoadDemand["elsewhere"]>,
  loadMs: number,
): number {
  return Math.max(0, thereMs - Math.max(0, (hereMs ?? loadMs) - loadMs));
}
