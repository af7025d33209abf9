/** Prompt blocks that an endpoint has read and still holds: at most `capacity`, the least recently used make room. */
export class PrefixCache {
  readonly #capacity: number;
  /** Least recently used first. */
  readonly #blocks = new Set<number>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many blocks of the prompt it holds, from the first on without a gap. */
  heldOf(prefixIds: readonly number[]): number {
    let held = 0;
    for (const id of prefixIds) {
      if (!this.#blocks.has(id)) break;
      held += 1;
    }
    return held;
  }

  /** The blocks of a prompt that was read. Its last blocks are dropped first: a prefix is of no use without its start. */
  read(prefixIds: readonly number[]): void {
    for (let index = Math.min(prefixIds.length, this.#capacity) - 1; index >= 0; index--) {
      const id = prefixIds[index] as number;
      this.#blocks.delete(id);
      this.#blocks.add(id);
    }
    for (const oldest of this.#blocks) {
      if (this.#blocks.size <= this.#capacity) break;
      this.#blocks.delete(oldest);
    }
  }

  clear(): void {
    this.#blocks.clear();
  }
}
