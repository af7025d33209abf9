/** What one piece of text led to: text that is safe to pass on, and the first watched text in it, if any. */
export interface WatchedText {
  readonly text: string;
  readonly hit?: { readonly watched: string; readonly after: string };
}

/**
 * Finds texts in a stream of pieces whatever the borders between pieces. Text that may turn out to be the start of a
 * watched text is held back until that is decided, so a watched text is never passed on even in part.
 */
export class TextWatcher {
  readonly #watched: readonly string[];
  #held = "";

  constructor(watched: readonly string[]) {
    this.#watched = watched.filter((text) => text !== "");
  }

  /** Characters held back. */
  get heldLength(): number {
    return this.#held.length;
  }

  /** Takes the next piece. After a hit the caller goes on with `after` and with a watcher of its choice. */
  push(piece: string): WatchedText {
    if (this.#watched.length === 0) return { text: piece };
    const buffer = this.#held + piece;
    const hit = this.#firstHit(buffer);
    if (hit !== undefined) {
      this.#held = "";
      const after = buffer.slice(hit.index + hit.watched.length);
      return { text: buffer.slice(0, hit.index), hit: { watched: hit.watched, after } };
    }
    const keep = this.#undecidedLength(buffer);
    this.#held = buffer.slice(buffer.length - keep);
    return { text: buffer.slice(0, buffer.length - keep) };
  }

  /** What was held back; to be passed on when the stream has ended. */
  flush(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }

  #firstHit(buffer: string): { readonly index: number; readonly watched: string } | undefined {
    let first: { readonly index: number; readonly watched: string } | undefined;
    for (const watched of this.#watched) {
      const index = buffer.indexOf(watched);
      if (index < 0) continue;
      const earlier = first === undefined || index < first.index;
      const longer = first !== undefined && index === first.index && watched.length > first.watched.length;
      if (earlier || longer) first = { index, watched };
    }
    return first;
  }

  /** Length of the longest end of `buffer` that is a beginning of a watched text. */
  #undecidedLength(buffer: string): number {
    let longest = 0;
    for (const watched of this.#watched) {
      for (let length = Math.min(watched.length - 1, buffer.length); length > longest; length--) {
        if (buffer.endsWith(watched.slice(0, length))) {
          longest = length;
          break;
        }
      }
    }
    return longest;
  }
}
