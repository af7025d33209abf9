/** Contexts are counted in steps of the engine's cells. */
const STEP_TOKENS = 256;
/** Where a file does not say for how long a context it was trained. */
const MAX_CONTEXT_TOKENS = 1_048_576;

/** The most slots that a model may have. */
const MAX_SLOTS = 64;

/** The most slots, up to `limit`, for which `fits` holds; undefined when not even one does. `fits` MUST be monotone. */
export function mostSlots(fits: (slots: number) => boolean, limit = MAX_SLOTS): number | undefined {
  let none = limit + 1;
  let most = 0;
  while (none - most > 1) {
    const middle = Math.floor((most + none) / 2);
    if (fits(middle)) most = middle;
    else none = middle;
  }
  return most === 0 ? undefined : most;
}

/**
 * The longest context, in tokens per slot and a multiple of 256, for which `fits` holds; undefined when none does.
 * `fits` MUST be monotone: what fits a context fits every shorter one.
 */
export function largestContext(
  trainedTokens: number | undefined,
  fits: (contextTokens: number) => boolean,
): number | undefined {
  let none = Math.floor((trainedTokens ?? MAX_CONTEXT_TOKENS) / STEP_TOKENS) + 1;
  let most = 0;
  while (none - most > 1) {
    const middle = Math.floor((most + none) / 2);
    if (fits(middle * STEP_TOKENS)) most = middle;
    else none = middle;
  }
  return most === 0 ? undefined : most * STEP_TOKENS;
}
