import type { Prediction } from "../core/decision.ts";
import type { Expectation } from "./predict.ts";

/** What was expected of an endpoint then, in place of what would be expected of it idle; what was unknown then stays a guess. */
export function asRecorded(idle: Expectation, recorded: Prediction | undefined): Expectation {
  if (recorded === undefined) return idle;
  const ttftMs = recorded.ttftMs ?? recorded.queueMs + idle.ttftMs;
  const totalMs = recorded.totalMs ?? ttftMs + (idle.totalMs - idle.ttftMs);
  return {
    ...idle,
    prediction: recorded,
    ttftMs,
    totalMs,
    totalP90Ms: Math.max(totalMs, recorded.totalP90Ms ?? 0),
    tokensPerSecond: recorded.tokensPerSecond ?? idle.tokensPerSecond,
    costMicroUsd: recorded.costMicroUsd ?? idle.costMicroUsd,
  };
}
