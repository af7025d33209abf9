/** How long one step of reading a prompt may take while no other slot writes: a cancel waits for it. */
const STEP_MS = 250;
/** The least time a step takes while others write; shorter ones would read the weights for a few tokens only. */
const MIN_SHARED_STEP_MS = 50;

/** Steps of fewer tokens read a fifth slower and more, as the weights are read again for each (measured on a CPU). */
const MIN_CHUNK_TOKENS = 32;
/** The same where others write meanwhile: they wait for it with each of their tokens. */
const MIN_SHARED_CHUNK_TOKENS = 8;

/** What the size of the next step of a prompt depends on. */
export interface PrefillLoad {
  /** Measured; absent where nothing was measured yet. */
  readonly tokensPerSecond?: number | undefined;
  /** The most that a step may evaluate. */
  readonly maxTokens: number;
  /** How long the slots that write took for a token each, lately; 0: none writes. */
  readonly decodeRoundMs: number;
  /** Slots that read prompts, this one included. */
  readonly prefillingSlots: number;
}

/**
 * Tokens of the next step. Alone a prompt is read in steps of a quarter of a second. While other slots write, all steps
 * of prompts between two of their tokens together take about as long as such a token itself, so that whoever writes
 * keeps half of its speed whatever is read beside it.
 */
export function prefillChunk({ tokensPerSecond, maxTokens, decodeRoundMs, prefillingSlots }: PrefillLoad): number {
  const isShared = decodeRoundMs > 0;
  const minTokens = isShared ? MIN_SHARED_CHUNK_TOKENS : MIN_CHUNK_TOKENS;
  if (tokensPerSecond === undefined) return isShared ? Math.min(maxTokens, minTokens) : maxTokens;
  const sharedMs = Math.min(STEP_MS, Math.max(MIN_SHARED_STEP_MS, decodeRoundMs) / Math.max(1, prefillingSlots));
  const inTime = Math.floor((tokensPerSecond * (isShared ? sharedMs : STEP_MS)) / 1_000);
  return Math.min(maxTokens, Math.max(minTokens, inTime));
}
