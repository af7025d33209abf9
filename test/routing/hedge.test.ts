import { describe, expect, it } from "vitest";
import { hedgeAfterMs } from "../../src/routing/hedge.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, policyOf, routeOf, routingInput } from "./builders.ts";

const measured = (count: number) => ({ p50: 10, p75: 20, p90: 90, p95: 95, p99: 99, count });

describe("hedging", () => {
  it("waits until an answer of the first endpoint is unusually late", () => {
    expect(hedgeAfterMs({ hedge: true }, true, measured(20))).toBe(95);
  });

  it.each<[string, Parameters<typeof hedgeAfterMs>]>([
    ["where it was not asked for", [{}, true, measured(20)]],
    ["for an answer in one piece", [{ hedge: true }, false, measured(20)]],
    ["where too little was measured", [{ hedge: true }, true, measured(19)]],
    ["where nothing was measured", [{ hedge: true }, true, undefined]],
  ])("is not done %s", (_, parts) => {
    expect(hedgeAfterMs(...parts)).toBeUndefined();
  });

  it.each<[boolean | undefined, boolean | undefined, boolean | undefined]>([
    [undefined, undefined, undefined],
    [true, undefined, true],
    [true, false, undefined],
    [undefined, true, true],
  ])("is what the route says (%s), unless the request says otherwise (%s): %s", (ofRoute, ofRequest, expected) => {
    const policy = policyOf([], [routeOf(ofRoute === undefined ? {} : { hedge: ofRoute })]);
    const request = chatRequest({ provider: ofRequest === undefined ? {} : { hedge: ofRequest } });
    expect(route(routingInput({ policy, request })).hedge).toBe(expected);
  });
});
