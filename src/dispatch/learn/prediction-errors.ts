import type { Clock } from "../../core/clock.ts";
import type { Corrections, Percentiles, Ratio } from "../../core/endpoint.ts";
import { RollingWindow, type SavedSamples } from "./rolling-window.ts";
import type { PredictionRatios } from "./compare-with-prediction.ts";

/** What was observed over predicted, for a file. */
export interface SavedErrors {
  readonly firstContent: SavedSamples;
  readonly writing: SavedSamples;
}

/** How far recent predictions about one endpoint were off: observed over predicted, before any correction. */
export class PredictionErrors {
  readonly #firstContent: RollingWindow;
  readonly #writing: RollingWindow;

  /** What the corrections were worked out from; a window gives the same object as long as nothing has changed. */
  #of: { readonly firstContent?: Percentiles | undefined; readonly writing?: Percentiles | undefined } = {};
  #corrections: Corrections | undefined;

  constructor(clock: Clock) {
    this.#firstContent = new RollingWindow(clock);
    this.#writing = new RollingWindow(clock);
  }

  add({ firstContent, writing }: PredictionRatios): void {
    if (firstContent !== undefined) this.#firstContent.add(firstContent);
    if (writing !== undefined) this.#writing.add(writing);
  }

  save(): SavedErrors {
    return { firstContent: this.#firstContent.save(), writing: this.#writing.save() };
  }

  /** Takes up what was saved `olderByMs` ago. */
  restore({ firstContent, writing }: SavedErrors, olderByMs: number): void {
    this.#firstContent.restore(firstContent, olderByMs);
    this.#writing.restore(writing, olderByMs);
  }

  /** Nothing before the first answer. */
  corrections(): Corrections | undefined {
    const firstContent = this.#firstContent.percentiles();
    const writing = this.#writing.percentiles();
    if (firstContent !== this.#of.firstContent || writing !== this.#of.writing) {
      this.#of = { firstContent, writing };
      this.#corrections = correctionsOf(ratioOf(firstContent), ratioOf(writing));
    }
    return this.#corrections;
  }
}

function correctionsOf(firstContent: Ratio | undefined, writing: Ratio | undefined): Corrections | undefined {
  if (firstContent === undefined && writing === undefined) return undefined;
  return { ...(firstContent && { firstContent }), ...(writing && { writing }) };
}

function ratioOf(percentiles: Percentiles | undefined): Ratio | undefined {
  if (percentiles === undefined) return undefined;
  const { p50, p90, count } = percentiles;
  return { p50, p90, count };
}
