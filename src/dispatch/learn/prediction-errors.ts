import type { Clock } from "../../core/clock.ts";
import type { Corrections, Percentiles, Ratio } from "../../core/endpoint.ts";
import { RollingWindow } from "./rolling-window.ts";
import type { PredictionRatios } from "./compare-with-prediction.ts";

/** How far recent predictions about one endpoint were off: observed over predicted, before any correction. */
export class PredictionErrors {
  readonly #firstContent: RollingWindow;
  readonly #writing: RollingWindow;

  constructor(clock: Clock) {
    this.#firstContent = new RollingWindow(clock);
    this.#writing = new RollingWindow(clock);
  }

  add({ firstContent, writing }: PredictionRatios): void {
    if (firstContent !== undefined) this.#firstContent.add(firstContent);
    if (writing !== undefined) this.#writing.add(writing);
  }

  /** Nothing before the first answer. */
  corrections(): Corrections | undefined {
    const firstContent = ratioOf(this.#firstContent.percentiles());
    const writing = ratioOf(this.#writing.percentiles());
    if (firstContent === undefined && writing === undefined) return undefined;
    return { ...(firstContent && { firstContent }), ...(writing && { writing }) };
  }
}

function ratioOf(percentiles: Percentiles | undefined): Ratio | undefined {
  if (percentiles === undefined) return undefined;
  const { p50, p90, count } = percentiles;
  return { p50, p90, count };
}
