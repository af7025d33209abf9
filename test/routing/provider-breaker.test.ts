import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/error-facts.ts";
import { ProviderBreaker } from "../../src/routing/provider-breaker.ts";

const FACTS = { id: "acme/m", slots: 8 };
const CLOSED = { breaker: "closed" } as const;

function afterFailures(...codes: readonly (ErrorCode | undefined)[]) {
  let nowMs = 1_000;
  const now = (): number => nowMs;
  const advance = (byMs: number): void => {
    nowMs += byMs;
  };
  const breaker = new ProviderBreaker();
  const attempt = (code?: ErrorCode): void => {
    breaker.attemptStarted(FACTS, now());
    breaker.attemptEnded(now(), code, now());
  };
  for (const code of codes) attempt(code);
  return { now, advance, breaker, attempt };
}

describe("the breaker of a provider", () => {
  it("takes all endpoints away after failures that are the provider's own, at whichever endpoint they showed", () => {
    const { now, breaker } = afterFailures("upstream_unreachable", "upstream_unauthorized", "upstream_unreachable");
    expect(breaker.over(CLOSED, now())).toEqual({ breaker: "open", breakerRetryInMs: 2_000, breakerIsProviders: true });
  });

  it.each<[string, ErrorCode | undefined]>([
    ["answers", undefined],
    ["rejects a request", "upstream_rejected"],
    ["limits the rate", "upstream_rate_limited"],
    ["fails at one endpoint", "upstream_failed"],
  ])("counts from the start when the provider %s in between", (_, code) => {
    const { now, breaker } = afterFailures(
      "upstream_unreachable",
      "upstream_unreachable",
      code,
      "upstream_unreachable",
    );
    expect(breaker.over(CLOSED, now())).toEqual(CLOSED);
  });

  it.each<ErrorCode>(["client_closed_request", "deadline_exceeded", "upstream_timeout", "superseded"])(
    "learns nothing from %s",
    (code) => {
      const { now, breaker } = afterFailures(
        "upstream_unreachable",
        "upstream_unreachable",
        code,
        "upstream_unreachable",
      );
      expect(breaker.over(CLOSED, now()).breaker).toBe("open");
    },
  );

  it("lets one probe through after its delay, and opens for everybody when that succeeds", () => {
    const { now, advance, breaker, attempt } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    advance(2_000);
    expect(breaker.over(CLOSED, now())).toMatchObject({ breaker: "half-open" });
    breaker.attemptStarted(FACTS, now());
    expect(breaker.over(CLOSED, now())).toMatchObject({ breaker: "open" });
    breaker.attemptEnded(now(), "upstream_timeout", now());
    expect(breaker.over(CLOSED, now())).toMatchObject({ breaker: "half-open" });
    attempt();
    expect(breaker.over(CLOSED, now())).toEqual(CLOSED);
  });

  it("gives all endpoints together their load back little by little when it works again", () => {
    const { now, advance, breaker, attempt } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    const other = { id: "acme/other", slots: 12 };
    breaker.attemptStarted(other, now());
    breaker.attemptEnded(now(), "superseded", now());
    advance(2_000);
    attempt();
    expect(breaker.isTrustedNoFurther(now())).toBe(false);
    breaker.attemptStarted(FACTS, now());
    expect(breaker.isTrustedNoFurther(now())).toBe(true);
    advance(15_000);
    for (let more = 1; more < 10; more++) {
      expect(breaker.isTrustedNoFurther(now())).toBe(false);
      breaker.attemptStarted(other, now());
    }
    expect(breaker.isTrustedNoFurther(now())).toBe(true);
    breaker.attemptEnded(now(), undefined, now());
    expect(breaker.isTrustedNoFurther(now())).toBe(false);
    for (let more = 0; more < 50; more++) breaker.attemptStarted(other, now());
    advance(15_000);
    expect(breaker.isTrustedNoFurther(now())).toBe(false);
  });

  it("is trusted with any load where it has never failed", () => {
    const { now, breaker } = afterFailures(undefined);
    for (let more = 0; more < 50; more++) breaker.attemptStarted(FACTS, now());
    expect(breaker.isTrustedNoFurther(now())).toBe(false);
  });

  it("leaves an endpoint's own breaker alone where that keeps it away for longer", () => {
    const { now, breaker } = afterFailures(...Array<ErrorCode>(3).fill("upstream_unreachable"));
    const own = { breaker: "open", breakerRetryInMs: 8_000, errorRate: 1 } as const;
    expect(breaker.over(own, now())).toEqual(own);
    expect(breaker.over({ ...own, breakerRetryInMs: 500 }, now())).toMatchObject({
      breakerRetryInMs: 2_000,
      errorRate: 1,
    });
  });
});
