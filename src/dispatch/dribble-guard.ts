import { SignalboxError } from "../core/errors.ts";
import type { InferenceEvent } from "../core/inference-event.ts";

/** A pause of this length before a small piece is slow: a person reads an answer ten times as fast. */
const SLOW_PAUSE_MS = 3_000;

/** So many slow pieces one after the other, half a minute at the least, are no answer any more. A single pause is one. */
const MAX_SLOW_PIECES = 10;

/** A chunk of fewer bytes holds only a few tokens; a larger one was gathered, which takes time and is not slow. */
const SMALL_PIECE_BYTES = 1_024;

/**
 * Notices an endpoint that goes on answering but so slowly that nobody is served: neither the limit of silence nor the one
 * of the first content catches it. Only time spent waiting for the endpoint counts, not a slow reader's.
 */
export class DribbleGuard {
  readonly #who: string;
  #pauseMs = 0;
  #slowPieces = 0;

  constructor(who: string) {
    this.#who = who;
  }

  /** To be called with each event and the time that it was waited for. Throws `upstream_timeout` once it is too slow. */
  observe(event: InferenceEvent, waitedMs: number): void {
    this.#pauseMs += waitedMs;
    if (event.kind !== "chunk" || !event.hasContent) return;
    const isSlow = this.#pauseMs >= SLOW_PAUSE_MS && event.json.byteLength < SMALL_PIECE_BYTES;
    this.#pauseMs = 0;
    this.#slowPieces = isSlow ? this.#slowPieces + 1 : 0;
    if (this.#slowPieces < MAX_SLOW_PIECES) return;
    const seconds = SLOW_PAUSE_MS / 1_000;
    throw new SignalboxError(
      "upstream_timeout",
      `${this.#who} became too slow: each of its last ${MAX_SLOW_PIECES} pieces took ${seconds} s or more.`,
    );
  }
}
