import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import { EXPLORED_SHARE } from "../../src/routing/explore.ts";
import { route } from "../../src/routing/route.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";
import { chatRequest, endpoint, policyOf, routeOf, routingInput } from "./builders.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };
const KNOWN = { decodeTokensPerSecond: 90, prefillTokensPerSecond: 9_000 };

const known = endpoint("known", { price: PRICE }, KNOWN);
const unknown = endpoint("unknown", { price: { ...PRICE, outputMicroUsdPerMillion: 9_000_000 } });
const EXPLORES = EXPLORED_SHARE / 2;

const first = (parts: Partial<RoutingInput> = {}): string =>
  route(routingInput({ endpoints: [known, unknown], chance: EXPLORES, ...parts })).candidates[0]?.endpointId ?? "";

describe("a request that explores", () => {
  it("goes to an endpoint whose speed nobody knows, and the decision says so", () => {
    const { candidates } = route(routingInput({ endpoints: [known, unknown], chance: EXPLORES }));
    expect(candidates[0]?.endpointId).toBe(unknown.facts.id);
    expect(candidates[0]?.reasons.join()).toContain("explored");
  });

  it("is one of fifty, and none without chance", () => {
    expect(first({ chance: EXPLORED_SHARE })).toBe(known.facts.id);
    const { chance: _, ...without } = routingInput({ endpoints: [known, unknown], chance: 0 });
    expect(route(without).candidates[0]?.endpointId).toBe(known.facts.id);
  });

  it.each([
    ["a deadline", { request: chatRequest({ hints: { deadlineMs: 5_000 } }) }],
    ["the priority tier", { request: chatRequest({ serviceTier: "priority" }) }],
    ["an order of its own", { request: chatRequest({ provider: { order: ["known"] } }) }],
    ["a sort of its own", { request: chatRequest({ suffixes: ["floor"] }) }],
    ["a failed attempt behind it", { alreadyTried: [{ endpointId: "x/y", errorCode: "upstream_failed" }] }],
  ] as const)("is never one with %s", (_, parts) => {
    expect(first(parts)).toBe(known.facts.id);
  });

  it.each<[string, EndpointSnapshot]>([
    ["that would have to load its model", endpoint("unknown", { price: PRICE }, { loaded: false })],
    ["that is busy", endpoint("unknown", { price: PRICE, slots: 1 }, { running: 1 })],
    ["whose price nobody knows", endpoint("unknown")],
    ["that is dear", endpoint("unknown", { price: { ...PRICE, outputMicroUsdPerMillion: 90_000_000 } })],
    ["that failed recently", endpoint("unknown", { price: PRICE }, { breaker: "half-open" })],
  ])("leaves an endpoint alone %s", (_, candidate) => {
    expect(first({ endpoints: [known, candidate] })).toBe(known.facts.id);
  });

  it("stays within the tier that policy prefers", () => {
    const prefer = [
      {
        text: "known",
        holds: (f: { endpoint?: unknown }) => (f.endpoint as { provider: string }).provider === "known",
      },
    ];
    expect(first({ policy: policyOf([], [routeOf({ prefer })]) })).toBe(known.facts.id);
  });

  it("takes each of several unknown endpoints about as often, and keeps their order when one is taken away", () => {
    const several = Array.from({ length: 5 }, (_, index) => endpoint(`p${index}`, { price: PRICE }));
    const orderAt = (chance: number, endpoints: readonly EndpointSnapshot[]): string[] =>
      route(routingInput({ endpoints, chance })).candidates.map(({ endpointId }) => endpointId);
    const times = new Map<string, number>();
    for (let draw = 0; draw < 1_000; draw++) {
      const [id = ""] = orderAt((draw / 1_000) * EXPLORED_SHARE, several);
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    for (const one of several) expect(times.get(one.facts.id) ?? 0).toBeGreaterThan(100);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: EXPLORED_SHARE, noNaN: true, maxExcluded: true }),
        fc.nat(4),
        (chance, gone) => {
          const removed = several[gone]?.facts.id;
          expect(
            orderAt(
              chance,
              several.filter((one) => one.facts.id !== removed),
            ),
          ).toEqual(orderAt(chance, several).filter((id) => id !== removed));
        },
      ),
    );
  });
});
