import type { InferenceEvent } from "../core/inference-event.ts";

/** How the reading of an answer ended. */
export type AnswerEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "closed" };

/**
 * An answer that has begun: the events already read, then the rest of the endpoint's. `settle` runs exactly once,
 * however the reading ends, also when it is closed before it began; the reader sees the end only after it.
 */
export class AnswerStream implements AsyncIterableIterator<InferenceEvent> {
  readonly #begun: InferenceEvent[];
  readonly #rest: AsyncIterator<InferenceEvent>;
  readonly #settle: (end: AnswerEnd) => Promise<void>;
  #settled: Promise<void> | undefined;

  constructor(
    begun: readonly InferenceEvent[],
    rest: AsyncIterator<InferenceEvent>,
    settle: (end: AnswerEnd) => Promise<void>,
  ) {
    this.#begun = [...begun];
    this.#rest = rest;
    this.#settle = settle;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<InferenceEvent>> {
    const begun = this.#begun.shift();
    if (begun !== undefined) return { done: false, value: begun };
    if (this.#settled !== undefined) return { done: true, value: undefined };
    try {
      const result = await this.#rest.next();
      if (result.done !== true) return result;
    } catch (error) {
      await this.#end({ kind: "failed", error });
      throw error;
    }
    await this.#end({ kind: "complete" });
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<InferenceEvent>> {
    this.#begun.length = 0;
    if (this.#settled === undefined) {
      try {
        await this.#rest.return?.();
      } finally {
        await this.#end({ kind: "closed" });
      }
    }
    return { done: true, value: undefined };
  }

  #end(end: AnswerEnd): Promise<void> {
    this.#settled ??= this.#settle(end);
    return this.#settled;
  }
}
