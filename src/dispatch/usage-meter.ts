import type { InferenceEvent } from "../core/inference-event.ts";
import { costMicroUsd, type Price, type Usage } from "../core/usage.ts";

/** Bytes of answer JSON that count as one token where the server did not count: about the average of English text. */
const BYTES_PER_TOKEN = 4;

/** What is known of a request before its answer. */
export interface MeteredRequest {
  readonly estimatedPromptTokens: number;
  /** Texts that are read apart from each other, each within the context. */
  readonly inputCount: number;
  /** Whether the answer has tokens. */
  readonly writesText: boolean;
  /** Answers asked for. */
  readonly choiceCount: number;
  /** Pictures in the prompt. */
  readonly imageCount?: number;
  /** Tokens that prompt and answer may have together; a larger count is not believed. Absent: unknown, no bound. */
  readonly contextTokens?: number;
}

/**
 * Counts what one answer used, from what was received. A count that the server states wins where it is possible at
 * all; without one the prompt's estimate and the received content are billed, so that an answer is never free because
 * its usage was missing, early or wrong, or the client left.
 */
export class UsageMeter {
  readonly #request: MeteredRequest;
  #stated: Usage | undefined;
  #contentChunks = 0;
  #chunksSinceStated = 0;
  #answerBytes = 0;
  #finishReason: string | undefined;

  constructor(request: MeteredRequest) {
    this.#request = request;
  }

  observe(event: InferenceEvent): void {
    if (event.finishReason !== undefined) this.#finishReason = event.finishReason;
    if (event.kind === "answer") this.#answerBytes = event.json.byteLength;
    else if (event.hasContent) {
      this.#contentChunks += 1;
      this.#chunksSinceStated += 1;
    }
    if (event.usage === undefined) return;
    this.#stated = this.#believable(event.usage);
    this.#chunksSinceStated = 0;
  }

  /** Why the answer ended, as the endpoint said it. */
  get finishReason(): string | undefined {
    return this.#finishReason;
  }

  /** Whether anything that costs was received. */
  get received(): boolean {
    return this.#stated !== undefined || this.#contentChunks > 0 || this.#answerBytes > 0;
  }

  /** Content received so far, in tokens: stated, or counted here. */
  get completionTokens(): number {
    if (!this.#request.writesText) return 0;
    const stated = this.#stated?.completionTokens;
    // Some servers state the usage with the first chunk alone; what came after it counts too.
    if (stated !== undefined) return stated + this.#chunksSinceStated;
    return this.#contentChunks || Math.ceil(this.#answerBytes / BYTES_PER_TOKEN);
  }

  /** The usage of the answer, `measured` only where the server stated both counts for all of it. */
  usage(): Usage & { readonly promptTokens: number; readonly completionTokens: number } {
    const stated = this.#stated;
    const isWhole =
      stated?.promptTokens !== undefined && stated.completionTokens !== undefined && this.#chunksSinceStated === 0;
    return {
      ...stated,
      promptTokens: stated?.promptTokens ?? this.#request.estimatedPromptTokens,
      completionTokens: this.completionTokens,
      basis: isWhole ? stated.basis : "estimated",
    };
  }

  /** The price of the usage in micro-USD; absent for an unknown price. */
  cost(price: Price | undefined): number | undefined {
    return price === undefined
      ? undefined
      : costMicroUsd(price, { ...this.usage(), imageCount: this.#request.imageCount ?? 0 });
  }

  /** The counts without those that the model's context can't hold. */
  #believable(stated: Usage): Usage {
    const { contextTokens = Infinity, choiceCount, inputCount, writesText } = this.#request;
    const { promptTokens, completionTokens, ...others } = stated;
    return {
      ...others,
      ...(promptTokens === undefined || promptTokens > contextTokens * inputCount ? {} : { promptTokens }),
      ...(completionTokens === undefined || completionTokens > contextTokens * choiceCount ? {} : { completionTokens }),
      ...(writesText ? {} : { completionTokens: 0 }),
    };
  }
}
