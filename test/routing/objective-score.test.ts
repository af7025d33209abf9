import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Objective, ObjectiveWeights, RankedCandidate } from "../../src/core/decision.ts";
import type { EndpointFacts, EndpointSnapshot, EndpointState } from "../../src/core/endpoint.ts";
import type { WorkloadClass } from "../../src/core/workload.ts";
import { expectedQuality } from "../../src/routing/expected-quality.ts";
import { explainDecision } from "../../src/routing/explain-decision.ts";
import { route } from "../../src/routing/route.ts";
import { chatRequest, endpoint, policyOf, routeOf, routingInput } from "./builders.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 2_000_000 };
const SPEED = { decodeTokensPerSecond: 50, prefillTokensPerSecond: 1_000 };

function candidates(
  endpoints: readonly EndpointSnapshot[],
  options: {
    objective?: Objective;
    weights?: ObjectiveWeights;
    deadlineMs?: number;
    workloadClass?: WorkloadClass;
  } = {},
): readonly RankedCandidate[] {
  const { objective = "balanced", weights, deadlineMs, workloadClass } = options;
  const hints = { ...(deadlineMs === undefined ? {} : { deadlineMs }), ...(workloadClass && { workloadClass }) };
  const policy = policyOf([], [routeOf({ objective, ...(weights && { weights }) })]);
  return route(routingInput({ endpoints, policy, request: chatRequest({ hints }) })).candidates;
}

const first = (...args: Parameters<typeof candidates>): string => candidates(...args)[0]?.endpointId ?? "";

describe("the score under an objective", () => {
  it("is the sum of its parts: price, hardware, lateness and failure less the worth of the quality", () => {
    const one = endpoint(
      "box",
      { price: PRICE, quality: 0.6, costPerHourMicroUsd: 3_600_000 },
      { ...SPEED, errorRate: 0.5 },
    );
    const [candidate] = candidates([one]);
    // 100 prompt and 300 answer tokens; 0.1 s to read and 6 s to write on one of 4 slots, at 0.3 of 1,000 micro-USD a second.
    expect(candidate?.scoreParts).toEqual({
      price: 700,
      hardware: Math.round(6_100 * 0.25 * 0.3),
      lateness: 6_100,
      failure: 0.5 * (1_000 + 700 + 2_000),
      quality: -6_000,
    });
    expect(candidate?.score).toBe(Object.values(candidate?.scoreParts ?? {}).reduce((sum, part) => sum + part, 0));
  });

  it("is spelt out for the reader of an explanation", () => {
    const policy = policyOf([], [routeOf({ objective: "balanced" })]);
    const one = endpoint("a", { price: PRICE, quality: 0.5 }, SPEED);
    const [row] = explainDecision(route(routingInput({ endpoints: [one], policy })));
    expect(row?.score).toBe("price 700 + lateness 6100 - quality 5000 = 1800");
  });

  it("weighs by the route's own weights where they are stated", () => {
    const good = endpoint("good", { price: { ...PRICE, outputMicroUsdPerMillion: 60_000_000 }, quality: 0.9 }, SPEED);
    const cheap = endpoint("cheap", { price: PRICE, quality: 0.3 }, SPEED);
    expect(first([good, cheap])).toBe(cheap.facts.id);
    expect(first([good, cheap], { weights: { qualityMicroUsd: 100_000 } })).toBe(good.facts.id);
  });

  it("looks at money alone under cost, and at what it names first under the others", () => {
    const fast = endpoint(
      "fast",
      { price: { ...PRICE, inputMicroUsdPerMillion: 9_000_000 }, quality: 0.1 },
      {
        decodeTokensPerSecond: 200,
        prefillTokensPerSecond: 9_000,
      },
    );
    const eager = endpoint(
      "eager",
      { price: PRICE, quality: 0.1 },
      { decodeTokensPerSecond: 5, prefillTokensPerSecond: 90_000 },
    );
    const cheap = endpoint(
      "cheap",
      { quality: 0.1, price: { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0 } },
      {
        decodeTokensPerSecond: 1,
        prefillTokensPerSecond: 10,
      },
    );
    const good = endpoint(
      "good",
      { quality: 0.9, price: { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 90_000_000 } },
      {
        decodeTokensPerSecond: 5,
        prefillTokensPerSecond: 10,
      },
    );
    const all = [fast, eager, cheap, good];
    const best = (objective: Objective): string => first(all, { objective }).split("/")[0] ?? "";
    expect([best("cost"), best("latency"), best("throughput"), best("quality")]).toEqual([
      "cheap",
      "eager",
      "fast",
      "good",
    ]);
  });

  it("keeps a request with a deadline from an endpoint that will miss it", () => {
    const slow = endpoint("slow", {}, { decodeTokensPerSecond: 10, prefillTokensPerSecond: 1_000 });
    const fast = endpoint("fast", { price: PRICE }, { decodeTokensPerSecond: 90, prefillTokensPerSecond: 1_000 });
    const free = {
      ...slow,
      facts: { ...slow.facts, price: { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0 } },
    };
    const options = { weights: { answerSecondMicroUsd: 0, failureMicroUsd: 5_000 } };
    expect(first([free, fast], options)).toBe(free.facts.id);
    expect(first([free, fast], { ...options, deadlineMs: 10_000 })).toBe(fast.facts.id);
  });

  it("makes idle hardware cheap and a queue dear", () => {
    const box = (state: Partial<EndpointState>): number | undefined =>
      candidates([endpoint("box", { costPerHourMicroUsd: 36_000_000 }, { ...SPEED, ...state })])[0]?.scoreParts
        ?.hardware;
    const [idle, full, queue] = [box({}), box({ running: 4 }), box({ running: 4, queued: 4 })];
    expect(idle).toBeLessThan(full ?? 0);
    expect(full).toBeLessThan(queue ?? 0);
  });
});

