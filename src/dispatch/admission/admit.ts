import type { ClassQueue, PendingWork } from "../../core/endpoint.ts";
import type { QueueClasses, QueueRefusalReason } from "../../core/queue-policy.ts";
import { WORKLOAD_CLASSES } from "../../core/workload.ts";
import type { AccountHolder, FairShares } from "./fair-shares.ts";
import { predictWaitMs } from "./predict-wait.ts";
import { lastInLine, servingOrder, type Standing } from "./serving-order.ts";
import type { Ticket } from "./ticket.ts";

/** How much may wait. */
export interface QueueLimits {
  /** Requests of all classes together. */
  readonly requests: number;
  readonly classes: QueueClasses;
}

/** A queue at one instant. */
export interface QueueState<T extends Ticket> {
  readonly slots: number;
  readonly running: readonly { readonly work: PendingWork; readonly elapsedMs: number }[];
  /** In order of arrival. */
  readonly waiting: readonly T[];
  readonly shares: FairShares;
  readonly limits: QueueLimits;
  readonly nowMs: number;
  /** How long a request is expected to keep its place; absent where nobody can tell. */
  readonly serviceMsOf: (work: PendingWork) => number | undefined;
}

/** Whether a request may wait, whom it displaces, or why it may not. */
export type Admission<T> =
  | { readonly ok: true; readonly displaced: readonly T[] }
  | { readonly ok: false; readonly reason: QueueRefusalReason };

/**
 * Whether a request that finds no free place may wait: within the number of requests, the tokens of its class, and the
 * time it is allowed. Where the queue is full, the last in line gives way, be it the newcomer or one that waits.
 */
export function admit<T extends Ticket>(state: QueueState<T>, newcomer: Ticket, allowedMs: number): Admission<T> {
  const { requests, classes } = state.limits;
  const { maxQueuedTokens } = classes[newcomer.workloadClass];
  const displaced: T[] = [];
  let staying = state.waiting;
  const makesRoom = (among: readonly T[]): boolean => {
    const last = lastInLine<Ticket>([...among, newcomer], state.shares, classes, state.nowMs);
    const waiter = among.find((one) => one === last);
    if (waiter === undefined || !mayDisplace(newcomer, waiter, classes)) return false;
    staying = staying.filter((one) => one !== waiter);
    displaced.push(waiter);
    return true;
  };
  if (staying.length >= requests && !makesRoom(staying)) return { ok: false, reason: "requests" };
  for (;;) {
    const sameClass = staying.filter(({ workloadClass }) => workloadClass === newcomer.workloadClass);
    if (sameClass.length === 0 || tokensOf(sameClass) + tokensOf([newcomer]) <= maxQueuedTokens) break;
    if (!makesRoom(sameClass)) return { ok: false, reason: "tokens" };
  }
  const waitMs = expectedWaitMs({ ...state, waiting: staying }, newcomer);
  return waitMs !== undefined && waitMs > allowedMs ? { ok: false, reason: "wait" } : { ok: true, displaced };
}

/** Those who are served before a request that comes now, in order, if nobody comes after it. */
export function aheadOf<T extends Ticket>(
  state: Pick<QueueState<T>, "waiting" | "shares" | "limits" | "nowMs">,
  newcomer: Ticket,
): readonly T[] {
  const { waiting, limits, nowMs } = state;
  const joins = waiting.every((one) => !isSameHolder(one, newcomer));
  const standing: Standing = {
    turns: state.shares.turns,
    accountOf: (holder) =>
      joins && isSameHolder(holder, newcomer) ? state.shares.accountAtJoining(holder) : state.shares.accountOf(holder),
  };
  const ahead: T[] = [];
  for (const ticket of servingOrder<T | Ticket>([...waiting, newcomer], standing, limits.classes, nowMs)) {
    if (ticket === newcomer) break;
    ahead.push(ticket as T);
  }
  return ahead;
}

/** The wait of a request that came now, in its place of the order; nothing where nobody can tell. */
export function expectedWaitMs(state: QueueState<Ticket>, newcomer: Ticket): number | undefined {
  const { slots, running, waiting, serviceMsOf } = state;
  if (running.length < slots && waiting.length === 0) return 0;
  const ahead = aheadOf(state, newcomer).map((ticket) => serviceMsOf(ticket) ?? NaN);
  const services = running.map(({ work, elapsedMs }) => ({ expectedMs: serviceMsOf(work) ?? NaN, elapsedMs }));
  if ([...ahead, ...services.map(({ expectedMs }) => expectedMs)].some(Number.isNaN)) return undefined;
  return predictWaitMs(slots, services, ahead);
}

/** What waits of each class, and how long one more of ordinary size would, whose key has nothing waiting. */
export function describeClasses(state: QueueState<Ticket>): readonly ClassQueue[] {
  const present = [...state.running.map(({ work }) => work), ...state.waiting];
  const meanOf = (part: "promptTokens" | "expectedOutputTokens"): number =>
    present.reduce((sum, one) => sum + one[part], 0) / Math.max(1, present.length);
  const size = { promptTokens: meanOf("promptTokens"), expectedOutputTokens: meanOf("expectedOutputTokens") };
  const sinceMs = state.nowMs;
  return WORKLOAD_CLASSES.map((workloadClass) => {
    const { maxQueuedTokens, maxWaitMs } = state.limits.classes[workloadClass];
    const waiting = state.waiting.filter((one) => one.workloadClass === workloadClass);
    const predictedWaitMs = expectedWaitMs(state, {
      keyId: "",
      weight: 1,
      tier: "standard",
      workloadClass,
      sinceMs,
      ...size,
    });
    return {
      workloadClass,
      queued: waiting.length,
      queuedTokens: tokensOf(waiting),
      maxQueuedTokens,
      maxWaitMs,
      ...(predictedWaitMs === undefined ? {} : { predictedWaitMs }),
    };
  });
}

/** Whether two requests are on the same account. */
export function isSameHolder(one: AccountHolder, other: AccountHolder): boolean {
  return one.keyId === other.keyId && one.tier === other.tier;
}

/** A request takes the place of one of its own key only where its class or tier goes before the other's. */
function mayDisplace(newcomer: Ticket, waiter: Ticket, classes: QueueClasses): boolean {
  if (newcomer.keyId !== waiter.keyId) return true;
  if (newcomer.tier !== waiter.tier) return newcomer.tier === "priority" || waiter.tier === "flex";
  return classes[newcomer.workloadClass].weight > classes[waiter.workloadClass].weight;
}

function tokensOf(tickets: readonly Ticket[]): number {
  return tickets.reduce((sum, { promptTokens, expectedOutputTokens }) => sum + promptTokens + expectedOutputTokens, 0);
}
