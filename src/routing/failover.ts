import type { Decision, RankedCandidate } from "../core/decision.ts";
import type { EndpointId } from "../core/ids.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/errors.ts";

/** Limits of the attempts of one request. */
export interface FailoverLimits {
  /** Endpoints that one request may try. */
  readonly maxAttempts: number;
  /** The longest wait for the first content of a stream, unless the endpoint is expected to need longer. */
  readonly firstContentTimeoutMs: number;
  /** Less time than this is not worth an attempt. */
  readonly minAttemptMs: number;
}

/** The limits that every request has unless it is told others. */
export const DEFAULT_FAILOVER_LIMITS: FailoverLimits = {
  maxAttempts: 5,
  firstContentTimeoutMs: 60_000,
  minAttemptMs: 50,
};

/** An endpoint gets this many times its expected time before it counts as stalled. */
const PATIENCE = 3;

/** Of the time that is left, the least and the most that is kept back for the endpoints that come after. */
const MIN_KEPT_SHARE = 0.25;
const MAX_KEPT_SHARE = 0.5;

/** What to do next. Times are budgets in milliseconds from the start of the attempt, its wait for a slot included. */
export type NextAttempt =
  | {
      readonly kind: "attempt";
      readonly endpointId: EndpointId;
      /** When to leave it, so that the next endpoint can still answer within the deadline. */
      readonly firstContentTimeoutMs: number;
      /** When the whole answer must be there. */
      readonly totalTimeoutMs: number;
    }
  | {
      readonly kind: "give-up";
      /** `not-retryable`: the last error would happen anywhere. `no-candidates`: everything permitted was tried, or nothing is permitted. */
      readonly reason: "not-retryable" | "no-candidates" | "attempts-exhausted" | "deadline";
    };

/** The attempts so far, and the time. */
export interface FailoverInput {
  /** The newest decision: made with the endpoints that were tried, on fresh facts, so that a fallback obeys policy too. */
  readonly decision: Decision;
  readonly attempts: readonly { readonly endpointId: EndpointId; readonly errorCode: ErrorCode }[];
  /** Since the request arrived. */
  readonly elapsedMs: number;
  /** Counted from the same moment; absent when there is none. */
  readonly deadlineMs?: number;
  /** Without a stream the first content is the whole answer. */
  readonly streaming: boolean;
  readonly limits?: FailoverLimits;
}

/** The next endpoint to try, with its share of the time that is left, or why no other is tried. The first that holds decides. */
export function nextAttempt(input: FailoverInput): NextAttempt {
  const { decision, attempts, streaming, limits = DEFAULT_FAILOVER_LIMITS } = input;
  const last = attempts.at(-1);
  if (last !== undefined && !ERROR_FACTS[last.errorCode].failover) return { kind: "give-up", reason: "not-retryable" };
  const untried = decision.candidates.filter(({ endpointId }) =>
    attempts.every((tried) => tried.endpointId !== endpointId),
  );
  const [next, afterNext] = untried;
  if (next === undefined) return { kind: "give-up", reason: "no-candidates" };
  if (attempts.length >= limits.maxAttempts) return { kind: "give-up", reason: "attempts-exhausted" };
  const remainingMs = (input.deadlineMs ?? Infinity) - input.elapsedMs;
  if (remainingMs < limits.minAttemptMs) return { kind: "give-up", reason: "deadline" };

  const mayGoOn = afterNext !== undefined && attempts.length + 1 < limits.maxAttempts;
  const keptMs = mayGoOn && remainingMs !== Infinity ? timeKeptFor(afterNext, remainingMs) : 0;
  const expectedMs = (streaming ? next.prediction.ttftMs : next.prediction.totalMs) ?? 0;
  const patienceMs = streaming ? Math.max(limits.firstContentTimeoutMs, expectedMs * PATIENCE) : Infinity;
  return {
    kind: "attempt",
    endpointId: next.endpointId,
    firstContentTimeoutMs: Math.min(patienceMs, remainingMs - keptMs),
    totalTimeoutMs: remainingMs,
  };
}

/** What the endpoint after this one needs for its answer, within the shares above; the most where that is unknown. */
function timeKeptFor(candidate: RankedCandidate, remainingMs: number): number {
  const neededMs = candidate.prediction.totalMs ?? remainingMs;
  return Math.min(Math.max(neededMs, remainingMs * MIN_KEPT_SHARE), remainingMs * MAX_KEPT_SHARE);
}
