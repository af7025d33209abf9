import type { Clock } from "../../core/clock.ts";
import type { Corrections, DecodeRate, PendingWork, Percentiles } from "../../core/endpoint.ts";
import type { PredictionRatios } from "./compare-with-prediction.ts";
import { LearnedRates, type SavedRates } from "./learned-rates.ts";
import { PredictionErrors, type SavedErrors } from "./prediction-errors.ts";
import { RollingWindow, type SavedSamples } from "./rolling-window.ts";

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS_FOR_SPEED = 4;

/** How fast one answer was. */
export interface AnswerSpeed {
  /** Without the wait for a place. Absent where nothing came, or where only the whole answer came. */
  readonly firstContentMs?: number;
  /** The time in which `completionTokens` were written. */
  readonly decodeMs?: number;
  readonly completionTokens?: number;
  /** Answers that were written together with it, itself included, on average. */
  readonly meanRunning?: number;
  /** How far the prediction was off. */
  readonly ratios?: PredictionRatios;
}

/** What is known of an endpoint's speed, for a file: numbers alone. */
export interface SavedSpeed {
  readonly firstContentMs: SavedSamples;
  readonly tokensPerSecond: SavedSamples;
  readonly serviceMs: SavedSamples;
  readonly rates: SavedRates;
  readonly errors: SavedErrors;
}

/** How fast an endpoint's recent answers were. */
export class LearnedSpeed {
  readonly #firstContentMs: RollingWindow;
  readonly #tokensPerSecond: RollingWindow;
  /** How long an answer had its place. */
  readonly #serviceMs: RollingWindow;
  readonly #rates = new LearnedRates();
  readonly #errors: PredictionErrors;

  constructor(clock: Clock) {
    this.#firstContentMs = new RollingWindow(clock);
    this.#tokensPerSecond = new RollingWindow(clock, "higher");
    this.#serviceMs = new RollingWindow(clock);
    this.#errors = new PredictionErrors(clock);
  }

  get firstContentMs(): Percentiles | undefined {
    return this.#firstContentMs.percentiles();
  }

  get tokensPerSecond(): Percentiles | undefined {
    return this.#tokensPerSecond.percentiles();
  }

  /** By how many answers are written together; empty before enough was seen. */
  get decodeRates(): readonly DecodeRate[] {
    return this.#rates.rates();
  }

  /** How far recent predictions were off; nothing before the first. */
  get corrections(): Corrections | undefined {
    return this.#errors.corrections();
  }

  add({ firstContentMs, decodeMs, completionTokens, meanRunning, ratios }: AnswerSpeed): void {
    if (ratios !== undefined) this.#errors.add(ratios);
    if (firstContentMs !== undefined) this.#firstContentMs.add(firstContentMs);
    if (completionTokens === undefined || decodeMs === undefined || decodeMs <= 0) return;
    this.#serviceMs.add((firstContentMs ?? 0) + decodeMs);
    if (completionTokens < MIN_TOKENS_FOR_SPEED) return;
    const tokensPerSecond = (completionTokens * 1_000) / decodeMs;
    this.#tokensPerSecond.add(tokensPerSecond);
    if (meanRunning !== undefined) this.#rates.add(meanRunning, tokensPerSecond);
  }

  save(): SavedSpeed {
    return {
      firstContentMs: this.#firstContentMs.save(),
      tokensPerSecond: this.#tokensPerSecond.save(),
      serviceMs: this.#serviceMs.save(),
      rates: this.#rates.save(),
      errors: this.#errors.save(),
    };
  }

  /** Takes up what was saved `olderByMs` ago: recent values count as long as they would have without the restart. */
  restore(saved: SavedSpeed, olderByMs: number): void {
    this.#firstContentMs.restore(saved.firstContentMs, olderByMs);
    this.#tokensPerSecond.restore(saved.tokensPerSecond, olderByMs);
    this.#serviceMs.restore(saved.serviceMs, olderByMs);
    this.#rates.restore(saved.rates);
    this.#errors.restore(saved.errors, olderByMs);
  }

  /**
   * How long a request will keep its place: its prompt and its answer at the rates that are known; where one of them is
   * not, as long as answers had it on average; nothing before the first.
   */
  serviceMsOf(
    { promptTokens, expectedOutputTokens }: PendingWork,
    rates: { readonly prefillTokensPerSecond?: number; readonly decodeTokensPerSecond?: number },
  ): number | undefined {
    const { prefillTokensPerSecond: prefill } = rates;
    const decode = rates.decodeTokensPerSecond ?? this.tokensPerSecond?.p50;
    const promptMs = prefill === undefined ? this.firstContentMs?.p50 : (promptTokens * 1_000) / prefill;
    if (promptMs === undefined || decode === undefined) return this.#serviceMs.mean();
    return promptMs + (expectedOutputTokens * 1_000) / decode;
  }
}
