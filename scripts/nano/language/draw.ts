import { RandomNumbers } from "../../build-model/random-numbers.ts";
import { chooseWording, fillSlots, whatCanBeSaid } from "./phrase.ts";
import type { Slots } from "./phrase.ts";

/**
 * What an example may be made of: `train` sees seven eighths of the values and of the templates; `values` is made of
 * train's templates with the other values, `templates` of the other templates with train's values.
 */
export type Split = "train" | "values" | "templates";

/** One in this many values, and one in this many templates of a pool, is held out. */
const HELD_OUT_SHARE = 8;
/** Pools of fewer templates have none to spare. */
const SMALLEST_SPLIT_POOL = 8;
/** A made-up value is on the wrong side seven times in eight, so this many attempts fail once in 10^11 draws. */
const MAX_ATTEMPTS = 200;

/** Whether a value may appear only in the split `values`. */
export function isHeldOutValue(value: string): boolean {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % HELD_OUT_SHARE === 0;
}

/** Whether the template at `index` of a pool may appear only in the split `templates`. */
export function isHeldOutTemplate(index: number, poolSize: number): boolean {
  return poolSize >= SMALLEST_SPLIT_POOL && index % HELD_OUT_SHARE === HELD_OUT_SHARE - 2;
}

/**
 * A pool with more templates behind its first ones, in the order in which they were written, so that which of the earlier
 * are held out stays what it was: weights that were trained on the earlier can go on with all, and are asked nothing that
 * they saw.
 *
 * @throws Error if that cannot be: the seventh of a pool that was too small to spare any was trained on
 */
export function extendPool(first: readonly string[], ...later: readonly (readonly string[])[]): readonly string[] {
  let pool = first;
  for (const more of later) {
    const extended = [...pool, ...more];
    const { length } = pool;
    if (pool.some((_, index) => isHeldOutTemplate(index, extended.length) !== isHeldOutTemplate(index, length)))
      throw new Error(`What is held out of ${JSON.stringify(first[0])} and the templates after it would change.`);
    EARLIER_LENGTHS.set(extended, length);
    pool = extended;
  }
  return pool;
}

/** How many templates of a pool were there before it was last extended. */
const EARLIER_LENGTHS = new WeakMap<readonly string[], number>();

/** Chance that follows from a seed alone, and that keeps to one side of the split. */
export class Draw {
  readonly split: Split;
  readonly #random: RandomNumbers;
  readonly #values = new Map<readonly string[], readonly string[]>();
  readonly #templates = new Map<readonly unknown[], readonly unknown[]>();
  readonly #foreign = new Map<readonly string[], (wording: string) => boolean>();

  constructor(seed: number, split: Split) {
    this.split = split;
    this.#random = new RandomNumbers(seed);
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + this.#random.nextBelow(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.#random.nextBelow(1_000_000) < probability * 1_000_000;
  }

  /** Any item: for what is the same in every split, such as labels. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#random.nextBelow(items.length)];
    if (item === undefined) throw new Error("Nothing can be picked from an empty list.");
    return item;
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.#random.nextBelow(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
    }
    return shuffled;
  }

  /** `count` different items. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    return this.shuffle(items).slice(0, count);
  }

  /** A template of this split. */
  template<Template>(pool: readonly Template[]): Template {
    let allowed = this.#templates.get(pool) as readonly Template[] | undefined;
    if (allowed === undefined) {
      const wanted = this.split === "templates" && pool.length >= SMALLEST_SPLIT_POOL;
      allowed = pool.filter((_, index) => isHeldOutTemplate(index, pool.length) === wanted);
      this.#templates.set(pool, allowed);
    }
    return this.pick(allowed);
  }

  /** A value of this split. */
  value(pool: readonly string[]): string {
    let allowed = this.#values.get(pool);
    if (allowed === undefined) {
      allowed = pool.filter((value) => isHeldOutValue(value) === (this.split === "values"));
      this.#values.set(pool, allowed);
    }
    return this.pick(allowed);
  }

  /** A value of this split that `make` makes up. */
  made(make: () => string): string {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const value = make();
      if (isHeldOutValue(value) === (this.split === "values")) return value;
    }
    throw new Error("No value of this split could be made.");
  }

  /** A wording of this split with its slots filled. */
  phrase(pool: readonly string[], slots: Slots = {}): string {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const wording = chooseWording(this, this.template(pool));
      if (!this.#isForeign(pool)(wording)) return fillSlots(wording, slots);
    }
    throw new Error(`Everything that ${JSON.stringify(pool[0])} and the templates after it can say is held out.`);
  }

  /**
   * Whether a wording is not of this split. Training must not say what a held-out template can say; and a test of
   * templates nothing that the earlier templates of training could say: the words of earlier trainings.
   */
  #isForeign(pool: readonly string[]): (wording: string) => boolean {
    let isForeign = this.#foreign.get(pool);
    if (isForeign === undefined) {
      const earlier = EARLIER_LENGTHS.get(pool) ?? pool.length;
      const isTest = this.split === "templates" && pool.length >= SMALLEST_SPLIT_POOL;
      const foreign = pool.filter((_, index) => {
        const isHeldOut = isHeldOutTemplate(index, pool.length);
        return isTest ? !isHeldOut && index < earlier : isHeldOut && this.split !== "templates";
      });
      isForeign = whatCanBeSaid(foreign);
      this.#foreign.set(pool, isForeign);
    }
    return isForeign;
  }
}
