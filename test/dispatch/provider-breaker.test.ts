import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import { ProviderBreaker } from "../../src/dispatch/provider-breaker.ts";
import { ManualClock } from "../support/manual-clock.ts";

const FACTS = { id: "acme/m", slots: 8 };
const CLOSED = { breaker: "closed" } as const;

function afterFailures(...codes: readonly (ErrorCode | undefined)[]) {
  const clock = new ManualClock();
  const breaker = new ProviderBreaker(clock);
  const attempt = (code?: ErrorCode): void => {
    breaker.attemptStarted(FACTS);
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
    breaker.attemptStarted(FACTS);
    expect(breaker.over(CLOSED)).toMatchObject({ breaker: "open" });
    breaker.attemptEnded(clock.monotonicMs(), "upstream_timeout");
    expect(breaker.over(CLOSED)).toMatchObject({ breaker: "half-open" });
    attempt();
    expect(breaker.over(CLOSED)).toEqual(CLOSED);
  });

  it("gives all endpoints together their load back little by little when it works again", () => {
    const { clock, breaker, attempt } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    const other = { id: "acme/other", slots: 12 };
    breaker.attemptStarted(other);
    breaker.attemptEnded(clock.monotonicMs(), "superseded");
    clock.advance(2_000);
    attempt();
    expect(breaker.isTrustedNoFurther()).toBe(false);
    breaker.attemptStarted(FACTS);
    expect(breaker.isTrustedNoFurther()).toBe(true);
    clock.advance(15_000);
    for (let more = 1; more < 10; more++) {
      expect(breaker.isTrustedNoFurther()).toBe(false);
      breaker.attemptStarted(other);
    }
    expect(breaker.isTrustedNoFurther()).toBe(true);
    breaker.attemptEnded(clock.monotonicMs(), undefined);
    expect(breaker.isTrustedNoFurther()).toBe(false);
    for (let more = 0; more < 50; more++) breaker.attemptStarted(other);
    clock.advance(15_000);
    expect(breaker.isTrustedNoFurther()).toBe(false);
  });

  it("is trusted with any load where it has never failed", () => {
    const { breaker } = afterFailures(undefined);
    for (let more = 0; more < 50; more++) breaker.attemptStarted(FACTS);
    expect(breaker.isTrustedNoFurther()).toBe(false);
  });

  it("leaves an endpoint's own breaker alone where that keeps it away for longer", () => {
    const { breaker } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    const own = { breaker: "open", breakerRetryInMs: 8_000, errorRate: 1 } as const;
    expect(breaker.over(own)).toEqual(own);
    expect(breaker.over({ ...own, breakerRetryInMs: 500 })).toMatchObject({ breakerRetryInMs: 2_000, errorRate: 1 });
  });
});
