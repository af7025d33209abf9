import type { EndpointState } from "../core/endpoint.ts";
import { ERROR_FACTS, type ErrorCode } from "../core/error-facts.ts";

/** When a breaker opens, and for how long. */
export interface BreakerLimits {
  /** Failures one after the other that open it. */
  readonly maxConsecutiveFailures: number;
  /** Attempts that the error rate is taken over, at most, and their greatest age. */
  readonly windowSize: number;
  readonly windowMs: number;
  /** The error rate opens it from this many attempts on. */
  readonly minSamples: number;
  /** Share of failed attempts from which it opens. */
  readonly maxErrorRate: number;
  /** Wait before the first probe; doubled each time that a probe fails. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** A probe that has not reported after this time is taken for lost, and another is let through. */
  readonly probeTimeoutMs: number;
}

/** The limits that every endpoint's breaker has unless it is told others. */
export const DEFAULT_BREAKER_LIMITS: BreakerLimits = {
  maxConsecutiveFailures: 3,
  windowSize: 20,
  windowMs: 60_000,
  minSamples: 10,
  maxErrorRate: 0.5,
  firstDelayMs: 2_000,
  maxDelayMs: 60_000,
  probeTimeoutMs: 120_000,
};

interface Outcome {
  readonly atMs: number;
  readonly failed: boolean;
}

interface Shared {
  /** The newest outcomes, oldest first. */
  readonly recent: readonly Outcome[];
}

/** The state of one endpoint's breaker. Times are on the monotonic clock. */
export type BreakerState =
  | (Shared & { readonly kind: "closed"; readonly consecutiveFailures: number })
  | (Shared & { readonly kind: "open"; readonly openedAtMs: number; readonly delayMs: number })
  /** One probe is under way; everything else waits for it. */
  | (Shared & { readonly kind: "half-open"; readonly probeStartedAtMs: number; readonly delayMs: number });

/** What happened. `attempt-ended` carries the time at which its attempt started; without an error code it is a success. */
export type BreakerEvent =
  | { readonly kind: "attempt-started"; readonly nowMs: number }
  | {
      readonly kind: "attempt-ended";
      readonly startedAtMs: number;
      readonly nowMs: number;
      readonly errorCode?: ErrorCode;
    };

/** The breaker of an endpoint that nothing is known against. */
export const CLOSED_BREAKER: BreakerState = { kind: "closed", consecutiveFailures: 0, recent: [] };

const CLOSED_FACTS = { breaker: "closed" } as const;

/**
 * Whether an error is the endpoint's own fault. What the caller did, what this box did and a rate limit are not; nor is an
 * answer that misses the form asked for: a schema that nothing can satisfy must not close the endpoint to everybody else.
 */
export function isEndpointFault(code: ErrorCode): boolean {
  return ERROR_FACTS[code].fault === "upstream" && !SAYS_NOTHING_OF_HEALTH.has(code);
}

const SAYS_NOTHING_OF_HEALTH: ReadonlySet<ErrorCode> = new Set([
  "upstream_rejected",
  "upstream_rate_limited",
  "invalid_answer",
]);

/**
 * The breaker's whole life.
 *
 * - closed: failures in a row, or too many of the recent attempts, open it.
 * - open: nothing passes until the delay is over; then the first attempt is the probe and makes it half-open.
 * - half-open: the probe's success closes it and forgets the past; its failure opens it for twice as long. An error that
 *   is nobody's fault says nothing about the endpoint: it opens at once for the next probe.
 *
 * Attempts that began before it opened and end later do not change it: they are old news.
 */
