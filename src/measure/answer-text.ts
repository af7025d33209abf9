import type { InferenceEvent } from "../core/inference-event.ts";

/** The text of a message, in a stream or whole. @see https://platform.openai.com/docs/api-reference/chat */
interface Answered {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null };
    readonly message?: { readonly content?: string | null };
  }[];
}

/** Puts the text of a chat's answer together while its events pass by. */
export class AnswerText {
  readonly #maxCharacters: number;
  readonly #decoder = new TextDecoder();
  #text = "";
  #isGivenUp = false;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Never throws: whatever is odd about an answer is its reader's to see. */
  observe({ json }: InferenceEvent): void {
    if (this.#isGivenUp) return;
    try {
      const [choice] = (JSON.parse(this.#decoder.decode(json)) as Answered).choices ?? [];
      this.#text += choice?.delta?.content ?? choice?.message?.content ?? "";
    } catch {
      this.#isGivenUp = true; // Not JSON: it has no text that could be compared.
    }
    if (this.#text.length > this.#maxCharacters) this.#isGivenUp = true;
    if (this.#isGivenUp) this.#text = "";
  }

  /** Nothing for an answer that is empty, longer than was allowed, or none that can be read. */
  text(): string | undefined {
    return this.#text.trim() === "" ? undefined : this.#text;
  }
}

/** The same events, read as they are asked for; `onEvent` sees each, `onEnd` the end of a whole answer. Neither may throw. */
export class ObservedEvents implements AsyncIterableIterator<InferenceEvent> {
  readonly #events: AsyncIterator<InferenceEvent>;
  readonly #onEvent: (event: InferenceEvent) => void;
  readonly #onEnd: () => void;

  constructor(events: AsyncIterable<InferenceEvent>, onEvent: (event: InferenceEvent) => void, onEnd: () => void) {
    this.#events = events[Symbol.asyncIterator]();
    this.#onEvent = onEvent;
    this.#onEnd = onEnd;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<InferenceEvent>> {
    const result = await this.#events.next();
    if (result.done === true) this.#onEnd();
    else this.#onEvent(result.value);
    return result;
  }

  /** Closes the events behind it, also where none was asked for. */
  async return(): Promise<IteratorResult<InferenceEvent>> {
    await this.#events.return?.();
    return { done: true, value: undefined };
  }
}
