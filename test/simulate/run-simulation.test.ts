import { describe, expect, it } from "vitest";
import { routeOf, policyOf } from "../routing/builders.ts";
import { PATIENT_CLASSES, poissonTrace, rated, simulated, traced } from "./simulations.ts";

describe("a simulated endpoint", () => {
  it("reads prompts one after the other and writes answers together, as worked out by hand", () => {
    const box = rated("box", { facts: { slots: 2 } });
    // 0: reads until 1,000, then writes 10 tokens. 1: reads from 1,000 on, a quarter of a second with every round.
    const { outcomes } = simulated([traced({ promptTokens: 1_000 }), traced({ promptTokens: 1_000 })], [box]);
    expect(outcomes.ttftMs[0]).toBeCloseTo(1_000);
    // 1,000 ms of reading are 4 rounds of 250 ms, and each writes one token of the first answer in 10 ms.
    expect(outcomes.ttftMs[1]).toBeCloseTo(2_040);
    // 4 of 10 tokens are written by then; the other 6 take 10 ms each, and both answers are written together.
    expect(outcomes.totalMs[0]).toBeCloseTo(2_100);
    expect(outcomes.totalMs[1]).toBeCloseTo(2_140);
  });

  it("writes slower the more answers it writes", () => {
    const decodeRates = [
      { running: 1, tokensPerSecond: 100 },
      { running: 2, tokensPerSecond: 50 },
    ];
    const box = rated("box", { facts: { slots: 2 }, profile: { decodeRates, firstContentMs: 0 } });
    const { outcomes } = simulated([traced({ outputTokens: 10 }), traced({ outputTokens: 20 })], [box]);
    expect(outcomes.totalMs[0]).toBeCloseTo(200);
    expect(outcomes.totalMs[1]).toBeCloseTo(300);
  });

  it("serves one request at a time in the order of arrival where it has one slot, to the millisecond", () => {
    const serviceMs = 100 + 100;
    const requests = poissonTrace(3_000, serviceMs / 0.7, 7);
    const box = rated("box", { facts: { slots: 1 }, queueLimit: 10_000 });
    const { outcomes } = simulated(requests, [box], { classes: PATIENT_CLASSES });
    let freeAtMs = 0;
    for (const [index, { atMs }] of requests.entries()) {
      freeAtMs = Math.max(freeAtMs, atMs) + serviceMs;
      expect(outcomes.totalMs[index]).toBeCloseTo(freeAtMs - atMs, 3);
    }
  });

  it("lets requests wait as long as the formula for one server and equal work says", () => {
    const serviceMs = 200;
    const utilisation = 0.7;
    const requests = poissonTrace(20_000, serviceMs / utilisation, 11);
    const box = rated("box", { facts: { slots: 1 }, queueLimit: 10_000 });
    const { outcomes, summary } = simulated(requests, [box], { classes: PATIENT_CLASSES });
    // Pollaczek and Khinchine for M/D/1: utilisation times service over twice the idle share.
    const expectedMs = (utilisation * serviceMs) / (2 * (1 - utilisation));
    const meanMs = outcomes.totalMs.reduce((sum, ms) => sum + ms - serviceMs, 0) / outcomes.count;
    expect(meanMs / expectedMs).toBeGreaterThan(0.95);
    expect(meanMs / expectedMs).toBeLessThan(1.05);
    expect(summary.endpoints[0]?.slotUtilisation).toBeCloseTo(utilisation, 1);
  });

  it("reads only what it does not hold of a prompt, and forgets what was not used for longest", () => {
    const box = rated("box", { facts: { slots: 1 }, profile: { prefixCacheTokens: 4 * 512 } });
    const prompt = (atMs: number, prefixIds: readonly number[]) =>
      traced({ atMs, promptTokens: 2_048, outputTokens: 0, prefixIds });
    const requests = [
      prompt(0, [1, 2, 3, 4]),
      prompt(10_000, [1, 2, 3, 9]),
      prompt(20_000, [5, 6, 7, 8]),
      prompt(30_000, [1, 2, 3, 4]),
    ];
    const { outcomes } = simulated(requests, [box]);
    expect([...outcomes.ttftMs].map(Math.round)).toEqual([2_048, 512, 2_048, 2_048]);
    expect([...outcomes.cachedPromptTokens]).toEqual([0, 1_536, 0, 0]);
  });

  it("loads a model for the first request, and again after it was idle for too long", () => {
    const box = rated("box", { facts: { slots: 1 }, profile: { loadMs: 5_000, keepLoadedMs: 60_000 } });
    const requests = [0, 10_000, 200_000].map((atMs) => traced({ atMs }));
    expect([...simulated(requests, [box]).outcomes.ttftMs].map(Math.round)).toEqual([5_100, 100, 5_100]);
  });
});