export function stepBreaker(
  state: BreakerState,
  event: BreakerEvent,
  limits: BreakerLimits = DEFAULT_BREAKER_LIMITS,
): BreakerState {
  if (event.kind === "attempt-started") {
    if (state.kind === "closed" || !mayAttempt(state, event.nowMs, limits)) return state;
    return { kind: "half-open", probeStartedAtMs: event.nowMs, delayMs: state.delayMs, recent: state.recent };
  }
  const { nowMs, errorCode } = event;
  const failed = errorCode !== undefined && isEndpointFault(errorCode);
  const says = failed || errorCode === undefined;
  switch (state.kind) {
    case "closed":
      return says ? closedAfter(state, { atMs: nowMs, failed }, limits) : state;
    case "open":
      return state;
    case "half-open":
      if (event.startedAtMs < state.probeStartedAtMs) return state;
      if (!says)
        return { kind: "open", openedAtMs: nowMs - state.delayMs, delayMs: state.delayMs, recent: state.recent };
      if (!failed) return CLOSED_BREAKER;
      return {
        kind: "open",
        openedAtMs: nowMs,
        delayMs: Math.min(state.delayMs * 2, limits.maxDelayMs),
        recent: appended(state.recent, { atMs: nowMs, failed }, limits),
      };
  }
}

/** Whether an attempt may begin now. */
export function mayAttempt(
  state: BreakerState,
  nowMs: number,
  limits: BreakerLimits = DEFAULT_BREAKER_LIMITS,
): boolean {
  switch (state.kind) {
    case "closed":
      return true;
    case "open":
      return nowMs - state.openedAtMs >= state.delayMs;
    case "half-open":
      return nowMs - state.probeStartedAtMs >= limits.probeTimeoutMs;
  }
}

/**
 * The breaker as an endpoint's state shows it: `half-open` where an attempt would be the probe, `open` where none may
 * begin, with the time until one may where that is known.
 */
export function breakerFacts(
  state: BreakerState,
  nowMs: number,
  limits: BreakerLimits = DEFAULT_BREAKER_LIMITS,
): Pick<EndpointState, "breaker" | "breakerRetryInMs" | "errorRate"> {
  const rate = errorRateOf(state.recent, nowMs, limits);
  const errorRate = rate === undefined ? {} : { errorRate: rate };
  if (state.kind === "closed") return rate === undefined ? CLOSED_FACTS : { breaker: "closed", errorRate: rate };
  if (mayAttempt(state, nowMs, limits)) return { breaker: "half-open", ...errorRate };
  if (state.kind === "half-open") return { breaker: "open", ...errorRate };
  return { breaker: "open", breakerRetryInMs: state.delayMs - (nowMs - state.openedAtMs), ...errorRate };
}

function closedAfter(
  state: Extract<BreakerState, { kind: "closed" }>,
  outcome: Outcome,
  limits: BreakerLimits,
): BreakerState {
  const recent = appended(state.recent, outcome, limits);
  const consecutiveFailures = outcome.failed ? state.consecutiveFailures + 1 : 0;
  const tooMany = recent.length >= limits.minSamples && failedShare(recent) >= limits.maxErrorRate;
  if (outcome.failed && (consecutiveFailures >= limits.maxConsecutiveFailures || tooMany))
    return { kind: "open", openedAtMs: outcome.atMs, delayMs: limits.firstDelayMs, recent };
  return { kind: "closed", consecutiveFailures, recent };
}

function appended(recent: readonly Outcome[], outcome: Outcome, limits: BreakerLimits): readonly Outcome[] {
  const young = recent.filter(({ atMs }) => outcome.atMs - atMs <= limits.windowMs);
  return [...young, outcome].slice(-limits.windowSize);
}

function errorRateOf(recent: readonly Outcome[], nowMs: number, limits: BreakerLimits): number | undefined {
  // Asked for every endpoint of every decision, so without a list of its own.
  let [young, failures] = [0, 0];
  for (const { atMs, failed } of recent) {
    if (nowMs - atMs > limits.windowMs) continue;
    young += 1;
    if (failed) failures += 1;
  }
  return young === 0 ? undefined : failures / young;
}

function failedShare(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ failed }) => failed).length / outcomes.length;
}
