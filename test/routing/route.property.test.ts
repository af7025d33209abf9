import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { route } from "../../src/routing/route.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";
import { caseArbitrary } from "./arbitrary-decision.ts";
import { permittedByReference } from "./reference-evaluator.ts";

const without = (input: RoutingInput, id: string): RoutingInput => ({
  ...input,
  endpoints: input.endpoints.filter(({ facts }) => facts.id !== id),
});
const order = (input: RoutingInput): string[] => route(input).candidates.map(({ endpointId }) => endpointId);

describe("route, over random policies, requests and endpoints", () => {
  it("is tried on enough cases that leave something to put in order", () => {
    const candidates = fc.sample(caseArbitrary, 1_000).map(({ input }) => order(input).length);
    expect(candidates.filter((count) => count > 1).length).toBeGreaterThan(70);
  });

  it("never makes a candidate of an endpoint that the reference evaluator forbids", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input, rules }) => {
        const permitted = permittedByReference(input, rules);
        expect(order(input).filter((id) => !permitted.has(id))).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
  });

  it("rejects an endpoint that the reference evaluator permits only because it can't serve now", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input, rules }) => {
        const permitted = permittedByReference(input, rules);
        const kinds = route(input)
          .rejected.filter(({ endpointId }) => permitted.has(endpointId))
          .map(({ kind, by }) => (kind === "availability" ? kind : `${kind} by ${by}`));
        expect(kinds.filter((kind) => kind !== "availability")).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has every endpoint exactly once, as a candidate or as rejected", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const { candidates, rejected } = route(input);
        const seen = [...candidates, ...rejected].map(({ endpointId }) => endpointId).toSorted();
        expect(seen).toEqual(input.endpoints.map(({ facts }) => facts.id).toSorted());
      }),
      { numRuns: 1_500 },
    );
  });

  it("decides the same whatever the order of the endpoints is", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        expect(order({ ...input, endpoints: input.endpoints.toReversed() })).toEqual(order(input));
        expect(route(input)).toEqual(route(input));
      }),
      { numRuns: 1_500 },
    );
  });

  it("keeps the order of the others when one endpoint is taken away", () => {
    fc.assert(
      fc.property(caseArbitrary, fc.nat(7), ({ input }, index) => {
        const removed = input.endpoints[index]?.facts.id ?? "";
        expect(order(without(input, removed))).toEqual(order(input).filter((id) => id !== removed));
      }),
      { numRuns: 1_500 },
    );
  });

  it("keeps of that order the first alone, or those of `order`, where the request allows no fallbacks", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const { request } = input;
        const strict = { ...request, provider: { ...request.provider, allowFallbacks: false } };
        const kept = order({ ...input, request: strict });
        const all = order(input);
        if (request.provider.order === undefined) expect(kept).toEqual(all.slice(0, 1));
        else expect(all.filter((id) => kept.includes(id))).toEqual(kept);
      }),
      { numRuns: 1_500 },
    );
  });

  it("never makes a candidate whose worst cost the key could not pay", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const { spend } = input;
        if (spend?.limitMicroUsd === undefined) return;
        const left = spend.limitMicroUsd - spend.settledMicroUsd - spend.reservedMicroUsd;
        for (const { prediction } of route(input).candidates) {
          expect(prediction.worstCostMicroUsd).toBeLessThanOrEqual(left);
          expect(prediction.costMicroUsd).toBeLessThanOrEqual(prediction.worstCostMicroUsd ?? 0);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it("never tries again what was tried, and orders the rest as before", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const [first] = order(input);
        const tried = first === undefined ? [] : [{ endpointId: first, errorCode: "upstream_failed" }];
        expect(order({ ...input, alreadyTried: tried })).toEqual(order(input).slice(1));
      }),
      { numRuns: 1_500 },
    );
  });
});