describe("a simulation", () => {
  const house = rated("box", {
    facts: { slots: 1, price: { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0 } },
  });
  const cloud = rated("acme", {
    facts: {
      location: "cloud",
      slots: 100,
      price: { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 2_000_000 },
    },
    profile: { firstContentMs: 300 },
  });
  const bursting = policyOf(
    [],
    [
      routeOf({
        prefer: [{ text: "box", holds: ({ endpoint }) => endpoint?.["location"] === "box" }],
        burstWhen: { text: "slow", holds: ({ endpoint }) => Number(endpoint?.["predicted_ttft_ms"]) > 500 },
      }),
    ],
  );

  it("bursts to a cloud when the house would be slow, and says what that cost", () => {
    const requests = Array.from({ length: 20 }, () => traced({ promptTokens: 400, outputTokens: 100 }));
    const { outcomes, summary } = simulated(requests, [house, cloud], { policy: bursting });
    expect(outcomes.endpoint[0]).toBe(0);
    expect(summary.all).toMatchObject({ finished: 20, burst: 19, costMicroUsd: 19 * (400 + 200) });
    expect(summary.all.ttftMs?.p95).toBe(300);
  });

  it("counts answers whose price nobody knows apart, and never as free", () => {
    const hearsay = rated("hearsay", { facts: { location: "cloud" }, profile: { firstContentMs: 100 } });
    const { summary } = simulated([traced(), traced({ atMs: 1 })], [hearsay]);
    expect(summary.all).toMatchObject({ finished: 2, costMicroUsd: 0, unpriced: 2 });
    expect(simulated([traced()], [cloud]).summary.all.unpriced).toBeUndefined();
  });

  it("asks the next endpoint where one has no room, and refuses where none has", () => {
    const full = { ...house, queueLimit: 0 };
    const requests = Array.from({ length: 3 }, () => traced());
    const { summary } = simulated(requests, [full, { ...cloud, facts: { ...cloud.facts, slots: 1 }, queueLimit: 0 }], {
      policy: bursting,
    });
    expect(summary.all).toMatchObject({ arrived: 3, finished: 2, refused: 1, burst: 1 });
    expect(summary.furtherAttempts).toBeGreaterThan(0);
  });

  it("refuses a request that can not be answered by its deadline, at once or when that is seen", () => {
    const requests = [traced({ outputTokens: 1_000 }), traced({ deadlineMs: 2_000 })];
    const { summary } = simulated(requests, [house]);
    expect(summary.all).toMatchObject({ finished: 1, refused: 1 });
    // One that could have been, and waits in vain, is refused while its caller can still go elsewhere.
    const surprised = [traced({ outputTokens: 1_000 }), traced({ atMs: 1, deadlineMs: 9_000 })];
    expect(simulated(surprised, [house]).summary.all).toMatchObject({ finished: 1, refused: 1 });
  });

  it.each([
    ["round-robin", [0, 1, 0, 1]],
    ["cheapest-first", [0, 0, 0, 0]],
    ["least-busy", [0, 1, 1, 1]],
  ] as const)("orders endpoints as %s does", (router, expected) => {
    const { outcomes } = simulated(
      [0, 1, 2, 3].map((atMs) => traced({ atMs })),
      [house, cloud],
      { router },
    );
    expect([...outcomes.endpoint]).toEqual(expected);
  });

  it("draws time in windows that add up", () => {
    const requests = poissonTrace(200, 150, 3);
    const { timeline, summary } = simulated(requests, [house], { windowMs: 1_000 });
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(timeline.windows.map(({ arrived }) => arrived))).toBe(200);
    const runningMs = sum(timeline.windows.map(({ running }) => (running[0] ?? 0) * timeline.windowMs));
    expect(runningMs).toBeCloseTo((summary.endpoints[0]?.slotUtilisation ?? 0) * summary.durationMs, 3);
  });
});
