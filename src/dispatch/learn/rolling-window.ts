import type { Clock } from "../../core/clock.ts";
import type { Percentiles } from "../../core/endpoint.ts";

/** Samples that one window keeps: enough for a p99, small enough to sort at once. */
const MAX_SAMPLES = 256;

/** Samples older than this say nothing about now. */
const MAX_AGE_MS = 5 * 60_000;

interface Sample {
  readonly atMs: number;
  readonly value: number;
}

/** Of the samples, the newest that are kept over a restart. */
export const MAX_SAVED_SAMPLES = 64;

/** Samples for a file: how old they were when they were saved, and their values; the oldest first. */
export type SavedSamples = readonly (readonly [ageMs: number, value: number])[];

type Better = "lower" | "higher";

/** The recent values of something measured; old ones fall out by age and by number. */
export class RollingWindow {
  readonly #clock: Clock;
  readonly #better: Better;
  #samples: Sample[] = [];
  #cached: { readonly percentiles: Percentiles | undefined; readonly untilMs: number } | undefined;

  /** @param better Which values are the better ones; the high percentiles are the worse ones. */
  constructor(clock: Clock, better: Better = "lower") {
    this.#clock = clock;
    this.#better = better;
  }

  add(value: number): void {
    this.#samples.push({ atMs: this.#clock.monotonicMs(), value });
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
    this.#cached = undefined;
  }

  /** The distribution, or nothing before the first sample. Sorted once per change, so that reading it is cheap. */
  percentiles(): Percentiles | undefined {
    const nowMs = this.#clock.monotonicMs();
    if (this.#cached !== undefined && nowMs <= this.#cached.untilMs) return this.#cached.percentiles;
    this.#samples = this.#samples.filter((sample) => nowMs - sample.atMs <= MAX_AGE_MS);
    const oldest = this.#samples[0];
    this.#cached = {
      percentiles: percentilesOf(
        this.#samples.map((sample) => sample.value),
        this.#better,
      ),
      untilMs: oldest === undefined ? Infinity : oldest.atMs + MAX_AGE_MS,
    };
    return this.#cached.percentiles;
  }

  save(): SavedSamples {
    const nowMs = this.#clock.monotonicMs();
    const recent = this.#samples.filter(({ atMs }) => nowMs - atMs <= MAX_AGE_MS);
    return recent.slice(-MAX_SAVED_SAMPLES).map(({ atMs, value }) => [Math.round(nowMs - atMs), value] as const);
  }

  /** Puts what was saved `olderByMs` ago before the samples that there are; what is too old by now is left out. */
  restore(saved: SavedSamples, olderByMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const before = saved.map(([ageMs, value]) => ({ atMs: nowMs - ageMs - olderByMs, value }));
    this.#samples = [...before.filter(({ atMs }) => nowMs - atMs <= MAX_AGE_MS), ...this.#samples].slice(-MAX_SAMPLES);
    this.#cached = undefined;
  }

  /** The mean, or nothing before the first sample. */
  mean(): number | undefined {
    if (this.percentiles() === undefined) return undefined;
    return this.#samples.reduce((sum, sample) => sum + sample.value, 0) / this.#samples.length;
  }
}

/**
 * Nearest-rank percentiles: 90 of 100 samples are as good as `p90` or better, so that of rates it is a low one.
 * @see https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 * @see https://openrouter.ai/docs/guides/routing/provider-selection#how-percentiles-work
 */
function percentilesOf(values: readonly number[], better: Better): Percentiles | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  const rank = (share: number): number => Math.max(0, Math.ceil(share * sorted.length) - 1);
  const asGoodAs = (share: number): number | undefined =>
    sorted[better === "lower" ? rank(share) : Math.min(rank(0.5), last - rank(share))];
  const p50 = sorted[rank(0.5)];
  const [p75, p90, p95, p99] = [asGoodAs(0.75), asGoodAs(0.9), asGoodAs(0.95), asGoodAs(0.99)];
  if (p50 === undefined || p75 === undefined || p90 === undefined || p95 === undefined || p99 === undefined)
    return undefined;
  return { p50, p75, p90, p95, p99, count: sorted.length };
}
