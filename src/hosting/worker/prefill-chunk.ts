/** How long one step of reading a prompt may take: a cancel, and another slot's next token, wait for it. */
const STEP_MS = 250;

/** Steps of fewer tokens read a fifth slower and more, as the weights are read again for each (measured on a CPU). */
const MIN_CHUNK_TOKENS = 32;

/** Tokens of the next step, for a model that reads `tokensPerSecond`; `maxTokens` where nothing was measured yet. */
export function prefillChunk(tokensPerSecond: number | undefined, maxTokens: number): number {
  if (tokensPerSecond === undefined) return maxTokens;
  const inTime = Math.floor((tokensPerSecond * STEP_MS) / 1_000);
  return Math.min(maxTokens, Math.max(MIN_CHUNK_TOKENS, inTime));
}
