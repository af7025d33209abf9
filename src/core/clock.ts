/**
 * Time as a port, so that every decision that depends on it can be replayed.
 * Durations are always measured with `monotonicMs`: the wall clock may jump.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. May jump in both directions. */
  wallMs(): number;
  /** Milliseconds since an arbitrary start, never going back. */
  monotonicMs(): number;
  /** Calls `callback` once after `delayMs`. The returned function cancels it and may be called at any time. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Chance as a port. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}
