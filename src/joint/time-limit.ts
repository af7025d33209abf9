import type { Clock } from "../core/clock.ts";
import { SignalboxError, toAbortError } from "../core/errors.ts";

/** The time that a joint request has for all of its parts. */
export interface TimeLimit {
  /** Aborts when the time is over, with `deadline_exceeded`, or as the caller's own does. */
  readonly signal: AbortSignal;
  readonly totalMs: number;
  elapsedMs(): number;
  /** Why there can be no answer any more: the time is over or the caller is gone. */
  whyOver(): SignalboxError | undefined;
  /** Ends the timer. */
  readonly clear: () => void;
}

/** Starts it now; the shorter of what the configuration and the caller give counts. */
export function startTimeLimit(
  clock: Clock,
  caller: AbortSignal,
  timeoutMs: number,
  deadlineMs: number | undefined,
): TimeLimit {
  const totalMs = Math.min(timeoutMs, deadlineMs ?? Infinity);
  const startedMs = clock.monotonicMs();
  const expiry = new AbortController();
  const clear = clock.after(totalMs, () =>
    expiry.abort(new SignalboxError("deadline_exceeded", `There was no joint answer within ${totalMs} ms.`)),
  );
  return {
    signal: AbortSignal.any([caller, expiry.signal]),
    totalMs,
    elapsedMs: () => clock.monotonicMs() - startedMs,
    whyOver: () => {
      const over = [expiry.signal, caller].find(({ aborted }) => aborted);
      return over === undefined ? undefined : toAbortError(over);
    },
    clear,
  };
}
