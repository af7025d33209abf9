import type { Outcomes } from "./outcomes.ts";
import { percentile } from "./percentile.ts";
import type { SimulatedEndpoint } from "./simulated-endpoint.ts";

/** Windows that are kept; where a run is longer, what comes after is counted in the last. */
const MAX_WINDOWS = 10_000;

/** One window of time: what the endpoints did on average, by their position. */
export interface Window {
  readonly fromMs: number;
  readonly running: readonly number[];
  readonly queued: readonly number[];
  readonly arrived: number;
  readonly refused: number;
  /** Over the requests that arrived in it; absent where none had a first token. */
  readonly ttftP95Ms?: number;
  /** Of the requests that arrived in it and were served, how many a cloud served. */
  readonly bursts: number;
}

/** A run over time. */
export interface Timeline {
  readonly windowMs: number;
  readonly endpointIds: readonly string[];
  readonly windows: readonly Window[];
}

interface Sums {
  readonly running: number[];
  readonly queued: number[];
}

/** Sums up what endpoints do while time passes. */
export class WindowCounter {
  readonly #endpoints: readonly SimulatedEndpoint[];
  readonly #windowMs: number;
  readonly #sums: Sums[] = [];

  constructor(endpoints: readonly SimulatedEndpoint[], windowMs: number) {
    this.#endpoints = endpoints;
    this.#windowMs = windowMs;
  }

  /** Time passed from `fromMs` to `toMs` in which nothing changed. */
  passed(fromMs: number, toMs: number): void {
    let at = fromMs;
    while (at < toMs) {
      const index = Math.min(MAX_WINDOWS - 1, Math.floor(at / this.#windowMs));
      const end = index === MAX_WINDOWS - 1 ? toMs : Math.min(toMs, (index + 1) * this.#windowMs);
      const sums = this.#window(index);
      for (const [position, endpoint] of this.#endpoints.entries()) {
        sums.running[position] = (sums.running[position] ?? 0) + endpoint.engine.running * (end - at);
        sums.queued[position] = (sums.queued[position] ?? 0) + endpoint.queued * (end - at);
      }
      at = end;
    }
  }

  /** The windows with what became of the requests that arrived in each. */
  timeline(outcomes: Outcomes): Timeline {
    const ttfts: number[][] = this.#sums.map(() => []);
    const counts = this.#sums.map(() => ({ arrived: 0, refused: 0, bursts: 0 }));
    for (let request = 0; request < outcomes.count; request++) {
      const index = Math.min(counts.length - 1, Math.floor((outcomes.arrivedMs[request] ?? 0) / this.#windowMs));
      const count = counts[index];
      if (count === undefined || outcomes.isPart[request] === 1) continue;
      count.arrived += 1;
      if (outcomes.outcomeOf(request) === "refused") count.refused += 1;
      if (outcomes.viaCloud[request] === 1) count.bursts += 1;
      const ttftMs = outcomes.ttftMs[request] ?? NaN;
      if (!Number.isNaN(ttftMs)) ttfts[index]?.push(ttftMs);
    }
    const windows = this.#sums.map(({ running, queued }, index): Window => {
      const ttftP95Ms = percentile(Float64Array.from(ttfts[index] ?? []).sort(), 0.95);
      return {
        fromMs: index * this.#windowMs,
        running: running.map((sum) => sum / this.#windowMs),
        queued: queued.map((sum) => sum / this.#windowMs),
        ...(counts[index] ?? { arrived: 0, refused: 0, bursts: 0 }),
        ...(ttftP95Ms === undefined ? {} : { ttftP95Ms }),
      };
    });
    return { windowMs: this.#windowMs, endpointIds: this.#endpoints.map(({ spec }) => spec.facts.id), windows };
  }

  #window(index: number): Sums {
    while (this.#sums.length <= index)
      this.#sums.push({ running: this.#endpoints.map(() => 0), queued: this.#endpoints.map(() => 0) });
    const sums = this.#sums[index];
    if (sums === undefined) throw new Error(`There is no window ${index}.`);
    return sums;
  }
}
