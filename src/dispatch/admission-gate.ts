import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";

/** The place of one request at an endpoint. */
export interface Lease {
  /** How long the request waited for it. */
  readonly queueMs: number;
  /** Gives the place to the next in line. Calling it again does nothing. */
  release(): void;
}

/** What a request brings along when it asks for a place. */
export interface Entry {
  readonly endpointId: string;
  readonly promptTokens: number;
  readonly signal: AbortSignal;
  /** The longest wait; after it the request is refused with `deadline_exceeded`. */
  readonly maxWaitMs: number;
  /** For a refusal: when a place is expected to be free. Absent when nobody can tell. */
  readonly expectedWaitMs?: number;
}

interface Waiter {
  readonly entry: Entry;
  readonly sinceMs: number;
  grant(): void;
}

/** When nothing better is known, a refused caller is asked to wait this long. */
const DEFAULT_RETRY_AFTER_MS = 1_000;

/**
 * The bounded door of one endpoint: at most `slots` requests inside, at most `queueLimit` waiting in order of arrival.
 * A waiter leaves the queue at once when its caller goes away or its time is up.
 */
export class AdmissionGate {
  readonly #slots: number;
  readonly #queueLimit: number;
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  #running = 0;
  #queuedPromptTokens = 0;

  constructor(options: { readonly slots: number; readonly queueLimit: number; readonly clock: Clock }) {
    this.#slots = options.slots;
    this.#queueLimit = options.queueLimit;
    this.#clock = options.clock;
  }

  /** What stands before the next request. */
  load(): {
    readonly running: number;
    readonly queued: number;
    readonly queuedPromptTokens: number;
    readonly queueLimit: number;
  } {
    return {
      running: this.#running,
      queued: this.#waiters.size,
      queuedPromptTokens: this.#queuedPromptTokens,
      queueLimit: this.#queueLimit,
    };
  }

  /** Whether a request that came now would be refused. */
  isFull(): boolean {
    return this.#running >= this.#slots && this.#waiters.size >= this.#queueLimit;
  }

  /** Resolves with a place. Rejects with `queue_full`, `deadline_exceeded` or `client_closed_request`. */
  enter(entry: Entry): Promise<Lease> {
    if (entry.signal.aborted) return Promise.reject(closedByClient());
    if (this.#running < this.#slots && this.#waiters.size === 0) {
      this.#running += 1;
      return Promise.resolve(this.#leaseSince(this.#clock.monotonicMs()));
    }
    if (this.isFull()) return Promise.reject(this.fullError(entry));
    return this.#wait(entry);
  }

  /** The refusal of a request that finds the gate full. */
  fullError(entry: Pick<Entry, "endpointId" | "expectedWaitMs">): SignalboxError {
    const retryAfterMs = entry.expectedWaitMs ?? DEFAULT_RETRY_AFTER_MS;
    return new SignalboxError(
      "queue_full",
      `${entry.endpointId} answers ${this.#running} requests and ${this.#waiters.size} more are waiting, which is its limit.`,
      { retryAfterMs },
    );
  }

  #wait(entry: Entry): Promise<Lease> {
    return new Promise<Lease>((resolve, reject) => {
      const leave = (): void => {
        if (!this.#waiters.delete(waiter)) return;
        this.#queuedPromptTokens -= entry.promptTokens;
        cancelTimer();
        entry.signal.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(closedByClient());
      };
      const cancelTimer = this.#clock.after(entry.maxWaitMs, () => {
        leave();
        const waited = `The request waited ${Math.round(entry.maxWaitMs)} ms for a place at ${entry.endpointId}.`;
        reject(new SignalboxError("deadline_exceeded", waited));
      });
      const waiter: Waiter = {
        entry,
        sinceMs: this.#clock.monotonicMs(),
        grant: () => {
          leave();
          this.#running += 1;
          resolve(this.#leaseSince(waiter.sinceMs));
        },
      };
      this.#waiters.add(waiter);
      this.#queuedPromptTokens += entry.promptTokens;
      entry.signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leaseSince(sinceMs: number): Lease {
    let held = true;
    return {
      queueMs: this.#clock.monotonicMs() - sinceMs,
      release: () => {
        if (!held) return;
        held = false;
        this.#running -= 1;
        const [next] = this.#waiters;
        next?.grant();
      },
    };
  }
}

function closedByClient(): SignalboxError {
  return new SignalboxError("client_closed_request", "The client went away while the request was waiting.");
}
