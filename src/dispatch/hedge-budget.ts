/** Second attempts that may be asked for at once after a quiet time. */
const MAX_SAVED = 10;

/** Second attempts for each request in the long run. */
const SHARE = 0.1;

/**
 * Keeps hedging a remedy for the few slow answers: when every answer is late, because everything is busy, asking twice
 * would make everything busier.
 */
export class HedgeBudget {
  #saved = MAX_SAVED;

  /** One more request that may be hedged. */
  earn(): void {
    this.#saved = Math.min(MAX_SAVED, this.#saved + SHARE);
  }

  /** Whether a second endpoint may be asked now; if so, that is counted. */
  spend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
