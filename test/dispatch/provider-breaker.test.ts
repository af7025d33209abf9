import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import { ProviderBreaker } from "../../src/dispatch/provider-breaker.ts";
import { ManualClock } from "../support/manual-clock.ts";

const CLOSED = { breaker: "closed" } as const;

function afterFailures(...codes: readonly (ErrorCode | undefined)[]) {
  const clock = new ManualClock();
  const breaker = new ProviderBreaker(clock);
  const attempt = (code?: ErrorCode): void => {
    breaker.attemptStarted();
    breaker.attemptEnded(clock.monotonicMs(), code);
  };
  for (const code of codes) attempt(code);
  return { clock, breaker, attempt };
}

describe("the breaker of a provider", () => {
  it("takes all endpoints away after failures that are the provider's own, at whichever endpoint they showed", () => {
    const { breaker } = afterFailures("upstream_unreachable", "upstream_unauthorized", "upstream_unreachable");
    expect(breaker.over(CLOSED)).toEqual({ breaker: "open", breakerRetryInMs: 2_000, breakerIsProviders: true });
  });

  it.each<[string, ErrorCode | undefined]>([
    ["answers", undefined],
    ["rejects a request", "upstream_rejected"],
    ["limits the rate", "upstream_rate_limited"],
    ["fails at one endpoint", "upstream_failed"],
  ])("counts from the start when the provider %s in between", (_, code) => {
    const { breaker } = afterFailures("upstream_unreachable", "upstream_unreachable", code, "upstream_unreachable");
    expect(breaker.over(CLOSED)).toEqual(CLOSED);
  });

  it.each<ErrorCode>(["client_closed_request", "deadline_exceeded", "upstream_timeout", "superseded"])(
    "learns nothing from %s",
    (code) => {
      const { breaker } = afterFailures("upstream_unreachable", "upstream_unreachable", code, "upstream_unreachable");
      expect(breaker.over(CLOSED).breaker).toBe("open");
    },
  );

  it("lets one probe through after its delay, and opens for everybody when that succeeds", () => {
    const { clock, breaker, attempt } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    clock.advance(2_000);
    expect(breaker.over(CLOSED)).toMatchObject({ breaker: "half-open" });
    breaker.attemptStarted();
    expect(breaker.over(CLOSED)).toMatchObject({ breaker: "open" });
    breaker.attemptEnded(clock.monotonicMs(), "upstream_timeout");
    expect(breaker.over(CLOSED)).toMatchObject({ breaker: "half-open" });
    attempt();
    expect(breaker.over(CLOSED)).toEqual(CLOSED);
  });

  it("leaves an endpoint's own breaker alone where that keeps it away for longer", () => {
    const { breaker } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    const own = { breaker: "open", breakerRetryInMs: 8_000, errorRate: 1 } as const;
    expect(breaker.over(own)).toEqual(own);
    expect(breaker.over({ ...own, breakerRetryInMs: 500 })).toMatchObject({ breakerRetryInMs: 2_000, errorRate: 1 });
  });
});
