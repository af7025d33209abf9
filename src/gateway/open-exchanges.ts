import type { Clock } from "../core/clock.ts";
import type { SignalboxError } from "../core/errors.ts";
import type { Exchange } from "./exchange.ts";

/** The requests that are being answered now, so that a stop can wait for them or end them. */
export class OpenExchanges {
  readonly #open = new Set<Exchange>();
  readonly #waiters = new Set<() => void>();

  get size(): number {
    return this.#open.size;
  }

  add(exchange: Exchange): void {
    this.#open.add(exchange);
  }

  delete(exchange: Exchange): void {
    this.#open.delete(exchange);
    if (this.#open.size > 0) return;
    for (const wake of this.#waiters) wake();
  }

  abortAll(reason: SignalboxError): void {
    for (const exchange of this.#open) exchange.abort(reason);
  }

  /** Resolves with whether none is open, at the latest after `waitMs`. */
  whenEmpty(clock: Clock, waitMs: number): Promise<boolean> {
    if (this.#open.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel();
        this.#waiters.delete(finish);
        resolve(this.#open.size === 0);
      };
      const cancel = clock.after(waitMs, finish);
      this.#waiters.add(finish);
    });
  }
}
