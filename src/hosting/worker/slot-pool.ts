import { SignalboxError } from "../../core/errors.ts";

/** A slot's state counts as worth keeping for a request only from this share of it on: a shared system prompt alone must not cost another conversation its cache. */
const MIN_REUSED_SHARE = 0.25;
/** How long a request is taken to last before any has ended, in milliseconds; for `Retry-After` only. */
const INITIAL_REQUEST_MS = 2_000;
/** Weight of the newest request in the average. */
const AVERAGE_WEIGHT = 0.2;

/** One sequence of the model's context, as far as choosing one needs to know it. */
export interface PooledSlot {
  readonly id: number;
  /** How many tokens of the beginning of `tokens` it has evaluated already, for the same scope. */
  commonPrefix(tokens: readonly number[], scope: string): number;
  /** Tokens that its state holds. */
  heldTokens(): number;
}

interface Waiter<Slot> {
  readonly tokens: readonly number[];
  readonly scope: string;
  readonly take: (slot: Slot) => void;
  readonly refuse: (reason: unknown) => void;
}

/** Every slot of a pool, until a request wants one. */
export interface BorrowedSlots<Slot> {
  /** By their numbers. */
  readonly slots: readonly Slot[];
  /** Aborts as soon as a request comes, which waits until they are given back; with `draining` when the pool is closed. */
  readonly signal: AbortSignal;
  giveBack(): void;
}

/**
 * Gives each slot to one request at a time. Requests beyond the slots wait in order of arrival, at most `queueLimit`
 * of them. A request gets the idle slot that has evaluated the longest beginning of its prompt; of equals one next to a
 * busy slot, because only neighbours are evaluated together; of those the one that was idle for longest.
 */
export class SlotPool<Slot extends PooledSlot> {
  readonly #slots: readonly Slot[];
  readonly #queueLimit: number;
  readonly #now: () => number;
  /** Longest idle first. */
  readonly #idle: Slot[];
  readonly #startedAtMs = new Map<Slot, number>();
  #waiters: Waiter<Slot>[] = [];
  #averageMs = INITIAL_REQUEST_MS;
  #closed = false;
  #paused = 0;
  #borrowed: AbortController | undefined;

  constructor(slots: readonly Slot[], queueLimit: number, now: () => number) {
    this.#slots = slots;
    this.#queueLimit = queueLimit;
    this.#now = now;
    this.#idle = [...slots];
  }

  get running(): number {
    return this.#startedAtMs.size;
  }

  /** Slots that evaluate now for requests: those whose request waits for its client to read stand still without being stuck. */
  get evaluating(): number {
    return this.running - this.#paused;
  }

  get queued(): number {
    return this.#waiters.length;
  }

  isBusy(slot: Slot): boolean {
    return this.#startedAtMs.has(slot);
  }

  /**
   * Resolves with a slot that the caller MUST release. Rejects with `queue_full` at once, with `draining` when the pool
   * is closed, and with the signal's reason when it aborts: then the place in the queue is free at once.
   */
  async acquire(tokens: readonly number[], signal: AbortSignal, scope = ""): Promise<Slot> {
    signal.throwIfAborted();
    if (this.#closed) throw drainingError();
    if (this.#idle.length > 0) return this.#take(tokens, scope);
    const placesSoon = this.#borrowed === undefined ? 0 : this.#slots.length;
    if (this.#waiters.length >= this.#queueLimit + placesSoon) throw this.#queueFull();
    this.#borrowed?.abort(new Error("A request came."));
    const { promise, resolve, reject } = Promise.withResolvers<Slot>();
    const waiter: Waiter<Slot> = { tokens, scope, take: resolve, refuse: reject };
    const abandon = (): void => {
      this.#waiters = this.#waiters.filter((other) => other !== waiter);
      reject(signal.reason);
    };
    this.#waiters.push(waiter);
    signal.addEventListener("abort", abandon, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  release(slot: Slot): void {
    const startedAtMs = this.#startedAtMs.get(slot);
    if (startedAtMs === undefined) return;
    this.#startedAtMs.delete(slot);
    this.#averageMs += AVERAGE_WEIGHT * (this.#now() - startedAtMs - this.#averageMs);
    this.#idle.push(slot);
    this.#serveNext();
  }

  /** All slots, for work that gives way to every request; undefined while one is used. The caller MUST give them back. */
  borrowAll(): BorrowedSlots<Slot> | undefined {
    if (this.#closed || this.#idle.length < this.#slots.length) return undefined;
    const borrowed = new AbortController();
    this.#borrowed = borrowed;
    this.#idle.length = 0;
    return {
      slots: this.#slots,
      signal: borrowed.signal,
      giveBack: () => {
        if (this.#borrowed !== borrowed) return;
        this.#borrowed = undefined;
        this.#idle.push(...this.#slots);
        while (this.#idle.length > 0 && this.#serveNext());
      },
    };
  }

  /** Holds a running request until `wait` is over; its slot stays taken. */
  async pauseFor(wait: Promise<unknown>): Promise<void> {
    this.#paused++;
    try {
      await wait;
    } finally {
      this.#paused--;
    }
  }

  /** Refuses everything that waits and everything that comes; what runs goes on. */
  close(): void {
    this.#closed = true;
    this.#borrowed?.abort(drainingError());
    for (const waiter of this.#waiters.splice(0)) waiter.refuse(drainingError());
  }

  #serveNext(): boolean {
    const next = this.#waiters.shift();
    if (next === undefined) return false;
    next.take(this.#take(next.tokens, next.scope));
    return true;
  }

  #take(tokens: readonly number[], scope: string): Slot {
    let best = { index: 0, prefix: -1, isNeighbour: false };
    for (const [index, slot] of this.#idle.entries()) {
      const common = slot.commonPrefix(tokens, scope);
      const prefix = common >= slot.heldTokens() * MIN_REUSED_SHARE ? common : 0;
      const isNeighbour = this.#isNextToBusy(slot);
      const isBetter = prefix > best.prefix || (prefix === best.prefix && isNeighbour && !best.isNeighbour);
      if (isBetter) best = { index, prefix, isNeighbour };
    }
    const [slot] = this.#idle.splice(best.index, 1);
    if (slot === undefined) throw new Error("A slot was taken while none was idle.");
    this.#startedAtMs.set(slot, this.#now());
    return slot;
  }

  #isNextToBusy({ id }: Slot): boolean {
    return this.#startedAtMs.keys().some((busy) => Math.abs(busy.id - id) === 1);
  }

  #queueFull(): SignalboxError {
    const waitMs = (this.#averageMs * (this.#waiters.length + 1)) / this.#slots.length;
    return new SignalboxError(
      "queue_full",
      `All ${this.#slots.length} slots of the model are busy and ${this.#waiters.length} requests wait already.`,
      { retryAfterMs: Math.max(Math.round(waitMs), 1_000), metadata: { queued: this.#waiters.length } },
    );
  }
}

function drainingError(): SignalboxError {
  return new SignalboxError("draining", "The model is being unloaded.");
}
