import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import {
  breakerFacts,
  CLOSED_BREAKER,
  DEFAULT_BREAKER_LIMITS,
  isEndpointFault,
  mayAttempt,
  stepBreaker,
  type BreakerState,
} from "../../src/routing/breaker.ts";

const { firstDelayMs, maxDelayMs, probeTimeoutMs } = DEFAULT_BREAKER_LIMITS;

function attempt(state: BreakerState, nowMs: number, errorCode?: ErrorCode): BreakerState {
  const started = stepBreaker(state, { kind: "attempt-started", nowMs });
  const error = errorCode === undefined ? {} : { errorCode };
  return stepBreaker(started, { kind: "attempt-ended", startedAtMs: nowMs, nowMs, ...error });
}

const failing = (times: number): BreakerState =>
  Array.from({ length: times }).reduce<BreakerState>((state) => attempt(state, 0, "upstream_failed"), CLOSED_BREAKER);

describe("the breaker", () => {
  it("opens after failures in a row and says when it lets a probe through", () => {
    expect(breakerFacts(failing(2), 0)).toEqual({ breaker: "closed", errorRate: 1 });
    expect(breakerFacts(failing(3), 500)).toEqual({
      breaker: "open",
      breakerRetryInMs: firstDelayMs - 500,
      errorRate: 1,
    });
    expect(mayAttempt(failing(3), firstDelayMs - 1)).toBe(false);
    expect(breakerFacts(failing(3), firstDelayMs).breaker).toBe("half-open");
  });

  it("opens on the error rate although successes come between", () => {
    let state: BreakerState = CLOSED_BREAKER;
    for (let index = 0; index < 9; index++)
      state = attempt(state, index, index % 2 === 0 ? undefined : "worker_failed");
    expect(state.kind).toBe("closed");
    expect(attempt(state, 10, "worker_failed").kind).toBe("open");
  });

  it("forgets what is older than its window", () => {
    const later = DEFAULT_BREAKER_LIMITS.windowMs + 1;
    expect(breakerFacts(failing(2), later)).toEqual({ breaker: "closed" });
  });

  it("lets one probe through and makes the others wait for it", () => {
    const probing = stepBreaker(failing(3), { kind: "attempt-started", nowMs: firstDelayMs });
    expect(mayAttempt(probing, firstDelayMs)).toBe(false);
    expect(breakerFacts(probing, firstDelayMs)).toEqual({ breaker: "open", errorRate: 1 });
    expect(mayAttempt(probing, firstDelayMs + probeTimeoutMs)).toBe(true);
  });

  it("closes after a probe that succeeds and waits twice as long after one that fails", () => {
    expect(attempt(failing(3), firstDelayMs)).toEqual(CLOSED_BREAKER);
    const again = attempt(failing(3), firstDelayMs, "upstream_timeout");
    expect(breakerFacts(again, firstDelayMs).breakerRetryInMs).toBe(2 * firstDelayMs);
  });

  it("never waits longer than its limit", () => {
    let state = failing(3);
    let nowMs = 0;
    for (let index = 0; index < 20; index++) {
      nowMs += maxDelayMs;
      state = attempt(state, nowMs, "upstream_failed");
    }
    expect(breakerFacts(state, nowMs).breakerRetryInMs).toBe(maxDelayMs);
  });

  it("asks again at once when a probe ended by nobody's fault", () => {
    const abandoned = attempt(failing(3), firstDelayMs, "client_closed_request");
    expect(mayAttempt(abandoned, firstDelayMs)).toBe(true);
  });

  it("is not moved by attempts that began before the probe", () => {
    const probing = stepBreaker(failing(3), { kind: "attempt-started", nowMs: firstDelayMs });
    expect(stepBreaker(probing, { kind: "attempt-ended", startedAtMs: 0, nowMs: firstDelayMs + 1 })).toEqual(probing);
  });

  it.each([
    "upstream_rejected",
    "upstream_rate_limited",
    "invalid_answer",
    "context_length_exceeded",
    "queue_full",
    "client_closed_request",
  ] as const)("takes no notice of %s", (code) => {
    expect(isEndpointFault(code)).toBe(false);
    expect(attempt(failing(2), 0, code)).toEqual(failing(2));
  });

  it("stays within its bounds under any events", () => {
    const event = fc.record({
      waitMs: fc.nat(20_000),
      errorCode: fc.constantFrom<ErrorCode | undefined>(undefined, "upstream_failed", "worker_failed", "rate_limited"),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state: BreakerState = CLOSED_BREAKER;
        let nowMs = 0;
        for (const { waitMs, errorCode } of events) {
          nowMs += waitMs;
          if (mayAttempt(state, nowMs)) state = attempt(state, nowMs, errorCode);
          expect(state.recent.length).toBeLessThanOrEqual(DEFAULT_BREAKER_LIMITS.windowSize);
          expect(mayAttempt(state, nowMs + Math.max(maxDelayMs, probeTimeoutMs))).toBe(true);
        }
      }),
    );
  });
});
