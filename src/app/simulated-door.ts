import { MAX_LISTED_WORK, type PendingWork, type WaitingLine } from "../core/endpoint.ts";
import { admit, aheadOf, isSameHolder, type QueueLimits, type QueueState } from "../dispatch/admission/admit.ts";
import { FairShares } from "../dispatch/admission/fair-shares.ts";
import { servingOrder, type Standing } from "../dispatch/admission/serving-order.ts";
import { chargeOf, expectedChargeOf, serviceOf, tierOf, type Ticket } from "../dispatch/admission/ticket.ts";
import type { Door, DoorAnswer, DoorEntry } from "../simulate/door.ts";

interface Waiter extends Ticket {
  readonly entry: DoorEntry;
}

/**
 * The door of a simulated endpoint: the same decisions as an `AdmissionGate` makes, from the same functions (`admit`,
 * `servingOrder`, `FairShares`), with the time as an argument in place of a clock, timers and promises.
 */
export class SimulatedDoor implements Door {
  readonly #slots: number;
  readonly #limits: QueueLimits;
  readonly #serviceMsOf: QueueState<Ticket>["serviceMsOf"];
  readonly #shares = new FairShares();
  readonly #standing: Standing = {
    turns: this.#shares.turns,
    accountOf: (holder) => this.#shares.accountOf(holder),
  };
  readonly #waiters = new Map<DoorEntry, Waiter>();
  readonly #running = new Map<DoorEntry, { readonly ticket: Ticket; readonly sinceMs: number }>();
  /** What waits in order; made anew when somebody asks after a change. */
  #queuedWork: readonly PendingWork[] | undefined;
  queuedPromptTokens = 0;

  constructor(slots: number, limits: QueueLimits, serviceMsOf: QueueState<Ticket>["serviceMsOf"]) {
    this.#slots = slots;
    this.#limits = limits;
    this.#serviceMsOf = serviceMsOf;
  }

  get queued(): number {
    return this.#waiters.size;
  }

  enter(entry: DoorEntry, nowMs: number): DoorAnswer {
    const ticket = ticketOf(entry, nowMs);
    if (this.#running.size < this.#slots && this.#waiters.size === 0) {
      this.#shares.join(ticket);
      this.#grant(entry, ticket, nowMs);
      return { kind: "granted" };
    }
    const { maxWaitMs } = this.#limits.classes[entry.workloadClass];
    const allowedMs = Math.min(entry.patienceMs, entry.timeLeftMs, maxWaitMs);
    const admission = admit(this.#state(nowMs), ticket, allowedMs);
    if (!admission.ok) return { kind: "refused", reason: admission.reason };
    const displaced = admission.displaced.map((waiter) => waiter.entry);
    for (const gone of displaced) this.leave(gone);
    if (this.#waiters.values().every((one) => !isSameHolder(one, ticket))) this.#shares.join(ticket);
    this.#waiters.set(entry, { ...ticket, entry });
    this.queuedPromptTokens += entry.promptTokens;
    this.#queuedWork = undefined;
    return { kind: "waits", untilMs: nowMs + allowedMs, displaced };
  }

  release(
    entry: DoorEntry,
    served: { readonly promptTokens: number; readonly outputTokens: number },
    nowMs: number,
  ): DoorEntry | undefined {
    const held = this.#running.get(entry);
    if (held === undefined) throw new Error(`Request ${entry.index} has no place to give back.`);
    this.#running.delete(entry);
    const { ticket } = held;
    const { classes } = this.#limits;
    const service = serviceOf(served.promptTokens, served.outputTokens);
    this.#shares.corrected(ticket, chargeOf(ticket, service, classes) - expectedChargeOf(ticket, classes));
    if (this.#running.size === 0 && this.#waiters.size === 0) this.#shares.clear();
    const next = this.#waiters.size === 0 ? undefined : this.#inOrder(nowMs).next().value;
    if (next === undefined) return undefined;
    this.leave(next.entry);
    this.#grant(next.entry, next, nowMs);
    return next.entry;
  }

  leave(entry: DoorEntry): void {
    if (!this.#waiters.delete(entry)) return;
    this.queuedPromptTokens -= entry.promptTokens;
    this.#queuedWork = undefined;
  }

  queuedWork(nowMs: number): readonly PendingWork[] {
    this.#queuedWork ??= this.#inOrder(nowMs).take(MAX_LISTED_WORK).toArray();
    return this.#queuedWork;
  }

  line(nowMs: number): WaitingLine {
    const [waiting, shares, limits] = [[...this.#waiters.values()], this.#shares, this.#limits];
    return {
      queued: waiting.length,
      aheadOf: ({ serviceTier, ...work }) =>
        aheadOf({ waiting, shares, limits, nowMs }, { ...work, tier: tierOf(serviceTier), sinceMs: nowMs }),
    };
  }

  #grant(entry: DoorEntry, ticket: Ticket, nowMs: number): void {
    const tiers = new Set([ticket.tier, ...this.#waiters.values().map(({ tier }) => tier)]);
    this.#shares.granted(ticket, expectedChargeOf(ticket, this.#limits.classes), tiers);
    this.#running.set(entry, { ticket, sinceMs: nowMs });
  }

  #inOrder(nowMs: number): Generator<Waiter, void, undefined> {
    return servingOrder(this.#waiters.values(), this.#standing, this.#limits.classes, nowMs);
  }

  #state(nowMs: number): QueueState<Waiter> {
    const running = [...this.#running.values()].map(({ ticket, sinceMs }) => ({
      work: ticket,
      elapsedMs: nowMs - sinceMs,
    }));
    const [slots, limits, shares, serviceMsOf] = [this.#slots, this.#limits, this.#shares, this.#serviceMsOf];
    return { slots, running, waiting: [...this.#waiters.values()], shares, limits, nowMs, serviceMsOf };
  }
}

function ticketOf(entry: DoorEntry, nowMs: number): Ticket {
  const { keyId, workloadClass, serviceTier, promptTokens, expectedOutputTokens } = entry;
  const tier = tierOf(serviceTier);
  return { keyId, weight: 1, workloadClass, tier, promptTokens, expectedOutputTokens, sinceMs: nowMs };
}
