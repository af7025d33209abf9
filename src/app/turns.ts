import { SignalboxError } from "../core/errors.ts";

/** Changes that run or wait, one at a time: whoever comes then is served by one of those that wait. */
const MAX_OPEN_TURNS = 8;

/** What a caller beyond that is asked to wait: about as long as a change takes. */
const TURN_RETRY_MS = 1_000;

/** Changes of the configuration, one after the other in the order in which they were asked for. */
export class Turns {
  #open = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `change` when those before it have ended. Rejects with `rate_limited` when too many wait, else as `change` does. */
  take<Result>(change: () => Promise<Result>): Promise<Result> {
    if (this.#open >= MAX_OPEN_TURNS) {
      const message = `${this.#open} changes of the configuration are under way, which is the limit.`;
      return Promise.reject(new SignalboxError("rate_limited", message, { retryAfterMs: TURN_RETRY_MS }));
    }
    this.#open += 1;
    const turn = this.#last.then(change).finally(() => {
      this.#open -= 1;
    });
    this.#last = turn.catch(() => undefined); // Whoever asked for it hears of its failure.
    return turn;
  }

  /** Resolves when every change that was asked for has ended. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
