/** One measurement may have met a pause of the machine. */
const MIN_MEASUREMENTS = 2;
/** A size that was not used for so many steps is measured again: load and context lengths change. */
const STALE_AFTER_STEPS = 256;
/** Weight of the newest measurement in the average. */
const AVERAGE_WEIGHT = 0.3;

interface Cost {
  readonly averageMs: number;
  readonly measurements: number;
  readonly measuredAtStep: number;
}

/** How long the engine's steps take, by their size; learned from the steps that requests need anyway. */
export class StepCosts {
  readonly #costs = new Map<number, Cost>();
  #steps = 0;

  /** Milliseconds of a step of `size`; undefined when it is not known or not known any more. */
  stepMs(size: number): number | undefined {
    const cost = this.#costs.get(size);
    if (cost === undefined || cost.measurements < MIN_MEASUREMENTS) return undefined;
    return this.#steps - cost.measuredAtStep > STALE_AFTER_STEPS ? undefined : cost.averageMs;
  }

  record(size: number, durationMs: number): void {
    const known = this.#costs.get(size);
    this.#steps++;
    this.#costs.set(size, {
      averageMs: known === undefined ? durationMs : known.averageMs + AVERAGE_WEIGHT * (durationMs - known.averageMs),
      measurements: (known?.measurements ?? 0) + 1,
      measuredAtStep: this.#steps,
    });
  }
}
