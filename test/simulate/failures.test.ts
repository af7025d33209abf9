import { describe, expect, it } from "vitest";
import { policyOf, routeOf } from "../routing/builders.ts";
import { poissonTrace, rated, simulated, traced } from "./simulations.ts";

const boxFirst = policyOf(
  [],
  [routeOf({ prefer: [{ text: "box", holds: ({ endpoint }) => endpoint?.["location"] === "box" }] })],
);
const cloud = rated("acme", { facts: { location: "cloud", slots: 100 }, profile: { firstContentMs: 300 } });
const every = (count: number, gapMs: number) =>
  Array.from({ length: count }, (_, index) => traced({ atMs: index * gapMs }));

describe("an endpoint that fails in a simulation", () => {
  it("fails as often as is stated, when its first token would have come, and the next one answers", () => {
    const box = rated("box", { facts: { slots: 8 }, profile: { failureShare: 0.2 } });
    const { outcomes, summary } = simulated(every(2_000, 1_000), [box, cloud], { policy: boxFirst });
    expect(summary.all).toMatchObject({ finished: 2_000, failed: 0, refused: 0 });
    const [own] = summary.endpoints;
    const attempts = (own?.served ?? 0) + (own?.failures ?? 0);
    expect((own?.failures ?? 0) / attempts).toBeGreaterThan(0.17);
    expect((own?.failures ?? 0) / attempts).toBeLessThan(0.23);
    const failedOver = [...outcomes.endpoint.entries()].filter(
      ([index, at]) => at === 1 && outcomes.attemptsOf(index) === 2,
    );
    // 100 ms of reading in vain, then the cloud's 300.
    for (const [index] of failedOver) expect(outcomes.ttftMs[index]).toBeCloseTo(400);
  });

  it("opens its breaker in an outage, which few requests pay for, and has its load back afterwards", () => {
    const outages = [{ fromMs: 60_000, toMs: 180_000 }];
    const box = rated("box", { facts: { slots: 8 }, profile: { outages } });
    const { outcomes, summary } = simulated(every(600, 500), [box, cloud], { policy: boxFirst });
    expect(summary.all).toMatchObject({ finished: 600, failed: 0 });
    const [own] = summary.endpoints;
    expect(own?.breakerOpenings).toBeGreaterThan(1);
    // Three until it opens, then one probe after 2, 4, 8, 16, 32 and 60 s.
    expect(own?.failures).toBeLessThan(12);
    const from = (ms: number) => [...outcomes.endpoint].slice(ms / 500);
    expect(from(180_000 + 65_000).every((at) => at === 0)).toBe(true);
    expect([...outcomes.endpoint].slice(0, 120).every((at) => at === 0)).toBe(true);
  });

  it("leaves a request without an answer where nobody else can give one, and says that it failed", () => {
    const box = rated("box", { profile: { failureShare: 1 } });
    const { summary } = simulated(every(3, 100), [box]);
    expect(summary.all).toMatchObject({ arrived: 3, finished: 0, failed: 3, refused: 0 });
    // Once the breaker is open nobody is asked any more.
    expect(simulated(every(10, 100), [box]).summary.all).toMatchObject({ failed: 3, refused: 7 });
  });

  it("shuts out all endpoints of a provider that can't be reached, so that they are not found out one by one", () => {
    const outages = [{ fromMs: 60_000, toMs: 180_000 }];
    const down = (modelId: string) => rated("site", { facts: { modelId, slots: 8 }, profile: { outages } });
    const preferring = policyOf(
      [],
      [routeOf({ prefer: [{ text: "site", holds: ({ endpoint }) => endpoint?.["provider"] === "site" }] })],
    );
    const failuresOf = (...endpoints: readonly ReturnType<typeof down>[]) =>
      simulated(every(600, 500), [...endpoints, cloud], { policy: preferring }).summary.endpoints.reduce(
        (sum, { failures = 0 }) => sum + failures,
        0,
      );
    // Three until the provider's breaker opens, then one probe each time, at whichever of them.
    expect(failuresOf(down("a"), down("b"), down("c"))).toBe(failuresOf(down("a")));
  });

  it("gives its place to the next in line", () => {
    const outages = [{ fromMs: 1_000, toMs: 1_500 }];
    const box = rated("box", { facts: { slots: 1 }, profile: { outages } });
    const requests = [traced({ outputTokens: 110 }), traced({ atMs: 900 }), traced({ atMs: 1_600 })];
    // The second waits for the first until 1,200 ms, begins in the outage and fails; the third finds a free place.
    const { outcomes, summary } = simulated(requests, [box]);
    expect(summary.all).toMatchObject({ finished: 2, failed: 1 });
    expect(outcomes.ttftMs[2]).toBeCloseTo(100);
  });

  it("comes out the same for the same seed, and makes no difference where its share is 0", () => {
    const trace = poissonTrace(500, 100, 3);
    const at = (failureShare: number, seed = 5) =>
      JSON.stringify(
        simulated(trace, [rated("box", { profile: { failureShare } }), cloud], { policy: boxFirst, seed }).summary.all,
      );
    expect(at(0.1)).toBe(at(0.1));
    expect(at(0.1)).not.toBe(at(0.1, 6));
    expect(at(0)).toBe(
      JSON.stringify(simulated(trace, [rated("box"), cloud], { policy: boxFirst, seed: 5 }).summary.all),
    );
  });
});

