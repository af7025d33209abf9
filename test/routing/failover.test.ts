import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/errors.ts";
import { DEFAULT_FAILOVER_LIMITS, nextAttempt, type FailoverInput } from "../../src/routing/failover.ts";
import { route } from "../../src/routing/route.ts";
import { endpoint, routingInput } from "./builders.ts";

const decisionOver = (count: number): FailoverInput["decision"] =>
  route(routingInput({ endpoints: Array.from({ length: count }, (_, index) => endpoint(`p${index}`)) }));
const tried = (
  index: number,
  errorCode: ErrorCode = "upstream_failed",
): { endpointId: string; errorCode: ErrorCode } => ({
  endpointId: `p${index}/maker/model`,
  errorCode,
});
const next = (parts: Partial<FailoverInput>): ReturnType<typeof nextAttempt> =>
  nextAttempt({ decision: decisionOver(3), attempts: [], elapsedMs: 0, streaming: true, ...parts });

describe("nextAttempt", () => {
  it("tries the candidates in order and each once", () => {
    expect(next({})).toMatchObject({ kind: "attempt", endpointId: "p0/maker/model" });
    expect(next({ attempts: [tried(0)] })).toMatchObject({ endpointId: "p1/maker/model" });
    expect(next({ attempts: [tried(0), tried(1)] })).toMatchObject({ endpointId: "p2/maker/model" });
    expect(next({ attempts: [tried(0), tried(1), tried(2)] })).toEqual({ kind: "give-up", reason: "no-candidates" });
  });

  it("gives up at once on an error that would happen anywhere", () => {
    expect(next({ attempts: [tried(0, "upstream_rejected")] })).toEqual({ kind: "give-up", reason: "not-retryable" });
    expect(next({ attempts: [tried(0, "budget_exceeded")] })).toEqual({ kind: "give-up", reason: "not-retryable" });
  });

  it("gives up after as many attempts as are allowed", () => {
    const limits = { ...DEFAULT_FAILOVER_LIMITS, maxAttempts: 2 };
    expect(next({ attempts: [tried(0), tried(1)], limits })).toEqual({ kind: "give-up", reason: "attempts-exhausted" });
  });

  it("gives up when the time is over", () => {
    expect(next({ elapsedMs: 990, deadlineMs: 1_000 })).toEqual({ kind: "give-up", reason: "deadline" });
  });

  it("gives the last candidate all the time that is left", () => {
    const last = next({ decision: decisionOver(1), elapsedMs: 400, deadlineMs: 2_000, streaming: false });
    expect(last).toMatchObject({ firstContentTimeoutMs: 1_600, totalTimeoutMs: 1_600 });
  });

  it("does not limit a whole answer like the first content of a stream", () => {
    expect(next({ streaming: true })).toMatchObject({ firstContentTimeoutMs: 60_000 });
    expect(next({ streaming: false })).toMatchObject({ firstContentTimeoutMs: Infinity });
  });

  it("waits longer than usual for an endpoint that is expected to be slow", () => {
    const slow = route(
      routingInput({
        endpoints: [endpoint("box", {}, { loaded: false, loadMs: 50_000, prefillTokensPerSecond: 100 })],
      }),
    );
    expect(next({ decision: slow })).toMatchObject({ firstContentTimeoutMs: 153_000 });
  });

  it("leaves a stalled endpoint early enough for the next one, whatever the deadline is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 600_000 }), fc.integer({ min: 2, max: 5 }), (deadlineMs, count) => {
        const first = next({ decision: decisionOver(count), deadlineMs });
        if (first.kind !== "attempt") throw new Error("an attempt was due");
        const leftMs = deadlineMs - first.firstContentTimeoutMs;
        expect(leftMs).toBeGreaterThanOrEqual(deadlineMs * 0.25);
        expect(
          next({ decision: decisionOver(count), attempts: [tried(0)], elapsedMs: deadlineMs - leftMs, deadlineMs })
            .kind,
        ).toBe("attempt");
      }),
    );
  });
});
