import type { Clock } from "../../core/clock.ts";
import {
  MAX_LISTED_WORK,
  type ClassQueue,
  type Newcomer,
  type PendingWork,
  type WaitingLine,
} from "../../core/endpoint.ts";
import { SignalboxError, toAbortError } from "../../core/errors.ts";
import type { QueueMetrics, QueueRefusalReason } from "../../core/queue-policy.ts";
import {
  admit,
  aheadOf,
  describeClasses,
  expectedWaitMs,
  isSameHolder,
  type QueueLimits,
  type QueueState,
} from "./admit.ts";
import { FairShares } from "./fair-shares.ts";
import { queueFullError } from "./queue-refusal.ts";
import { servingOrder, type Standing } from "./serving-order.ts";
import { chargeOf, expectedChargeOf, serviceOf, tierOf, type Ticket } from "./ticket.ts";

/** The place of one request at an endpoint. */
export interface Lease {
  /** How long the request waited for it. */
  readonly queueMs: number;
  /**
   * Gives the place to the next in line, and charges the key what was served; what was expected where nothing is said.
   * Calling it again does nothing.
   */
  release(served?: { readonly promptTokens: number; readonly outputTokens: number }): void;
}

/** What a request brings along when it asks for a place. */
export interface Entry extends Omit<Ticket, "sinceMs"> {
  readonly signal: AbortSignal;
  /** The longest wait that leaves time for the answer, here or at other endpoints; after it the request is refused with `queue_full`. */
  readonly patienceMs: number;
  /** Until the request's own deadline; a wait that reaches it ends with `deadline_exceeded`. */
  readonly timeLeftMs: number;
  /** The router's own expectation, for `Retry-After` where the gate has none. */
  readonly expectedWaitMs?: number;
  /** Tokens of its answer by now. */
  readonly writtenTokens?: () => number;
}

/** What a gate is made of. */
export interface GateOptions {
  readonly endpointId: string;
  /** Requests inside at the same time. */
  readonly slots: number;
  readonly limits: QueueLimits;
  readonly clock: Clock;
  readonly serviceMsOf: QueueState<Ticket>["serviceMsOf"];
  readonly metrics?: QueueMetrics | undefined;
}

/** What stands before the next request. */
export interface GateLoad {
  readonly running: number;
  readonly queued: number;
  readonly queuedPromptTokens: number;
  readonly queueLimit: number;
  readonly runningWork: readonly PendingWork[];
  readonly queuedWork: readonly PendingWork[];
}

interface Waiter extends Ticket {
  readonly entry: Entry;
  /** Ends the wait: with a place, or with the reason why there is none. */
  readonly leave: (outcome: "granted" | SignalboxError) => void;
}

/**
 * The bounded door of one endpoint: at most `slots` requests inside; the others wait in `servingOrder`, bounded by
 * number, and by the tokens and the expected wait of their class. Who can't be served in time is refused at once. A
 * waiter leaves the queue at once when its caller goes away or its time is up.
 */