describe("expectedQuality", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });

  it("is what is stated for an ordinary request and for one of unknown difficulty", () => {
    fc.assert(
      fc.property(unit, (quality) => {
        expect(expectedQuality(quality, undefined)).toBe(quality);
        expect(expectedQuality(quality, 0.5)).toBe(quality);
      }),
    );
  });

  it("is never better for the worse model or for the harder request", () => {
    fc.assert(
      fc.property(unit, unit, unit, unit, (a, b, c, d) => {
        const [worse, better] = [Math.min(a, b), Math.max(a, b)];
        const [easier, harder] = [Math.min(c, d), Math.max(c, d)];
        expect(expectedQuality(worse, c)).toBeLessThanOrEqual(expectedQuality(better, c));
        expect(expectedQuality(a, harder)).toBeLessThanOrEqual(expectedQuality(a, easier));
      }),
    );
  });

  it("hardly tells models apart by the easiest requests", () => {
    const gap = (difficulty: number): number => expectedQuality(0.8, difficulty) - expectedQuality(0.2, difficulty);
    expect(gap(0)).toBeLessThan(0.2);
    expect(gap(0.5)).toBeCloseTo(0.6);
  });
});

describe("the order under any objective, over random endpoints", () => {
  const factsArbitrary: fc.Arbitrary<Partial<EndpointFacts>> = fc.record({
    location: fc.constantFrom("box", "site", "cloud"),
    price: fc.record({ inputMicroUsdPerMillion: fc.nat(50_000_000), outputMicroUsdPerMillion: fc.nat(90_000_000) }),
    quality: fc.double({ min: 0, max: 1, noNaN: true }),
    slots: fc.integer({ min: 1, max: 100 }),
    costPerHourMicroUsd: fc.nat(50_000_000),
  });
  const stateArbitrary: fc.Arbitrary<Partial<EndpointState>> = fc.record({
    running: fc.nat(120),
    queued: fc.nat(20),
    decodeTokensPerSecond: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })),
    prefillTokensPerSecond: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9_000 })),
    errorRate: fc.double({ min: 0, max: 1, noNaN: true }),
    loadMs: fc.nat(90_000),
    loaded: fc.boolean(),
  });
  const pairArbitrary = fc.tuple(factsArbitrary, stateArbitrary);
  const objectiveArbitrary = fc.constantFrom<Objective>("cost", "latency", "throughput", "quality", "balanced");
  const classArbitrary = fc.constantFrom<WorkloadClass>("agentic", "interactive", "generative", "batch");
  const deadlineArbitrary = fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined });
  const optionsArbitrary = fc
    .record({ objective: objectiveArbitrary, workloadClass: classArbitrary, deadlineMs: deadlineArbitrary })
    .map(({ deadlineMs, ...options }) => ({ ...options, ...(deadlineMs === undefined ? {} : { deadlineMs }) }));

  it("rests on finite numbers whose parts add up", () => {
    fc.assert(
      fc.property(fc.array(pairArbitrary, { maxLength: 6 }), optionsArbitrary, (parts, options) => {
        const endpoints = parts.map(([facts, state], index) => endpoint(`p${index}`, facts, state));
        for (const { score, scoreParts } of candidates(endpoints, options)) {
          expect(Number.isFinite(score)).toBe(true);
          expect(Object.values(scoreParts ?? {}).reduce((sum, part) => sum + part, 0)).toBe(score);
        }
      }),
    );
  });

  it("is the same whichever endpoint is taken away", () => {
    fc.assert(
      fc.property(
        fc.array(pairArbitrary, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        optionsArbitrary,
        (parts, gone, options) => {
          const endpoints = parts.map(([facts, state], index) => endpoint(`p${index}`, facts, state));
          const order = (some: readonly EndpointSnapshot[]): string[] =>
            candidates(some, options).map((one) => one.endpointId);
          const removed = endpoints[gone % endpoints.length];
          expect(order(endpoints.filter((one) => one !== removed))).toEqual(
            order(endpoints).filter((id) => id !== removed?.facts.id),
          );
        },
      ),
    );
  });

  const WORSE: Readonly<Record<string, (one: EndpointSnapshot, by: number) => EndpointSnapshot>> = {
    dearer: ({ facts, state }, by) => ({
      facts: {
        ...facts,
        price: {
          ...(facts.price ?? PRICE),
          outputMicroUsdPerMillion: (facts.price?.outputMicroUsdPerMillion ?? 0) + by * 1_000,
        },
      },
      state,
    }),
    "of more expensive hardware": ({ facts, state }, by) => ({
      facts: { ...facts, costPerHourMicroUsd: (facts.costPerHourMicroUsd ?? 0) + by * 1_000 },
      state,
    }),
    "slower in writing": ({ facts, state }, by) => ({
      facts,
      state: { ...state, decodeTokensPerSecond: Math.max(1, state.decodeTokensPerSecond ?? 0) / (1 + by) },
    }),
    "slower in reading": ({ facts, state }, by) => ({
      facts,
      state: { ...state, prefillTokensPerSecond: Math.max(1, state.prefillTokensPerSecond ?? 0) / (1 + by) },
    }),
    "of less quality": ({ facts, state }, by) => ({
      facts: { ...facts, quality: (facts.quality ?? 0) / (1 + by) },
      state,
    }),
    "failing more": ({ facts, state }, by) => ({
      facts,
      state: { ...state, errorRate: Math.min(1, (state.errorRate ?? 0) + by / 1_000) },
    }),
  };

  it.each(Object.entries(WORSE))("never puts an endpoint first that is the same but %s", (_, worsen) => {
    fc.assert(
      fc.property(
        pairArbitrary,
        fc.integer({ min: 1, max: 1_000 }),
        optionsArbitrary,
        ([facts, state], by, options) => {
          const known = { decodeTokensPerSecond: 10, prefillTokensPerSecond: 10 };
          const positive = Object.fromEntries(
            Object.entries(known).map(([name, rate]) => [name, (state as Record<string, number>)[name] || rate]),
          );
          const better = endpoint("b", facts, { ...state, ...positive });
          const worse = worsen({ ...better, facts: { ...better.facts, id: "z/maker/model", providerId: "z" } }, by);
          expect(first([worse, better], options)).toBe(better.facts.id);
        },
      ),
    );
  });
});
