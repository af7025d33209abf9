/**
 * Tokens of one prefill step of a model that writes: of the sizes measured, the largest that keeps a cancel within 100 ms
 * on a small model.
 */
export const PREFILL_CHUNK_TOKENS = 128;

/** Tokens of a text that are scored in one step: the results for every word are kept for each of them, twice. */
export const SCORED_TOKENS = 32;

/** How a model is to be used, as it is configured. */
export interface ContextWish {
  /** It makes vectors or scores of texts, and writes none. */
  readonly reads: boolean;
  /** Of one text or conversation. */
  readonly contextTokens: number;
  /** Requests at a time. */
  readonly slots: number;
  readonly prefillChunkTokens: number;
}

/** The context that the engine is asked for. */
export interface ContextPlan {
  /** Of each sequence. */
  readonly contextTokens: number;
  /** Each has cells of its own. */
  readonly sequences: number;
  /** Tokens that one step evaluates at most; buffers are made for as many. */
  readonly batchTokens: number;
  /** Tokens of one step for which a model that writes keeps the results for every word; 0 for one that reads. */
  readonly scoredTokens: number;
}

/**
 * What the worker has the engine allocate, and the estimate counts: the one place for both.
 *
 * A model that writes has a sequence for each slot; one chunk of a prompt and a token of every other slot fit in one
 * step, so that no step takes longer than that. A model that reads takes one text at a time, whoever asks, so slots cost
 * it nothing; the engine pools within one step, so a text has to fit into one, and wants a context larger than the text.
 */
export function planContext({ reads, contextTokens, slots, prefillChunkTokens }: ContextWish): ContextPlan {
  const batchTokens = prefillChunkTokens + slots;
  return reads
    ? { contextTokens: contextTokens + 1, sequences: 1, batchTokens: contextTokens + 1, scoredTokens: 0 }
    : { contextTokens, sequences: slots, batchTokens, scoredTokens: Math.min(batchTokens, SCORED_TOKENS + slots) };
}
