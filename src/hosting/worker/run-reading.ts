import type { Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { vocabularySizeOf } from "./load-engine.ts";
import type { Reader, ReaderSlot } from "./load-reader.ts";
import type { EmbeddingRequest, RerankRequest } from "./parse-reading-request.ts";
import type { SlotPool } from "./slot-pool.ts";
import { truncateVector, unitVector } from "./unit-vector.ts";

/** What one request led to, in the order of its inputs, and the tokens that were read for it. */
export interface ReadingResult<Value> {
  readonly values: readonly Value[];
  readonly promptTokens: number;
}

/** Serves requests with one loaded model that reads. */
export class ReadingRunner {
  readonly reader: Reader;
  readonly #pool: SlotPool<ReaderSlot>;
  /** Tokens that the vocabulary has; a larger number would end the process. */
  readonly #vocabularySize: number;

  constructor(reader: Reader, pool: SlotPool<ReaderSlot>) {
    this.reader = reader;
    this.#pool = pool;
    this.#vocabularySize = vocabularySizeOf(reader.model);
  }

  /** The unit vector of each input. Throws SignalboxError before anything is read, or the signal's reason between two inputs. */
  async embed(
    { inputs, dimensions }: EmbeddingRequest,
    signal: AbortSignal,
  ): Promise<ReadingResult<readonly number[]>> {
    const { embedder, model } = this.reader;
    if (embedder === undefined) throw wrongModel("makes no embeddings");
    const shorten = truncateVector(model, dimensions);
    const texts = inputs.map((input, index) => this.#known(input, index));
    const lengths = texts.map((text, index) => this.#fitting(embedder.lengthOf(copyOf(text)), `input[${index}]`));
    return await this.#readAll(lengths, signal, async (index) =>
      unitVector(shorten(await embedder.vectorOf(copyOf(texts[index] ?? "")))),
    );
  }

  /** The score of each document, from 0 to 1. Throws as `embed` does. */
  async rank({ query, documents }: RerankRequest, signal: AbortSignal): Promise<ReadingResult<number>> {
    const { ranker } = this.reader;
    if (ranker === undefined) throw wrongModel("ranks no documents");
    const lengths = documents.map((document, index) =>
      this.#fitting(ranker.lengthOf(query, document), `documents[${index}]`),
    );
    return await this.#readAll(lengths, signal, (index) => ranker.scoreOf(query, documents[index] ?? ""));
  }

  /** Reads one text after the other; between two of them other requests have their turn, and a cancel is noticed. */
  async #readAll<Value>(
    lengths: readonly number[],
    signal: AbortSignal,
    read: (index: number) => Promise<Value>,
  ): Promise<ReadingResult<Value>> {
    const slot = await this.#pool.acquire([], signal);
    try {
      const values: Value[] = [];
      for (const [index, tokens] of lengths.entries()) {
        signal.throwIfAborted();
        const startedAtMs = performance.now();
        values.push(await read(index));
        this.reader.record(tokens, performance.now() - startedAtMs);
      }
      return { values, promptTokens: lengths.reduce((sum, tokens) => sum + tokens, 0) };
    } finally {
      this.#pool.release(slot);
    }
  }

  #fitting(tokens: number, param: string): number {
    const { contextTokens } = this.reader;
    if (tokens <= contextTokens) return tokens;
    const message = `\`${param}\` has ${tokens} tokens, and the model's context holds ${contextTokens}.`;
    throw new SignalboxError("context_length_exceeded", message, {
      param,
      metadata: { context_tokens: contextTokens, prompt_tokens: tokens },
    });
  }

  #known(input: string | readonly number[], index: number): string | readonly number[] {
    const wrong = typeof input === "string" ? -1 : input.findIndex((token) => token >= this.#vocabularySize);
    if (wrong < 0) return input;
    const param = `input[${index}]`;
    const message = `\`${param}\` has a token beyond the model's vocabulary of ${this.#vocabularySize}.`;
    throw new SignalboxError("invalid_request", message, { param });
  }
}

/** The engine adds its own tokens to the list that it is given. */
function copyOf(text: string | readonly number[]): string | Token[] {
  return typeof text === "string" ? text : ([...text] as Token[]);
}

function wrongModel(what: string): SignalboxError {
  return new SignalboxError("unsupported_parameter", `This model ${what}.`, { param: "model" });
}
