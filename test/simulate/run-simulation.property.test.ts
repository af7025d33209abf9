import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TracedRequest } from "../../src/simulate/traced-request.ts";
import { ROUTERS } from "../../src/simulate/choose-order.ts";
import { WORKLOAD_CLASSES } from "../../src/core/workload.ts";
import { policyOf, routeOf } from "../routing/builders.ts";
import { DATA_CLASSES, PATIENT_CLASSES, rated, simulated, traced } from "./simulations.ts";

const RESTRICTED_STAYS = policyOf([
  {
    id: "restricted-stays",
    when: ({ data }) => data["class"] === "restricted",
    require: ({ endpoint }) => endpoint?.["location"] === "box",
    requireText: "box",
  },
]);

const CASCADING = policyOf([], [routeOf({ cascade: { minMeanLogprob: -1 } })]);

const requests: fc.Arbitrary<readonly TracedRequest[]> = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 500 }),
      promptTokens: fc.integer({ min: 0, max: 3_000 }),
      outputTokens: fc.integer({ min: 0, max: 400 }),
      workloadClass: fc.constantFrom(...WORKLOAD_CLASSES.filter((name) => name !== "embedding" && name !== "rerank")),
      dataClass: fc.constantFrom(...DATA_CLASSES),
      serviceTier: fc.option(fc.constantFrom("priority", "flex"), { nil: undefined }),
      keyId: fc.constantFrom("key_a", "key_b"),
      deadlineMs: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
      prefixIds: fc.option(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }), { nil: undefined }),
    }),
    { maxLength: 40 },
  )
  .map((parts) => {
    let atMs = 0;
    return parts.map(({ gapMs, serviceTier, deadlineMs, prefixIds, ...rest }) => {
      atMs += gapMs;
      return traced({
        atMs,
        ...rest,
        ...(serviceTier === undefined ? {} : { serviceTier }),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
        ...(prefixIds === undefined ? {} : { prefixIds }),
      });
    });
  });

const endpoints = fc
  .array(
    fc.record({
      location: fc.constantFrom("box" as const, "cloud" as const),
      slots: fc.integer({ min: 1, max: 4 }),
      queueLimit: fc.integer({ min: 0, max: 6 }),
      keepsLoaded: fc.boolean(),
      firstContentMs: fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: undefined }),
      failureShare: fc.constantFrom(0, 0, 0.3, 1),
      outage: fc.option(fc.record({ fromMs: fc.nat(5_000), lastsMs: fc.nat(9_000) }), { nil: undefined }),
      unsureShare: fc.constantFrom(0, 0.5, 1),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    parts.map(
      ({ location, slots, queueLimit, keepsLoaded, firstContentMs, failureShare, outage, unsureShare }, index) =>
        rated(location === "box" ? "box" : `cloud-${index}`, {
          facts: { location, slots, modelId: `maker/${index}`, capabilities: ["logprobs"] },
          profile: {
            prefixCacheTokens: 2_048,
            failureShare,
            unsureShare,
            ...(outage === undefined
              ? {}
              : { outages: [{ fromMs: outage.fromMs, toMs: outage.fromMs + outage.lastsMs }] }),
            ...(keepsLoaded ? {} : { loadMs: 700, keepLoadedMs: 1_000 }),
            ...(firstContentMs === undefined ? {} : { firstContentMs, firstContentSpread: 0.5 }),
          },
          queueLimit,
        }),
    ),
  );

const router = fc.constantFrom(...ROUTERS);
const seed = fc.integer({ min: 0, max: 1e6 });

describe("any simulation", () => {
  it("never lets a decision contain, nor an endpoint serve, what the policy forbids", () => {
    fc.assert(
      fc.property(requests, endpoints, router, seed, (trace, places, name, chance) => {
        const clouds = new Set(places.flatMap(({ facts }) => (facts.location === "cloud" ? [facts.id] : [])));
        const { outcomes } = simulated(trace, places, {
          policy: RESTRICTED_STAYS,
          router: name,
          seed: chance,
          onDecision: (decision, { dataClass }) => {
            if (dataClass !== "restricted") return;
            for (const { endpointId } of decision.candidates) expect(clouds).not.toContain(endpointId);
          },
        });
        for (const [index, { dataClass }] of trace.entries())
          if (dataClass === "restricted")
            expect(places[outcomes.endpoint[index] ?? -1]?.facts.location).not.toBe("cloud");
      }),
    );
  });

  it("loses no request: each is finished, refused, cancelled or failed, and answers come after their first token", () => {
    fc.assert(
      fc.property(requests, endpoints, router, seed, (trace, places, name, chance) => {
        const { outcomes, summary } = simulated(trace, places, { router: name, seed: chance, policy: CASCADING });
        const { arrived, finished, refused, cancelled, failed } = summary.all;
        expect(arrived).toBe(trace.length);
        expect(finished + refused + cancelled + failed).toBe(arrived);
        const { held, unsure, givenBack } = summary.cascades;
        expect(unsure).toBeLessThanOrEqual(held);
        expect(givenBack).toBeLessThanOrEqual(unsure);
        expect(summary.endpoints.reduce((sum, { served }) => sum + served, 0)).toBe(finished);
        for (let index = 0; index < trace.length; index++) {
          const isFinished = outcomes.outcomeOf(index) === "finished";
          expect(Number.isNaN(outcomes.totalMs[index])).toBe(!isFinished);
          if (isFinished) expect(outcomes.totalMs[index]).toBeGreaterThanOrEqual(outcomes.ttftMs[index] ?? NaN);
        }
        for (const { slotUtilisation, busyShare } of summary.endpoints) {
          expect(slotUtilisation).toBeLessThanOrEqual(1 + 1e-9);
          expect(busyShare).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it("gives the same result for the same seed", () => {
    fc.assert(
      fc.property(requests, endpoints, router, seed, (trace, places, name, chance) => {
        const run = () => {
          const { summary, timeline, outcomes } = simulated(trace, places, { router: name, seed: chance });
          return { summary, timeline, ttft: [...outcomes.ttftMs], endpoint: [...outcomes.endpoint] };
        };
        expect(run()).toEqual(run());
      }),
    );
  });

  it("refuses no more with one slot more, where all requests are alike", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (gaps, slots, queueLimit) => {
          let atMs = 0;
          const trace = gaps.map((gapMs) => traced({ atMs: (atMs += gapMs), outputTokens: 80 }));
          const refusedWith = (count: number): number => {
            const box = rated("box", { facts: { slots: count }, profile: { firstContentMs: 200 }, queueLimit });
            return simulated(trace, [box], { classes: PATIENT_CLASSES }).summary.all.refused;
          };
          expect(refusedWith(slots + 1)).toBeLessThanOrEqual(refusedWith(slots));
        },
      ),
    );
  });
});