export class AdmissionGate implements WaitingLine {
  readonly #options: GateOptions;
  readonly #shares = new FairShares();
  readonly #standing: Standing = {
    turns: this.#shares.turns,
    accountOf: (holder) => this.#shares.accountOf(holder),
  };
  readonly #waiters = new Set<Waiter>();
  /** With the time since which each has its place. */
  readonly #running = new Map<Entry, number>();
  #limits: GateOptions["limits"];
  #serviceMsOf: GateOptions["serviceMsOf"];
  /** The work that waits, in order; made anew when somebody asks after a change. */
  #queuedWork: readonly PendingWork[] | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#limits = options.limits;
    this.#serviceMsOf = options.serviceMsOf;
  }

  /** Other limits, and other expectations, from now on; those who wait stay. */
  change({ limits, serviceMsOf }: Pick<GateOptions, "limits" | "serviceMsOf">): void {
    this.#limits = limits;
    this.#serviceMsOf = serviceMsOf;
  }

  /** What stands before the next request. */
  load(): GateLoad {
    this.#queuedWork ??= this.#inOrder().take(MAX_LISTED_WORK).map(toWork).toArray();
    const runningWork: PendingWork[] = [];
    for (const entry of this.#running.keys()) {
      if (runningWork.length === MAX_LISTED_WORK) break;
      runningWork.push(toRunningWork(entry));
    }
    let queuedPromptTokens = 0;
    for (const { promptTokens } of this.#waiters) queuedPromptTokens += promptTokens;
    return {
      running: this.#running.size,
      queued: this.#waiters.size,
      queuedPromptTokens,
      queueLimit: this.#limits.requests,
      runningWork,
      queuedWork: this.#queuedWork,
    };
  }

  /** Requests that have a place. */
  get running(): number {
    return this.#running.size;
  }

  /** Requests that wait. */
  get queued(): number {
    return this.#waiters.size;
  }

  aheadOf({ serviceTier, ...work }: Newcomer): readonly PendingWork[] {
    const nowMs = this.#nowMs();
    const [waiting, shares, limits] = [[...this.#waiters], this.#shares, this.#limits];
    return aheadOf({ waiting, shares, limits, nowMs }, { ...work, tier: tierOf(serviceTier), sinceMs: nowMs });
  }

  /** What waits of each class, and how long one more would. For reports: dearer than `load`. */
  classQueues(): readonly ClassQueue[] {
    return describeClasses(this.#state());
  }

  /** The refusal of a request that would come now, or nothing where it would get a place or might wait. */
  refusalOf(entry: Entry): SignalboxError | undefined {
    if (this.#hasFreePlace()) return undefined;
    const admission = admit(this.#state(), this.#ticketOf(entry), this.#allowedMs(entry));
    return admission.ok ? undefined : this.#refuse(entry, admission.reason);
  }

  /**
   * Resolves with a place. Rejects with `queue_full`, with `deadline_exceeded` when the request's time is over, or with
   * the reason of its signal.
   */
  enter(entry: Entry): Promise<Lease> {
    if (entry.signal.aborted) return Promise.reject(toAbortError(entry.signal));
    const ticket = this.#ticketOf(entry);
    if (this.#hasFreePlace()) {
      this.#shares.join(ticket);
      return Promise.resolve(this.#grant(entry, ticket));
    }
    const admission = admit(this.#state(), ticket, this.#allowedMs(entry));
    if (!admission.ok) return Promise.reject(this.#refuse(entry, admission.reason));
    for (const waiter of admission.displaced) waiter.leave(this.#refuse(waiter.entry, "displaced"));
    return this.#wait(entry, ticket);
  }

  #hasFreePlace(): boolean {
    return this.#running.size < this.#options.slots && this.#waiters.size === 0;
  }

  #wait(entry: Entry, ticket: Ticket): Promise<Lease> {
    return new Promise<Lease>((resolve, reject) => {
      const allowedMs = this.#allowedMs(entry);
      const onAbort = (): void => waiter.leave(toAbortError(entry.signal));
      const cancelTimer = this.#options.clock.after(allowedMs, () => waiter.leave(this.#timeIsUp(entry, allowedMs)));
      const waiter: Waiter = {
        ...ticket,
        entry,
        leave: (outcome) => {
          if (!this.#waiters.delete(waiter)) return;
          this.#queuedWork = undefined;
          cancelTimer();
          entry.signal.removeEventListener("abort", onAbort);
          if (outcome === "granted") resolve(this.#grant(entry, ticket));
          else reject(outcome);
        },
      };
      if (this.#waiters.values().every((one) => !isSameHolder(one, ticket))) this.#shares.join(ticket);
      this.#waiters.add(waiter);
      this.#queuedWork = undefined;
      entry.signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #grant(entry: Entry, ticket: Ticket): Lease {
    const { metrics, endpointId } = this.#options;
    const nowMs = this.#nowMs();
    const queueMs = nowMs - ticket.sinceMs;
    const expected = expectedChargeOf(ticket, this.#limits.classes);
    const tiers = new Set([ticket.tier, ...this.#waiters.values().map(({ tier }) => tier)]);
    this.#shares.granted(ticket, expected, tiers);
    this.#running.set(entry, nowMs);
    metrics?.queueLeft(endpointId, ticket.workloadClass, queueMs);
    return {
      queueMs,
      release: (served) => {
        if (!this.#running.delete(entry)) return;
        if (served !== undefined) {
          const service = serviceOf(served.promptTokens, served.outputTokens);
          this.#shares.corrected(ticket, chargeOf(ticket, service, this.#limits.classes) - expected);
        }
        if (this.#running.size === 0 && this.#waiters.size === 0) this.#shares.clear();
        this.#inOrder().next().value?.leave("granted");
      },
    };
  }

  #timeIsUp(entry: Entry, allowedMs: number): SignalboxError {
    if (allowedMs < entry.timeLeftMs) return this.#refuse(entry, "waited");
    const waited = `The request waited ${Math.round(allowedMs)} ms for a place at ${this.#options.endpointId}.`;
    return new SignalboxError("deadline_exceeded", waited);
  }

  #refuse(entry: Entry, reason: QueueRefusalReason): SignalboxError {
    const { endpointId, metrics } = this.#options;
    const { workloadClass } = entry;
    metrics?.queueRefused(endpointId, workloadClass, reason);
    return queueFullError({
      endpointId,
      workloadClass,
      reason,
      running: this.#running.size,
      queued: this.#waiters.size,
      predictedWaitMs: expectedWaitMs(this.#state(), this.#ticketOf(entry)) ?? entry.expectedWaitMs,
      allowedMs: this.#allowedMs(entry),
    });
  }

  #allowedMs({ workloadClass, patienceMs, timeLeftMs }: Entry): number {
    return Math.min(patienceMs, timeLeftMs, this.#limits.classes[workloadClass].maxWaitMs);
  }

  #inOrder(): Generator<Waiter, void, undefined> {
    return servingOrder(this.#waiters, this.#standing, this.#limits.classes, this.#nowMs());
  }

  #state(): QueueState<Waiter> {
    const { slots } = this.#options;
    const nowMs = this.#nowMs();
    const running = [...this.#running].map(([entry, sinceMs]) => ({ work: entry, elapsedMs: nowMs - sinceMs }));
    const waiting = [...this.#waiters];
    const [shares, limits, serviceMsOf] = [this.#shares, this.#limits, this.#serviceMsOf];
    return { slots, running, waiting, shares, limits, nowMs, serviceMsOf };
  }

  #ticketOf({ keyId, weight, workloadClass, tier, promptTokens, expectedOutputTokens }: Entry): Ticket {
    return { keyId, weight, workloadClass, tier, promptTokens, expectedOutputTokens, sinceMs: this.#nowMs() };
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}

function toWork({ promptTokens, expectedOutputTokens, workloadClass }: PendingWork): PendingWork {
  return { promptTokens, expectedOutputTokens, workloadClass };
}

function toRunningWork(entry: Entry): PendingWork {
  const outputTokensSoFar = entry.writtenTokens?.() ?? 0;
  if (outputTokensSoFar === 0) return toWork(entry);
  const { promptTokens, expectedOutputTokens, workloadClass } = entry;
  return { promptTokens, expectedOutputTokens, workloadClass, outputTokensSoFar };
}
