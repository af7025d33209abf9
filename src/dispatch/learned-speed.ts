import type { Clock } from "../core/clock.ts";
import type { PendingWork, Percentiles } from "../core/endpoint.ts";
import { RollingWindow } from "./rolling-window.ts";

/** Answers shorter than this say more about overhead than about speed. */
const MIN_TOKENS_FOR_SPEED = 4;

/** How fast one answer was. */
export interface AnswerSpeed {
  /** Without the wait for a place. Absent where nothing came, or where only the whole answer came. */
  readonly firstContentMs?: number;
  /** The time in which `completionTokens` were written. */
  readonly decodeMs?: number;
  readonly completionTokens?: number;
}

/** How fast an endpoint's recent answers were. */
export class LearnedSpeed {
  readonly #firstContentMs: RollingWindow;
  readonly #tokensPerSecond: RollingWindow;
  /** How long an answer had its place. */
  readonly #serviceMs: RollingWindow;

  constructor(clock: Clock) {
    this.#firstContentMs = new RollingWindow(clock);
    this.#tokensPerSecond = new RollingWindow(clock);
    this.#serviceMs = new RollingWindow(clock);
  }

  get firstContentMs(): Percentiles | undefined {
    return this.#firstContentMs.percentiles();
  }

  get tokensPerSecond(): Percentiles | undefined {
    return this.#tokensPerSecond.percentiles();
  }

  add({ firstContentMs, decodeMs, completionTokens }: AnswerSpeed): void {
    if (firstContentMs !== undefined) this.#firstContentMs.add(firstContentMs);
    if (completionTokens === undefined || decodeMs === undefined || decodeMs <= 0) return;
    this.#serviceMs.add((firstContentMs ?? 0) + decodeMs);
    if (completionTokens >= MIN_TOKENS_FOR_SPEED) this.#tokensPerSecond.add((completionTokens * 1_000) / decodeMs);
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