describe("a cascade in a simulation", () => {
  const cascading = policyOf(
    [],
    [
      routeOf({
        prefer: [{ text: "box", holds: ({ endpoint }) => endpoint?.["location"] === "box" }],
        cascade: { minMeanLogprob: -0.5 },
      }),
    ],
  );
  const free = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 0 };
  const paid = { inputMicroUsdPerMillion: 3_000_000, outputMicroUsdPerMillion: 0 };
  const box = (unsureShare?: number) =>
    rated("box", {
      facts: { slots: 4, modelId: "maker/small", capabilities: ["logprobs"], price: free },
      profile: unsureShare === undefined ? {} : { unsureShare },
    });
  const large = rated("acme", {
    facts: { location: "cloud", slots: 100, modelId: "maker/large", price: paid },
    profile: { firstContentMs: 300 },
  });

  it("holds every first answer back until it is whole, and pays for both where that is not sure", () => {
    const { outcomes, summary } = simulated(every(1_000, 1_000), [box(0.3), large], { policy: cascading });
    const { held, unsure } = summary.cascades;
    expect(held).toBe(1_000);
    expect(unsure / held).toBeGreaterThan(0.26);
    expect(unsure / held).toBeLessThan(0.34);
    for (const index of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const wentOn = outcomes.endpoint[index] === 1;
      // 100 ms of reading and 10 tokens of 10 ms, whole; then the cloud's first token.
      expect(outcomes.ttftMs[index]).toBeCloseTo(wentOn ? 500 : 200);
      expect(outcomes.costMicroUsd[index]).toBe(wentOn ? 400 : 100);
    }
  });

  it("keeps every answer where nobody states how many are unsure, and asks as the record says where there is one", () => {
    expect(simulated(every(50, 1_000), [box(), large], { policy: cascading }).summary.cascades).toEqual({
      held: 50,
      unsure: 0,
      givenBack: 0,
    });
    const recorded = [traced({ isUnsure: true }), traced({ atMs: 1_000, isUnsure: false })];
    expect([...simulated(recorded, [box(), large], { policy: cascading }).outcomes.endpoint]).toEqual([1, 0]);
  });

  it("gives the unsure answer where the next endpoint can not answer", () => {
    const broken = { ...large, profile: { ...large.profile, failureShare: 1 } };
    const { outcomes, summary } = simulated([traced()], [box(1), broken], { policy: cascading });
    expect(summary).toMatchObject({ all: { finished: 1 }, cascades: { held: 1, unsure: 1, givenBack: 1 } });
    expect(outcomes.endpoint[0]).toBe(0);
    expect(outcomes.costMicroUsd[0]).toBe(100);
  });
});
