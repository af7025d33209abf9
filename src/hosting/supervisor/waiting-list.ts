import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";

interface Waiter {
  grant(socketPath: string): void;
  refuse(error: SignalboxError): void;
}

/** Requests that may wait for one model to load; how many are admitted in all is bounded before. */
const MAX_WAITERS = 4_096;

/** The requests that wait for one model. Whoever goes away leaves at once. */
export class WaitingList {
  readonly #modelId: ModelId;
  readonly #waiters = new Set<Waiter>();

  constructor(modelId: ModelId) {
    this.#modelId = modelId;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** Settles at the next `grantAll` or `refuseAll`, or rejects with the signal's own error when it aborts. */
  wait(signal: AbortSignal): Promise<{ readonly socketPath: string }> {
    if (signal.aborted) return Promise.reject(abandoned(signal));
    if (this.#waiters.size >= MAX_WAITERS) {
      const message = `${MAX_WAITERS} requests wait for ${this.#modelId} to load, which is the limit.`;
      return Promise.reject(new SignalboxError("queue_full", message));
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiters.delete(waiter);
        signal.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(abandoned(signal));
      };
      const waiter: Waiter = {
        grant: (socketPath) => {
          leave();
          resolve({ socketPath });
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      this.#waiters.add(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  grantAll(socketPath: string): void {
    for (const waiter of [...this.#waiters]) waiter.grant(socketPath);
  }

  refuseAll(error: SignalboxError): void {
    for (const waiter of [...this.#waiters]) waiter.refuse(error);
  }
}

function abandoned(signal: AbortSignal): SignalboxError {
  return signal.reason instanceof SignalboxError
    ? signal.reason
    : new SignalboxError("client_closed_request", "The request ended before the model was loaded.");
}
