import { WORKLOAD_CLASSES, type WorkloadClass } from "../core/workload.ts";

/** How a request of a simulation ended. `open` while it has not; `failed` where endpoints that took it have failed. */
export const OUTCOMES = ["open", "finished", "refused", "cancelled", "failed"] as const;

/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** What became of every request, in columns, because there may be millions. */
export class Outcomes {
  readonly count: number;
  readonly arrivedMs: Float64Array;
  /** From arrival to the first token, and to the last; NaN while it has not come. */
  readonly ttftMs: Float64Array;
  readonly totalMs: Float64Array;
  /** NaN where the endpoint's price is not known. */
  readonly costMicroUsd: Float64Array;
  readonly cachedPromptTokens: Float64Array;
  /** Index of the endpoint that served it; -1 for none. */
  readonly endpoint: Int16Array;
  /** 1 for a request of which an answer was given by a cloud. */
  readonly viaCloud: Uint8Array;
  /** 1 for a part of a joint request: it counts at its endpoint, and not as a request. */
  readonly isPart: Uint8Array;
  readonly #outcome: Uint8Array;
  readonly #class: Uint8Array;
  readonly #attempts: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.arrivedMs = new Float64Array(count);
    this.ttftMs = new Float64Array(count).fill(NaN);
    this.totalMs = new Float64Array(count).fill(NaN);
    this.costMicroUsd = new Float64Array(count);
    this.cachedPromptTokens = new Float64Array(count);
    this.endpoint = new Int16Array(count).fill(-1);
    this.viaCloud = new Uint8Array(count);
    this.isPart = new Uint8Array(count);
    this.#outcome = new Uint8Array(count);
    this.#class = new Uint8Array(count);
    this.#attempts = new Uint8Array(count);
  }

  outcomeOf(index: number): Outcome {
    return OUTCOMES[this.#outcome[index] ?? 0] ?? "open";
  }

  classOf(index: number): WorkloadClass {
    return WORKLOAD_CLASSES[this.#class[index] ?? 0] ?? "interactive";
  }

  /** Endpoints that were asked. */
  attemptsOf(index: number): number {
    return this.#attempts[index] ?? 0;
  }

  arrived(index: number, atMs: number): void {
    this.arrivedMs[index] = atMs;
  }

  decided(index: number, workloadClass: WorkloadClass): void {
    this.#class[index] = WORKLOAD_CLASSES.indexOf(workloadClass);
  }

  asked(index: number): void {
    this.#attempts[index] = (this.#attempts[index] ?? 0) + 1;
  }

  ended(index: number, outcome: Exclude<Outcome, "open">): void {
    if (this.outcomeOf(index) !== "open") throw new Error(`Request ${index} ended twice.`);
    this.#outcome[index] = OUTCOMES.indexOf(outcome);
  }
}
