/** Fewer tokens than this are read again in a step or two. */
const MIN_TOKENS = 64;
/** Not every saved state is used again, so reading must cost so many times what saving and restoring do. */
const MIN_SAVING_ADVANTAGE = 4;
/** Both times are estimates. */
const MIN_RESTORING_ADVANTAGE = 1.5;
/** Opening, checking and clearing, however small the state is. */
const FIXED_MS = 2;

/** Measured rates of one worker. */
export interface StateRates {
  readonly bytesPerToken: number;
  readonly saveBytesPerMs: number;
  readonly restoreBytesPerMs: number;
  readonly prefillTokensPerSecond: number;
}

/** Whether a state of `heldTokens` should be saved when its last `lostTokens` are about to be overwritten. */
export function isWorthSaving(lostTokens: number, heldTokens: number, rates: StateRates): boolean {
  const bytes = heldTokens * rates.bytesPerToken;
  const costMs = 2 * FIXED_MS + bytes / rates.saveBytesPerMs + bytes / rates.restoreBytesPerMs;
  return lostTokens >= MIN_TOKENS && prefillMs(lostTokens, rates) >= costMs * MIN_SAVING_ADVANTAGE;
}

/** Whether restoring a state of `stateTokens` is sooner done than reading the `gainedTokens` that it has beyond the slot's own. */
export function isWorthRestoring(gainedTokens: number, stateTokens: number, rates: StateRates): boolean {
  const costMs = FIXED_MS + (stateTokens * rates.bytesPerToken) / rates.restoreBytesPerMs;
  return gainedTokens >= MIN_TOKENS && prefillMs(gainedTokens, rates) >= costMs * MIN_RESTORING_ADVANTAGE;
}

/** Whether another slot's state of `stateTokens` is sooner saved and restored than the `gainedTokens` are read that it has beyond what is known. */
export function isWorthCopying(gainedTokens: number, stateTokens: number, rates: StateRates): boolean {
  const bytes = stateTokens * rates.bytesPerToken;
  const costMs = 2 * FIXED_MS + bytes / rates.saveBytesPerMs + bytes / rates.restoreBytesPerMs;
  return gainedTokens >= MIN_TOKENS && prefillMs(gainedTokens, rates) >= costMs * MIN_RESTORING_ADVANTAGE;
}

function prefillMs(tokens: number, { prefillTokensPerSecond }: StateRates): number {
  return (tokens * 1_000) / prefillTokensPerSecond;
}
