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

  /** Whether a wording is held out of this split: training must not say what a held-out template can say. */
  #isForeign(pool: readonly string[]): (wording: string) => boolean {
    let isForeign = this.#foreign.get(pool);
    if (isForeign === undefined) {
      const isTraining = this.split !== "templates";
      isForeign = whatCanBeSaid(isTraining ? pool.filter((_, index) => isHeldOutTemplate(index, pool.length)) : []);
      this.#foreign.set(pool, isForeign);
    }
    return isForeign;
  }
}
