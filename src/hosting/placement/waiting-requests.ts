import { toAbortError, type SignalboxError } from "../../core/errors.ts";

interface Waiting {
  grant(): void;
  refuse(error: SignalboxError): void;
}

/** The requests that wait for placement's word, by the ids under which it knows them. Placement bounds how many. */
export class WaitingRequests {
  readonly #waiting = new Map<number, Waiting>();
  #newestId = 0;

  /**
   * Waits for the word on a new request: `ask` brings its id to placement, `onAbandoned` says that it has gone away.
   * Resolves when it is granted; rejects with the refusal, or with the signal's own error.
   */
  wait(signal: AbortSignal, ask: (id: number) => void, onAbandoned: (id: number) => void): Promise<void> {
    this.#newestId += 1;
    const id = this.#newestId;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(id);
        signal.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(toAbortError(signal));
        onAbandoned(id);
      };
      this.#waiting.set(id, {
        grant: () => {
          leave();
          resolve();
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      });
      signal.addEventListener("abort", onAbort, { once: true });
      ask(id);
    });
  }

  grant(ids: readonly number[]): void {
    for (const id of ids) this.#waiting.get(id)?.grant();
  }

  refuse(ids: readonly number[], error: SignalboxError): void {
    for (const id of ids) this.#waiting.get(id)?.refuse(error);
  }
}
