/** Each range of lengths ends at this many times its begin, so that a quantile is right to a fifth, whatever the length. */
const RANGE_GROWTH = Math.SQRT2;

/** Ranges from one token to a million; longer answers are counted in the last. */
const RANGES = 40;

/** What one answer's weight shrinks to with each that comes after it: about the last hundred count. */
const DECAY = 0.99;

/** Lengths of answers as weights of ranges; old answers fade. Fixed in size. */
export class LengthSketch {
  readonly #weights = new Float64Array(RANGES);
  #count = 0;
  /** Worked out once for each change: a decision asks for every model. */
  #p50: number | undefined;
  #p90: number | undefined;

  /** Answers that it rests on, the faded ones in part. */
  get count(): number {
    return this.#count;
  }

  add(tokens: number): void {
    for (let range = 0; range < RANGES; range++) this.#weights[range] = (this.#weights[range] ?? 0) * DECAY;
    const range = rangeOf(tokens);
    this.#weights[range] = (this.#weights[range] ?? 0) + 1;
    this.#count = this.#count * DECAY + 1;
    this.#p50 = undefined;
    this.#p90 = undefined;
  }

  /** Half of the answers stay below it; 0 before the first answer. */
  get p50(): number {
    this.#p50 ??= this.quantile(0.5) ?? 0;
    return this.#p50;
  }

  /** 9 of 10 answers stay below it; 0 before the first answer. */
  get p90(): number {
    this.#p90 ??= this.quantile(0.9) ?? 0;
    return this.#p90;
  }

  /** The length that `share` of the answers stay below, in tokens; nothing before the first answer. */
  quantile(share: number): number | undefined {
    if (this.#count === 0) return undefined;
    let left = share * this.#count;
    for (let range = 0; range < RANGES; range++) {
      const weight = this.#weights[range] ?? 0;
      if (weight > 0 && left <= weight) return RANGE_GROWTH ** (range + left / weight) - 1;
      left -= weight;
    }
    return RANGE_GROWTH ** RANGES - 1;
  }

  /** The weights by range, those of 0 left out, for `restore`. */
  toPairs(): readonly (readonly [range: number, weight: number])[] {
    return [...this.#weights].flatMap((weight, range) =>
      weight < 1e-3 ? [] : [[range, Math.round(weight * 1_000) / 1_000] as const],
    );
  }

  static restore(pairs: readonly (readonly [range: number, weight: number])[]): LengthSketch {
    const sketch = new LengthSketch();
    for (const [range, weight] of pairs) {
      if (range < 0 || range >= RANGES) continue;
      sketch.#weights[range] = weight;
      sketch.#count += weight;
    }
    return sketch;
  }
}

/** Counted from `tokens + 1`, so that an answer without content has a range too. */
function rangeOf(tokens: number): number {
  const range = Math.floor(Math.log(Math.max(0, tokens) + 1) / Math.log(RANGE_GROWTH));
  return Math.min(RANGES - 1, range);
}
