/** Whole numbers below 2^32 that follow from a seed alone, in integer arithmetic. */
export class RandomNumbers {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @see https://pracrand.sourceforge.net/RNG_engines.txt (sfc32) */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = 0x9e3779b9 | 0;
    this.#c = 0x243f6a88 | 0;
    for (let round = 0; round < 15; round++) this.nextUint32();
  }

  nextUint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number in [0, limit). */
  nextBelow(limit: number): number {
    return Math.floor((this.nextUint32() / 0x1_0000_0000) * limit);
  }
}

/** Summands of one bell-shaped number; twelve uniform numbers have variance 1 together. */
const SUMMANDS = 12;
/** Numbers kept: 2^18, large enough that rows taken at random places are unlike each other. */
const POOL_LENGTH = 262_144;

/**
 * A pool of numbers with mean 0 and variance 1, bell-shaped. Made of sums, so that no machine's logarithm or cosine
 * can change a bit, and kept, so that half a billion weights are written in seconds.
 */
export class BellNumbers {
  readonly #pool = new Float32Array(POOL_LENGTH);
  readonly #random: RandomNumbers;

  constructor(seed: number) {
    this.#random = new RandomNumbers(seed);
    for (let index = 0; index < POOL_LENGTH; index++) {
      let sum = -SUMMANDS / 2;
      for (let count = 0; count < SUMMANDS; count++) sum += this.#random.nextUint32() / 0x1_0000_0000;
      this.#pool[index] = sum;
    }
  }

  /** Fills `into` from a random place of the pool, scaled to the standard deviation `deviation`. */
  fill(into: Float32Array, deviation: number): void {
    const start = this.#random.nextBelow(POOL_LENGTH - into.length);
    for (let index = 0; index < into.length; index++) into[index] = (this.#pool[start + index] ?? 0) * deviation;
  }
}
