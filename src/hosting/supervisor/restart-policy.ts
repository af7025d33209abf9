/** How a worker has fared. Counts reach back to the last time it ran in health. */
export interface WorkerHistory {
  readonly failures: number;
  /** Failures in a row before or shortly after it was ready: a restart is unlikely to help. */
  readonly quickFailures: number;
  /** How often it was given up on. */
  readonly timesGivenUp: number;
  /** Starts after a failure, since the gateway started. */
  readonly restarts: number;
}

/** What went wrong, for a person, and whether trying again soon is pointless. */
export interface WorkerFailure {
  readonly problem: string;
  readonly hopeless: boolean;
  /** There was not enough memory for it. */
  readonly outOfMemory?: true;
}

/** One moment's time and chance: the only facts from outside that the worker's life depends on. */
export interface Moment {
  /** On the monotonic clock. */
  readonly nowMs: number;
  /** In [0, 1). */
  readonly chance: number;
}

/** When to try again, and whether requests are told that the worker is given up. */
export interface RetryPlan {
  readonly kind: "backing-off" | "failed";
  readonly retryAtMs: number;
  readonly history: WorkerHistory;
}

/** The first delay; each further failure doubles it. */
export const FIRST_BACKOFF_MS = 1_000;

/** The longest delay between restarts of a worker that does run for a while. */
export const MAX_BACKOFF_MS = 60_000;

/** Up to this share of a delay is cut by chance, so that workers felled by one cause do not load all at once. */
const JITTER_SHARE = 0.25;

/** Running this long, a worker has proved itself: its failures are forgotten. */
export const HEALTHY_AFTER_MS = 60_000;

/** A worker that was ready for less than this failed quickly. */
export const QUICK_FAILURE_MS = 10_000;

/** Quick failures in a row after which the worker is given up. */
export const MAX_QUICK_FAILURES = 5;

/** A worker that was given up is tried again this rarely: memory may be free by then, or the file mended. */
export const SLOW_RETRY_MS: readonly number[] = [60_000, 5 * 60_000, 30 * 60_000];

/** The history of a worker that was never started. */
export const NO_HISTORY: WorkerHistory = { failures: 0, quickFailures: 0, timesGivenUp: 0, restarts: 0 };

/** What follows a failure. `readyForMs` is absent when the worker never got ready. */
export function planRetry(
  history: WorkerHistory,
  failure: WorkerFailure,
  readyForMs: number | undefined,
  { nowMs, chance }: Moment,
): RetryPlan {
  const healthy = readyForMs !== undefined && readyForMs >= HEALTHY_AFTER_MS;
  const past = healthy ? { ...NO_HISTORY, restarts: history.restarts } : history;
  const quick = readyForMs === undefined || readyForMs < QUICK_FAILURE_MS;
  const next = {
    ...past,
    failures: past.failures + 1,
    quickFailures: quick ? past.quickFailures + 1 : 0,
  };
  if (failure.hopeless || next.quickFailures >= MAX_QUICK_FAILURES) {
    const delayMs = SLOW_RETRY_MS[Math.min(past.timesGivenUp, SLOW_RETRY_MS.length - 1)] ?? MAX_BACKOFF_MS;
    return {
      kind: "failed",
      retryAtMs: nowMs + delayMs,
      history: { ...next, timesGivenUp: past.timesGivenUp + 1 },
    };
  }
  const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** past.failures, MAX_BACKOFF_MS);
  return { kind: "backing-off", retryAtMs: nowMs + backoffMs * (1 - JITTER_SHARE * chance), history: next };
}
