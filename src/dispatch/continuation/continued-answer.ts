import type { InferenceEvent } from "../../core/inference-event.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import { stopsOf } from "./continuing-request.ts";
import { Seam } from "./seam.ts";
import { WrittenText } from "./written-text.ts";

/** Finds who goes on with an answer of which the caller has `text`; rejects with what the caller is to be told where nobody does. */
export type FindRest = (thrown: unknown, text: string) => Promise<InferenceExecution>;

const decoder = new TextDecoder();

/** Who reads an answer may close it early. */
type Events = AsyncIterator<InferenceEvent>;

/**
 * The events of an answer, and where it breaks off those of the one that goes on with it, as one message. What is
 * passed on of the first part is passed on as it came. Closing it closes whoever is answering.
 */
export class ContinuedAnswer implements AsyncIterableIterator<InferenceEvent> {
  /** Who goes on; absent while nobody had to. */
  rest: InferenceExecution | undefined;
  readonly #request: InferenceRequest;
  readonly #findRest: FindRest;
  readonly #written: WrittenText;
  #events: Events;
  #head: Uint8Array | undefined;
  #seam: Seam | undefined;
  #ready: InferenceEvent[] = [];
  #isOver = false;

  constructor(events: AsyncIterable<InferenceEvent>, request: InferenceRequest, findRest: FindRest) {
    this.#events = events[Symbol.asyncIterator]();
    this.#request = request;
    this.#findRest = findRest;
    this.#written = new WrittenText(request.kind);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<InferenceEvent>> {
    for (;;) {
      const ready = this.#ready.shift();
      if (ready !== undefined) return { done: false, value: ready };
      if (this.#isOver) return { done: true, value: undefined };
      await this.#read();
    }
  }

  async return(): Promise<IteratorResult<InferenceEvent>> {
    this.#ready = [];
    this.#isOver = true;
    await this.#events.return?.();
    return { done: true, value: undefined };
  }

  async #read(): Promise<void> {
    let result: IteratorResult<InferenceEvent>;
    try {
      result = await this.#events.next();
    } catch (thrown) {
      // Whoever goes on looks after its own end.
      return await this.#goOn(thrown);
    }
    if (result.done === true) {
      this.#isOver = true;
      this.#ready.push(...(this.#seam?.flush() ?? []));
    } else if (this.#seam === undefined) {
      this.#head ??= result.value.json;
      this.#written.observe(result.value);
      this.#ready.push(result.value);
    } else {
      const { events, isStopped } = this.#seam.push(result.value);
      if (isStopped) await this.return();
      this.#ready.push(...events);
    }
  }

  async #goOn(thrown: unknown): Promise<void> {
    const text = this.#seam === undefined ? this.#written.unfinished : undefined;
    if (text === undefined || this.#head === undefined) {
      this.#isOver = true;
      throw thrown;
    }
    const rest = await this.#findRest(thrown, text).catch((error: unknown) => {
      this.#isOver = true;
      throw error;
    });
    this.rest = rest;
    this.#events = rest.events[Symbol.asyncIterator]();
    // Closed while somebody was looked for: nobody else would close who was found.
    if (this.#isOver) return void (await this.#events.return?.());
    const { id, created } = JSON.parse(decoder.decode(this.#head)) as Readonly<Record<"id" | "created", unknown>>;
    const { continues, kind, body } = this.#request;
    const given = (continues?.text ?? "") + text;
    this.#seam = new Seam({ kind, text: given, stops: stopsOf(body), head: { id, created } });
  }
}
