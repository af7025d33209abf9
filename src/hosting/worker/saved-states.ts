/** What a saved state is known by; the state itself is a file. */
export interface SavedState {
  /** Who may use it. */
  readonly scope: string;
  /** What was evaluated. */
  readonly tokens: readonly number[];
  readonly bytes: number;
}

/** Index entries; each holds its tokens in memory. */
const MAX_STATES = 64;

/**
 * Which states are saved, for whom, and which have to go: the least recently used, as soon as there are more than
 * `MAX_STATES` of them or more than `maxBytes` together.
 */
export class SavedStates<State extends SavedState> {
  readonly #maxBytes: number;
  /** Least recently used first. */
  #states: State[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get count(): number {
    return this.#states.length;
  }

  get bytes(): number {
    return this.#states.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The state of `scope` that has most of the beginning of `tokens`, with how many that are. */
  find(tokens: readonly number[], scope: string): { readonly state: State; readonly commonTokens: number } | undefined {
    let best: { readonly state: State; readonly commonTokens: number } | undefined;
    for (const state of this.#states) {
      if (state.scope !== scope) continue;
      const commonTokens = commonPrefix(state.tokens, tokens);
      if (commonTokens > (best?.commonTokens ?? 0)) best = { state, commonTokens };
    }
    return best;
  }

  /** Whether a saved state of `scope` begins with all of `tokens`. */
  covers(tokens: readonly number[], scope: string): boolean {
    return this.find(tokens, scope)?.commonTokens === tokens.length;
  }

  touch(state: State): void {
    if (!this.#states.includes(state)) return;
    this.remove(state);
    this.#states.push(state);
  }

  remove(state: State): void {
    this.#states = this.#states.filter((other) => other !== state);
  }

  /** Takes out all of them. */
  clear(): readonly State[] {
    const gone = this.#states;
    this.#states = [];
    return gone;
  }

  /** Takes out what has to go for a state of `bytes`; undefined when it would not fit even then, and nothing goes. */
  makeRoom(bytes: number): readonly State[] | undefined {
    if (bytes > this.#maxBytes) return undefined;
    const gone: State[] = [];
    while (this.#states.length >= MAX_STATES || this.bytes + bytes > this.#maxBytes) {
      const oldest = this.#states.shift();
      if (oldest === undefined) break;
      gone.push(oldest);
    }
    return gone;
  }

  /** Adds a state for which there is room. Returns what it makes superfluous: states of the same scope that it continues. */
  add(state: State): readonly State[] {
    const isContinued = (other: State): boolean =>
      other.scope === state.scope && commonPrefix(other.tokens, state.tokens) === other.tokens.length;
    const superfluous = this.#states.filter(isContinued);
    this.#states = [...this.#states.filter((other) => !superfluous.includes(other)), state];
    return superfluous;
  }
}

/** How many tokens two texts have in common from their beginning on. */
function commonPrefix(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return index;
  return length;
}
