import type { Clock } from "../core/clock.ts";
import { SignalboxError, toAbortError, toSignalboxError } from "../core/errors.ts";

/** The time that a request has when its caller states none: long enough for a long answer of a slow model. */
const DEFAULT_DEADLINE_MS = 10 * 60_000;

/** One deadline over queue, attempts and fallbacks, together with the caller's own going away. */
export interface Deadline {
  /** Aborts at the deadline, with `deadline_exceeded` as its reason, or when the caller is gone. */
  readonly signal: AbortSignal;
  readonly totalMs: number;
  elapsedMs(): number;
  /** What `thrown` means: an aborted call only knows that it was aborted, and the deadline knows why. */
  reasonFor(thrown: unknown): SignalboxError;
  /** Ends the timer; to be called when the request has ended. */
  clear(): void;
}

/**
 * Starts the time of a request now, or goes on with one of which `passedMs` are over. `deadlineMs` is what its caller
 * states; absent, ten minutes.
 */
export function startDeadline(
  clock: Clock,
  caller: AbortSignal,
  deadlineMs: number | undefined,
  passedMs = 0,
): Deadline {
  const startedMs = clock.monotonicMs() - passedMs;
  const totalMs = deadlineMs ?? DEFAULT_DEADLINE_MS;
  const expiry = new AbortController();
  const cancelTimer = clock.after(Math.max(0, totalMs - passedMs), () => {
    expiry.abort(new SignalboxError("deadline_exceeded", `The request was not answered within its ${totalMs} ms.`));
  });
  const elapsedMs = (): number => clock.monotonicMs() - startedMs;
  return {
    signal: AbortSignal.any([caller, expiry.signal]),
    reasonFor: (thrown) => toSignalboxError(expiry.signal.aborted ? expiry.signal.reason : thrown),
    totalMs,
    elapsedMs,
    clear: cancelTimer,
  };
}

/** Resolves after `ms`; rejects as soon as `signal` aborts, with its reason. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(toAbortError(signal));
    const onAbort = (): void => {
      cancelTimer();
      reject(toAbortError(signal));
    };
    const cancelTimer = clock.after(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
