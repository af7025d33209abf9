import type { ChatEvent } from "../core/chat-event.ts";
import { costMicroUsd, type Price, type Usage } from "../core/usage.ts";

/** Bytes of answer JSON that count as one token where the server did not count: about the average of English text. */
const BYTES_PER_TOKEN = 4;

/**
 * Counts what one answer used, from what was received. A count that the server states wins; without one the prompt's
 * estimate and the received content are billed, so that an answer is never free because its usage was missing or the
 * client left early.
 */
export class UsageMeter {
  readonly #estimatedPromptTokens: number;
  #stated: Usage | undefined;
  #contentChunks = 0;
  #answerBytes = 0;
  #finishReason: string | undefined;

  constructor(estimatedPromptTokens: number) {
    this.#estimatedPromptTokens = estimatedPromptTokens;
  }

  observe(event: ChatEvent): void {
    if (event.usage !== undefined) this.#stated = event.usage;
    if (event.finishReason !== undefined) this.#finishReason = event.finishReason;
    if (event.kind === "answer") this.#answerBytes = event.json.byteLength;
    else if (event.hasContent) this.#contentChunks += 1;
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
    return this.#stated?.completionTokens ?? (this.#contentChunks || Math.ceil(this.#answerBytes / BYTES_PER_TOKEN));
  }

  /** The usage of the answer, `measured` only where the server stated both counts. */
  usage(): Usage & { readonly promptTokens: number; readonly completionTokens: number } {
    const stated = this.#stated;
    const complete = stated?.promptTokens !== undefined && stated.completionTokens !== undefined;
    return {
      ...stated,
      promptTokens: stated?.promptTokens ?? this.#estimatedPromptTokens,
      completionTokens: this.completionTokens,
      basis: complete ? stated.basis : "estimated",
    };
  }

  /** The price of the usage in micro-USD; absent for an unknown price. */
  cost(price: Price | undefined): number | undefined {
    return price === undefined ? undefined : costMicroUsd(price, this.usage());
  }
}
