import type { DecodeRate } from "../../core/endpoint.ts";

/** Numbers of answers written together that are told apart: the nearest below counts. */
const LOADS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;

/** Answers before a rate counts. */
const MIN_ANSWERS = 3;

/** The weight of a new answer. */
const SMOOTHING = 0.1;

/** Rates for a file: by how many were written together, and how many answers each rests on. */
export type SavedRates = readonly (readonly [load: number, tokensPerSecond: number, answers: number])[];

/** The most rates of one endpoint. */
export const MAX_RATES = LOADS.length;

interface LearnedRate {
  tokensPerSecond: number;
  answers: number;
}

/** How fast one answer of an endpoint is written, by how many are written with it. Fixed in size. */
export class LearnedRates {
  readonly #byLoad = new Map<number, LearnedRate>();
  #cached: readonly DecodeRate[] | undefined;

  /** @param running Answers under way with it, itself included, on average; at least 1. */
  add(running: number, tokensPerSecond: number): void {
    const load = LOADS.findLast((one) => one <= Math.max(1, running)) ?? 1;
    const rate = this.#byLoad.get(load);
    if (rate === undefined) this.#byLoad.set(load, { tokensPerSecond, answers: 1 });
    else {
      rate.answers += 1;
      const weight = Math.max(SMOOTHING, 1 / rate.answers);
      rate.tokensPerSecond += (tokensPerSecond - rate.tokensPerSecond) * weight;
    }
    this.#cached = undefined;
  }

  save(): SavedRates {
    return [...this.#byLoad].map(([load, { tokensPerSecond, answers }]) => [load, tokensPerSecond, answers] as const);
  }

  /** Takes up what was saved, for numbers of answers of which nothing is known yet. */
  restore(saved: SavedRates): void {
    for (const [load, tokensPerSecond, answers] of saved)
      if (isLoad(load) && !this.#byLoad.has(load)) this.#byLoad.set(load, { tokensPerSecond, answers });
    this.#cached = undefined;
  }

  /** Ascending by load; never faster for more answers together, which would be noise. Empty before enough was seen. */
  rates(): readonly DecodeRate[] {
    this.#cached ??= this.#compute();
    return this.#cached;
  }

  #compute(): readonly DecodeRate[] {
    const rates: DecodeRate[] = [];
    for (const running of LOADS) {
      const rate = this.#byLoad.get(running);
      if (rate === undefined || rate.answers < MIN_ANSWERS) continue;
      const slowest = rates.at(-1)?.tokensPerSecond ?? Infinity;
      rates.push({ running, tokensPerSecond: Math.min(slowest, rate.tokensPerSecond) });
    }
    return rates;
  }
}

function isLoad(load: number): load is (typeof LOADS)[number] {
  return (LOADS as readonly number[]).includes(load);
}
