import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_FACTS, type ErrorCode } from "../../src/core/error-facts.ts";
import {
  DEFAULT_FAILOVER_LIMITS,
  nextAttempt,
  spentEndpoints,
  type FailedAttempt,
  type FailoverInput,
} from "../../src/routing/failover.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, endpoint, routingInput } from "./builders.ts";

const decisionOver = (count: number): FailoverInput["decision"] =>
  route(routingInput({ endpoints: Array.from({ length: count }, (_, index) => endpoint(`p${index}`)) }));
const tried = (
  index: number,
  errorCode: ErrorCode = "upstream_failed",
): { endpointId: string; errorCode: ErrorCode } => ({
  endpointId: `p${index}/maker/model`,
  errorCode,
});
const resting = (index: number, retryAfterMs = 200): FailedAttempt => ({
  ...tried(index, "upstream_rate_limited"),
  retryAfterMs,
});
/** What is decided once the endpoints that are spent are left out and the first rests. */
const decisionWhileResting = (restsForMs: number, attempts: readonly FailedAttempt[] = []): FailoverInput["decision"] =>
  route(routingInput({ endpoints: [endpoint("p0", {}, { restsForMs })], alreadyTried: spentEndpoints(attempts) }));
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

  it("goes on from a model that can't take the request to the next one that was asked for, wherever that runs", () => {
    const asked = chatRequest({ fallbackModels: ["maker/other"] });
    const endpoints = [endpoint("p0"), endpoint("p1"), endpoint("p2", { modelId: "maker/other" })];
    for (const errorCode of ["upstream_rejected", "unsupported_parameter", "invalid_request"] as const) {
      const decision = route(routingInput({ request: asked, endpoints }));
      const attempts = [tried(0, errorCode)];
      expect(next({ decision, attempts })).toMatchObject({ kind: "attempt", endpointId: "p2/maker/other" });
      const both = [...attempts, { endpointId: "p2/maker/other", errorCode }];
      expect(next({ decision, attempts: both })).toEqual({ kind: "give-up", reason: "not-retryable" });
    }
  });

  it("does not ask every model whether it can take what the one that the router chose can't", () => {
    const endpoints = [endpoint("p0"), endpoint("p1", { modelId: "maker/other" })];
    const decision = route(routingInput({ request: chatRequest({ model: "auto" }), endpoints }));
    const attempts = [tried(0, "upstream_rejected")];
    expect(next({ decision, attempts })).toEqual({ kind: "give-up", reason: "not-retryable" });
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

  it("lets a request wait for a place as long as the answer can still come in time, the wait that is predicted apart", () => {
    const decision = decisionOver(1);
    const candidates = decision.candidates.map((one) => ({
      ...one,
      prediction: { ...one.prediction, queueMs: 700, totalMs: 1_200 },
    }));
    const given = { decision: { ...decision, candidates }, elapsedMs: 400, streaming: false };
    expect(next({ ...given, deadlineMs: 2_000 })).toMatchObject({ firstContentTimeoutMs: 1_600, maxQueueMs: 1_100 });
    expect(next({ ...given, deadlineMs: 800 })).toMatchObject({ firstContentTimeoutMs: 400, maxQueueMs: 0 });
    const writing = { queueMs: 700, outputTokens: 6, tokensPerSecond: 5 };
    const unread = candidates.map((one) => ({ ...one, prediction: writing }));
    const late = { decision: { ...decision, candidates: unread }, elapsedMs: 400, deadlineMs: 2_000 };
    expect(next({ ...late, streaming: false })).toMatchObject({ maxQueueMs: 400 });
    expect(next({ ...late, streaming: true })).toMatchObject({ maxQueueMs: 1_600 });
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

  it("asks the other endpoints of a provider that is itself at fault after those of others", () => {
    const endpoints = [
      endpoint("p0", { id: "p0/maker/model" }),
      endpoint("p0", { id: "p0/maker/second" }),
      endpoint("p1"),
    ];
    const decision = route(routingInput({ endpoints }));
    expect(next({ decision, attempts: [tried(0, "upstream_failed")] })).toMatchObject({
      endpointId: "p0/maker/second",
    });
    for (const code of ["upstream_unauthorized", "upstream_unreachable"] as const)
      expect(next({ decision, attempts: [tried(0, code)] })).toMatchObject({ endpointId: "p1/maker/model" });
  });

  it("waits for an endpoint that asked to be left alone, where nothing else can serve", () => {
    expect(next({ decision: decisionWhileResting(200), attempts: [resting(0)] })).toEqual({
      kind: "wait",
      waitMs: 200,
    });
    expect(next({ decision: decisionOver(2), attempts: [resting(0)] })).toMatchObject({ endpointId: "p0/maker/model" });
    expect(next({ decision: decisionWhileResting(200) })).toEqual({ kind: "wait", waitMs: 200 });
  });

  it.each<[string, Partial<FailoverInput>]>([
    ["longer than is worth it", { decision: decisionWhileResting(5_001) }],
    ["past the deadline", { decision: decisionWhileResting(900), deadlineMs: 1_000, elapsedMs: 100 }],
    ["a third time", { decision: decisionWhileResting(200), restCount: 2 }],
    [
      "for an endpoint that it has asked twice",
      {
        decision: decisionWhileResting(200, [resting(0), resting(0)]),
        attempts: [resting(0), resting(0)],
      },
    ],
  ])("does not wait %s", (_, parts) => {
    expect(next(parts)).toEqual({ kind: "give-up", reason: "no-candidates" });
  });

  it("never returns to an endpoint that stalled, whatever it asked for, and once to one that said when", () => {
    expect(spentEndpoints([{ ...tried(0, "upstream_timeout"), retryAfterMs: 1 }])).toHaveLength(1);
    expect(spentEndpoints([tried(0, "upstream_rate_limited")])).toHaveLength(1);
    expect(spentEndpoints([resting(0)])).toEqual([]);
    expect(spentEndpoints([resting(0), resting(0)])).toHaveLength(2);
  });

  it("gives up when the attempts in vain have cost more than the answer may", () => {
    const priced = endpoint("p1", { price: { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 0 } });
    const decision = route(
      routingInput({ endpoints: [{ ...priced, facts: { ...priced.facts, contextTokens: 1_000 } }] }),
    );
    expect(next({ decision, attempts: [{ ...tried(0), costMicroUsd: 100 }] })).toMatchObject({ kind: "attempt" });
    expect(next({ decision, attempts: [{ ...tried(0), costMicroUsd: 101 }] })).toEqual({
      kind: "give-up",
      reason: "cost",
    });
  });

  it("tries at most the allowed number, each endpoint at most twice, and always ends", () => {
    const codes = Object.keys(ERROR_FACTS) as ErrorCode[];
    const failure = fc.record({
      code: fc.constantFrom(...codes),
      retryAfterMs: fc.option(fc.nat(6_000), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.array(failure, { minLength: 20, maxLength: 20 }),
        (count, failures) => {
          const attempts: FailedAttempt[] = [];
          let restCount = 0;
          for (let round = 0; round < 20; round++) {
            const endpoints = Array.from({ length: count }, (_, index) => {
              const rest = attempts.findLast(({ endpointId }) => endpointId === `p${index}/maker/model`)?.retryAfterMs;
              return endpoint(`p${index}`, {}, rest === undefined || round % 2 === 0 ? {} : { restsForMs: rest });
            });
            const decision = route(routingInput({ endpoints, alreadyTried: spentEndpoints(attempts) }));
            const step = next({ decision, attempts, restCount });
            if (step.kind === "give-up") break;
            if (step.kind === "wait") restCount += 1;
            else {
              const { code, retryAfterMs } = failures[round] ?? { code: "upstream_failed" };
              attempts.push({
                endpointId: step.endpointId,
                errorCode: code,
                ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
              });
            }
          }
          expect(attempts.length).toBeLessThanOrEqual(DEFAULT_FAILOVER_LIMITS.maxAttempts);
          for (const tries of Map.groupBy(attempts, ({ endpointId }) => endpointId).values())
            expect(tries.length).toBeLessThanOrEqual(2);
          const beforeLast = attempts.slice(0, -1).map(({ errorCode }) => ERROR_FACTS[errorCode].retry);
          expect(beforeLast).not.toContain("nowhere");
        },
      ),
    );
  });
});

describe("the table of errors", () => {
  it.each(Object.entries(ERROR_FACTS))("says where a request may be tried after %s", (code, { fault, retry }) => {
    // What the caller did, and what this box refuses, would happen anywhere; the exceptions are about one endpoint.
    const aboutOneEndpoint = ["context_length_exceeded", "queue_full", "no_room_for_model", "egress_denied"];
    const aboutOneModel = ["invalid_request", "unsupported_parameter", "upstream_rejected"];
    if (aboutOneModel.includes(code)) expect(retry).toBe("other-model");
    else if (fault !== "upstream" && !aboutOneEndpoint.includes(code)) expect(retry).toBe("nowhere");
    // What any endpoint would refuse, and the end of a panel, whose parts have been tried each.
    const aboutNoEndpoint = ["upstream_rejected", "too_few_answers", "tests_failed"];
    if (fault === "upstream" && !aboutNoEndpoint.includes(code)) expect(retry).not.toBe("nowhere");
  });
});
