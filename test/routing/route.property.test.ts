import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndpointFacts, EndpointSnapshot } from "../../src/core/endpoint.ts";
import type { CompiledConstraint } from "../../src/core/policy-port.ts";
import { route } from "../../src/routing/route.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";
import { chatRequest, endpoint, policyOf, PRINCIPAL, routeOf, routingInput } from "./builders.ts";
import { permittedByReference, type Rule } from "./reference-evaluator.ts";

const CLASSES = ["public", "internal", "confidential", "restricted"];
const MODELS = ["maker/small", "maker/large"];
const REGIONS = ["eu", "us"];

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Takes out what is undefined, so that absent means absent. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

const factsArbitrary = fc
  .record({
    location: fc.constantFrom("box", "site", "cloud") as fc.Arbitrary<EndpointFacts["location"]>,
    modelId: fc.constantFrom(...MODELS),
    device: maybe(fc.constantFrom("cpu", "gpu") as fc.Arbitrary<"cpu" | "gpu">),
    region: maybe(fc.constantFrom(...REGIONS)),
    retentionDays: maybe(fc.constantFrom(0, 30)),
    trainsOnData: maybe(fc.boolean()),
    contextTokens: maybe(fc.constantFrom(4_096, 131_072)),
    capabilities: fc.subarray(["tools", "images", "json-schema"] as const),
    price: maybe(
      fc.integer({ min: 0, max: 5 }).map((usd) => ({
        inputMicroUsdPerMillion: usd * 1_000_000,
        outputMicroUsdPerMillion: usd * 3_000_000,
      })),
    ),
    quality: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    excludedBecause: maybe(fc.constant("air-gapped")),
  })
  .map((facts) => ({ ...defined(facts), capabilities: [...facts.capabilities] }));

