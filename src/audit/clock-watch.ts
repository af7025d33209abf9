import type { Clock } from "../core/clock.ts";

/** How far the wall clock may go back, or ahead, of the monotonic one between two leaves before it is recorded as a step. */
const BACKWARD_STEP_MS = 1_000;
const FORWARD_STEP_MS = 60_000;

/** A jump of the wall clock. */
export interface ClockStep {
  /** Negative: the clock was set back. */
  readonly stepMs: number;
}

/** Tells when the wall clock has jumped since the last call, measured against the monotonic clock. */
export function watchClock(clock: Clock): () => ClockStep | undefined {
  let offsetMs = clock.wallMs() - clock.monotonicMs();
  return () => {
    const currentMs = clock.wallMs() - clock.monotonicMs();
    const step = clockStepBetween(offsetMs, currentMs);
    if (step !== undefined) offsetMs = currentMs;
    return step;
  };
}

/** The step from one reading to the next where there is one: a backward step of over a second, a forward one of over a minute. */
function clockStepBetween(beforeMs: number, afterMs: number): ClockStep | undefined {
  const stepMs = Math.round(afterMs - beforeMs);
  return stepMs < -BACKWARD_STEP_MS || stepMs > FORWARD_STEP_MS ? { stepMs } : undefined;
}
