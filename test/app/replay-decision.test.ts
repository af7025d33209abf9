import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAgain, replayableOf } from "../../src/app/replay-decision.ts";
import { recordRequest } from "../../src/core/recorded-request.ts";
import type { RecordedLeaf } from "../../src/audit/read-leaves.ts";
import { compareDecisions } from "../../src/routing/compare-decisions.ts";
import { route } from "../../src/routing/route.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";
import { chatRequest, endpoint, policyOf, require, routeOf, routingInput } from "../routing/builders.ts";

const DATA_CLASSES = ["public", "internal", "confidential", "restricted"];

/** The leaf of a decision as it comes back from the log. */
function leafOf(input: RoutingInput): RecordedLeaf {
  const { principal, request } = input;
  const { requestId, keyId, ...decision } = route(input);
  const leaf = {
    index: 7,
    kind: "attempt",
    time: "2026-01-07T12:00:00.000Z",
    requestId,
    keyId,
    role: principal.role,
    tags: principal.tags,
    decision: { ...decision, request: recordRequest(request, input.spend) },
  };
  return JSON.parse(JSON.stringify(leaf)) as RecordedLeaf;
}

function siteOf({ endpoints }: RoutingInput) {
  return { endpoints: new Map(endpoints.map(({ facts }) => [facts.id, facts])), dataClasses: DATA_CLASSES };
}

describe("a decision of the past", () => {
  it("comes out the same under the policy that made it, whatever the load was then", () => {
    const state = fc.record({
      loaded: fc.boolean(),
      running: fc.nat({ max: 8 }),
      queued: fc.nat({ max: 8 }),
      prefillTokensPerSecond: fc.integer({ min: 50, max: 5_000 }),
      decodeTokensPerSecond: fc.integer({ min: 5, max: 200 }),
      loadMs: fc.nat({ max: 9_000 }),
    });
    const input = fc
      .record({
        states: fc.array(state, { minLength: 1, maxLength: 6 }),
        objective: fc.constantFrom("cost" as const, "latency" as const, "throughput" as const, "balanced" as const),
        maxTokens: fc.integer({ min: 1, max: 4_000 }),
      })
      .map(({ states, objective, maxTokens }) =>
        routingInput({
          request: chatRequest({ maxTokens }),
          endpoints: states.map((one, index) => endpoint(`p${index}`, { location: "site" }, one)),
          policy: policyOf(
            [require("even", ({ provider }) => Number(String(provider).slice(1)) % 2 === 0)],
            [routeOf({ objective })],
          ),
        }),
      );
    fc.assert(
      fc.property(input, (one) => {
        const replayable = replayableOf(leafOf(one), siteOf(one));
        if (replayable === undefined) throw new Error("not replayable");
        const [then, again] = [route(one), decideAgain(replayable, one.policy)];
        expect(again.candidates.map(({ endpointId }) => endpointId)).toEqual(
          then.candidates.map(({ endpointId }) => endpointId),
        );
        expect(compareDecisions(then, again)).toEqual({ change: "none", forbidden: [], allowed: [] });
      }),
    );
  });

  it("says what another policy forbids", () => {
    const input = routingInput({ endpoints: [endpoint("box"), endpoint("acme")] });
    const replayable = replayableOf(leafOf(input), siteOf(input));
    if (replayable === undefined) throw new Error("not replayable");
    const again = decideAgain(replayable, policyOf([require("box-only", ({ location }) => location === "box")]));
    expect(compareDecisions(replayable.recorded, again)).toMatchObject({
      forbidden: [{ endpointId: "acme/maker/model", by: "box-only" }],
      allowed: [],
    });
  });

  it("keeps away from what could not serve then", () => {
    const down = endpoint("acme", {}, { unavailableBecause: "failed to load" });
    const input = routingInput({ endpoints: [endpoint("box"), down] });
    const replayable = replayableOf(leafOf(input), siteOf(input));
    if (replayable === undefined) throw new Error("not replayable");
    expect(decideAgain(replayable, policyOf()).rejected).toMatchObject([
      { endpointId: "acme/maker/model", kind: "availability" },
    ]);
  });

  it("is not made again from a record that lacks the request or was cut", () => {
    const input = routingInput();
    const leaf = leafOf(input);
    const { request: _, ...decision } = leaf["decision"] as Record<string, unknown>;
    expect(replayableOf({ ...leaf, decision }, siteOf(input))).toBeUndefined();
    const cut = { ...(leaf["decision"] as object), rejectedOmitted: { count: 9 } };
    expect(replayableOf({ ...leaf, decision: cut }, siteOf(input))).toBeUndefined();
    expect(replayableOf({ index: 1, kind: "outcome" }, siteOf(input))).toBeUndefined();
  });

  it("stays with the endpoint that had the conversation", () => {
    const endpoints = ["p0", "p1"].map((id) => endpoint(id, { location: "site" }, { decodeTokensPerSecond: 50 }));
    const [, second] = endpoints;
    const sticky = { endpointId: second?.facts.id ?? "", cachedPromptTokens: 100 };
    const input = routingInput({ endpoints, sticky });
    const replayable = replayableOf(leafOf(input), siteOf(input));
    if (replayable === undefined) throw new Error("The leaf can't be replayed.");
    expect(decideAgain(replayable, input.policy).candidates[0]?.endpointId).toBe(sticky.endpointId);
  });
});