const stateArbitrary = fc
  .record({
    breaker: fc.constantFrom("closed", "closed", "closed", "open", "half-open") as fc.Arbitrary<"closed" | "open">,
    breakerRetryInMs: maybe(fc.integer({ min: 0, max: 5_000 })),
    unavailableBecause: maybe(fc.constant("failed to load")),
    loaded: fc.boolean(),
    running: fc.integer({ min: 0, max: 8 }),
    queued: fc.integer({ min: 0, max: 8 }),
    prefillTokensPerSecond: maybe(fc.integer({ min: 50, max: 5_000 })),
    decodeTokensPerSecond: maybe(fc.integer({ min: 5, max: 200 })),
    errorRate: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(defined);

const endpointsArbitrary = fc
  .array(fc.tuple(factsArbitrary, stateArbitrary), { maxLength: 8 })
  .map((parts) => parts.map(([facts, state], index): EndpointSnapshot => endpoint(`p${index}`, facts, state)));

const rulesArbitrary: fc.Arbitrary<Rule[]> = fc
  .array(
    fc
      .record({
        whenClass: maybe(fc.constantFrom(...CLASSES)),
        whenTag: maybe(fc.constantFrom("eu", "vip")),
        requires: fc.oneof(
          fc.record({ location: fc.constantFrom("box", "site", "cloud") }),
          fc.record({ region: fc.constantFrom(...REGIONS) }),
          fc.record({ retentionAtMost: fc.constantFrom(0, 30) }),
        ),
      })
      .map(defined),
    { maxLength: 3 },
  )
  .map((rules) => rules.map((rule, index) => ({ ...rule, id: `rule-${index}` }) as Rule));

const requestArbitrary = fc
  .record({
    model: fc.constantFrom("auto", ...MODELS),
    fallbackModels: fc.subarray(MODELS),
    suffixes: fc.subarray(["floor", "nitro", "local"]),
    hasImages: fc.boolean(),
    toolCount: fc.constantFrom(0, 2),
    maxTokens: maybe(fc.constantFrom(50, 1_000, 8_000)),
    provider: fc
      .record({
        only: maybe(fc.subarray(["p0", "p1", "p2"])),
        ignore: maybe(fc.subarray(["p0", "p3"])),
        order: maybe(fc.subarray(["p4", "p1"])),
        sort: maybe(fc.constantFrom("price", "throughput", "latency") as fc.Arbitrary<"price">),
        sortPartition: fc.constantFrom("model", "none") as fc.Arbitrary<"model">,
        zeroDataRetention: maybe(fc.boolean()),
        dataCollection: maybe(fc.constantFrom("allow", "deny") as fc.Arbitrary<"deny">),
        maxPrice: maybe(fc.record({ promptMicroUsdPerMillion: fc.constantFrom(0, 2_000_000) })),
      })
      .map(defined),
    dataClass: maybe(fc.constantFrom(...CLASSES)),
  })
  .map(({ dataClass, ...parts }) =>
    chatRequest({ ...defined(parts), hints: dataClass === undefined ? {} : { dataClass } }),
  );

const caseArbitrary = fc
  .record({
    endpoints: endpointsArbitrary,
    rules: rulesArbitrary,
    request: requestArbitrary,
    tags: fc.subarray(["eu", "vip"]),
    keyClass: maybe(fc.constantFrom(...CLASSES)),
    objective: fc.constantFrom("cost", "latency", "throughput", "quality", "balanced") as fc.Arbitrary<"cost">,
  })
  .map(({ endpoints, rules, request, tags, keyClass, objective }) => {
    const input = routingInput({
      endpoints,
      request,
      principal: { ...PRINCIPAL, tags, ...(keyClass === undefined ? {} : { dataClass: keyClass }) },
      policy: policyOf(rules.map(compiled), [
        routeOf({
          objective,
          prefer: [
            { text: "gpu", holds: ({ endpoint: facts }) => facts?.["device"] === "gpu" },
            { text: "box", holds: ({ endpoint: facts }) => facts?.["location"] === "box" },
          ],
          burstWhen: { text: "busy", holds: ({ endpoint: facts }) => Number(facts?.["queue_ms"]) > 1_000 },
        }),
      ]),
    });
    return { input, rules };
  });

/** The same rule as routing sees it: a condition over the policy's variables, with errors for what is unknown. */
function compiled({ id, whenClass, whenTag, requires }: Rule): CompiledConstraint {
  return {
    id,
    whenReadsEndpoint: false,
    when: ({ data, principal }) =>
      (whenClass === undefined || data["class"] === whenClass) &&
      (whenTag === undefined || (principal["tags"] as string[]).includes(whenTag)),
    require: ({ endpoint: facts }) => {
      if ("location" in requires) return facts?.["location"] === requires.location;
      const value = "region" in requires ? facts?.["region"] : facts?.["retention_days"];
      if (value === undefined) return { error: "unknown" };
      return "region" in requires ? value === requires.region : Number(value) <= requires.retentionAtMost;
    },
    requireText: id,
  };
}

const without = (input: RoutingInput, id: string): RoutingInput => ({
  ...input,
  endpoints: input.endpoints.filter(({ facts }) => facts.id !== id),
});
const order = (input: RoutingInput): string[] => route(input).candidates.map(({ endpointId }) => endpointId);

describe("route, over random policies, requests and endpoints", () => {
  it("never makes a candidate of an endpoint that the reference evaluator forbids", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input, rules }) => {
        const permitted = permittedByReference(input, rules);
        expect(order(input).filter((id) => !permitted.has(id))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it("rejects an endpoint that the reference evaluator permits only because it can't serve now", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input, rules }) => {
        const permitted = permittedByReference(input, rules);
        const kinds = route(input)
          .rejected.filter(({ endpointId }) => permitted.has(endpointId))
          .map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== "availability")).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("has every endpoint exactly once, as a candidate or as rejected", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const { candidates, rejected } = route(input);
        const seen = [...candidates, ...rejected].map(({ endpointId }) => endpointId).toSorted();
        expect(seen).toEqual(input.endpoints.map(({ facts }) => facts.id).toSorted());
      }),
      { numRuns: 2_000 },
    );
  });

  it("decides the same whatever the order of the endpoints is", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        expect(order({ ...input, endpoints: input.endpoints.toReversed() })).toEqual(order(input));
        expect(route(input)).toEqual(route(input));
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps the order of the others when one endpoint is taken away", () => {
    fc.assert(
      fc.property(caseArbitrary, fc.nat(7), ({ input }, index) => {
        const removed = input.endpoints[index]?.facts.id ?? "";
        expect(order(without(input, removed))).toEqual(order(input).filter((id) => id !== removed));
      }),
      { numRuns: 2_000 },
    );
  });

  it("never tries again what was tried, and orders the rest as before", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ input }) => {
        const [first] = order(input);
        const tried = first === undefined ? [] : [{ endpointId: first, errorCode: "upstream_failed" }];
        expect(order({ ...input, alreadyTried: tried })).toEqual(order(input).slice(1));
      }),
      { numRuns: 2_000 },
    );
  });
});
