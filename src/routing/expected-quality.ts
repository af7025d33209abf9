import { PRIOR_QUALITY } from "./priors.ts";

/** A request of this difficulty is answered as well as the model's stated quality says. */
const ORDINARY_DIFFICULTY = 0.5;

/** Nothing is so easy that all models are alike. */
const MIN_EXPONENT = 0.1;

/**
 * How good an answer to expect, 0 to 1: `quality` raised to twice the difficulty. So a stated quality of 0.8 and one of 0.2
 * are hardly told apart by the easiest requests, count as stated for ordinary ones and for those whose difficulty nobody
 * knows, and are furthest apart in proportion for the hardest. Never better for the worse of two models, nor for the harder
 * of two requests. The form is an assumption; this is the one place to fit it to data.
 */
export function expectedQuality(quality: number | undefined, difficulty: number | undefined): number {
  const stated = quality ?? PRIOR_QUALITY;
  if (difficulty === undefined || difficulty === ORDINARY_DIFFICULTY) return stated;
  return stated ** Math.max(MIN_EXPONENT, difficulty / ORDINARY_DIFFICULTY);
}
