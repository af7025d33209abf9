import type { Clock } from "../../core/clock.ts";
import type { Giveable } from "../worker-protocol.ts";

/** A worker answers at once; one that evaluates has its context in use and says so. */
const WAIT_MS = 5_000;

/** Those who wait for a worker's answer to whether it gave memory back. */
export class GivenBack {
  readonly #clock: Clock;
  readonly #waiting = new Set<{ readonly what: Giveable; answer(isGiven: boolean): void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves with the next answer about `what`; with false after 5 s without one. */
  wait(what: Giveable): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (isGiven: boolean): void => {
        cancelTimer();
        this.#waiting.delete(waiter);
        resolve(isGiven);
      };
      const cancelTimer = this.#clock.after(WAIT_MS, () => answer(false));
      const waiter = { what, answer };
      this.#waiting.add(waiter);
    });
  }

  answer(what: Giveable, isGiven: boolean): void {
    for (const waiter of [...this.#waiting]) if (waiter.what === what) waiter.answer(isGiven);
  }

  /** The process is gone: there is nothing to come. */
  end(): void {
    for (const waiter of [...this.#waiting]) waiter.answer(false);
  }
}
