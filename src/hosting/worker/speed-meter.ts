/** Fewer tokens than this say little about the rate. */
const MIN_PREFILL_TOKENS = 16;
const MIN_STEP_TOKENS = 8;
const MIN_DECODE_TOKENS = 4;
/** Weight of the newest measurement in the average. */
const AVERAGE_WEIGHT = 0.3;

/** Recent rates of one worker, in tokens a second of one request. Absent until something was measured. */
export class SpeedMeter {
  #prefill: number | undefined;
  #prefillStep: number | undefined;
  #decode: number | undefined;

  get prefillTokensPerSecond(): number | undefined {
    return this.#prefill;
  }

  /** Of the steps alone, without the time that a request waits between them for other slots. */
  get prefillTokensPerStepSecond(): number | undefined {
    return this.#prefillStep;
  }

  get decodeTokensPerSecond(): number | undefined {
    return this.#decode;
  }

  recordPrefill(tokens: number, durationMs: number): void {
    if (tokens >= MIN_PREFILL_TOKENS && durationMs > 0) this.#prefill = average(this.#prefill, tokens, durationMs);
  }

  recordPrefillStep(tokens: number, durationMs: number): void {
    if (tokens >= MIN_STEP_TOKENS && durationMs > 0) this.#prefillStep = average(this.#prefillStep, tokens, durationMs);
  }

  recordDecode(tokens: number, durationMs: number): void {
    if (tokens >= MIN_DECODE_TOKENS && durationMs > 0) this.#decode = average(this.#decode, tokens, durationMs);
  }
}

function average(previous: number | undefined, tokens: number, durationMs: number): number {
  const rate = (tokens * 1_000) / durationMs;
  return previous === undefined ? rate : previous + AVERAGE_WEIGHT * (rate - previous);
}
