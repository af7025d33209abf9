import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SimulatedPlan } from "../../src/simulate/joint-models.ts";
import { rated, simulated, traced } from "./simulations.ts";

const price = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };
/** Its first token after `firstContentMs`, and one each 10 ms. */
const serving = (providerId: string, modelId: string, firstContentMs: number, failureShare = 0) =>
  rated(providerId, { facts: { modelId, slots: 8, price }, profile: { firstContentMs, failureShare } });

const LARGE = serving("acme", "large", 500);
const SMALL = serving("box", "small", 100);
const PLAN: SimulatedPlan = {
  id: "our/plan",
  planner: "large",
  workers: ["small"],
  joiner: "large",
  maxSteps: 4,
  maxParallel: 2,
  maxStepTokens: 100,
};
const step = (outputTokens: number, ...after: readonly number[]) => ({ outputTokens, after });
const asked = (...steps: readonly ReturnType<typeof step>[]) => traced({ model: "our/plan", steps });
/** The planner writes 10 tokens and 100 for each step. */
const planningMs = (steps: number): number => 500 + 10 * (10 + 100 * steps);

describe("a plan in a simulation", () => {
  it("plans, does its steps side by side and then joins them, whose first token is the request's", () => {
    const { outcomes, summary } = simulated([asked(step(50), step(20))], [LARGE, SMALL], { plans: [PLAN] });
    const joinedAtMs = planningMs(2) + 100 + 500;
    expect(outcomes.ttftMs[0]).toBeCloseTo(joinedAtMs + 500);
    expect(outcomes.totalMs[0]).toBeCloseTo(joinedAtMs + 600);
    expect(summary.all).toMatchObject({ arrived: 1, finished: 1 });
    expect(summary.endpoints.map(({ served }) => served)).toEqual([2, 2]);
    // Planner, two steps with their tasks, and the joiner with tasks and results.
    const cost = 300 + 210 + (260 + 50) + (260 + 20) + (100 + 80 + 200 + 70 + 10);
    expect(outcomes.costMicroUsd[0]).toBe(cost);
  });

  it("does a step when those that it needs have results, and no more at a time than may be", () => {
    const chain = simulated([asked(step(50), step(20, 1))], [LARGE, SMALL], { plans: [PLAN] });
    expect(chain.outcomes.totalMs[0]).toBeCloseTo(planningMs(2) + 600 + 300 + 600);
    const three = simulated([asked(step(50), step(50), step(50))], [LARGE, SMALL], { plans: [PLAN] });
    expect(three.outcomes.totalMs[0]).toBeCloseTo(planningMs(3) + 2 * 600 + 600);
  });

  it("lets the joiner answer alone where the planner fails or plans too much, and without the results of steps that fail", () => {
    const alone = simulated([asked(...Array<ReturnType<typeof step>>(5).fill(step(10)))], [LARGE, SMALL], {
      plans: [PLAN],
    });
    expect(alone.outcomes.totalMs[0]).toBeCloseTo(planningMs(5) + 600);
    const failing = simulated([asked(step(50), step(20, 1))], [LARGE, serving("box", "small", 100, 1)], {
      plans: [PLAN],
    });
    expect(failing.summary.all).toMatchObject({ finished: 1, failed: 0 });
    // The second needs the first, which ends with its first token.
    expect(failing.outcomes.totalMs[0]).toBeCloseTo(planningMs(2) + 100 + 600);
    const planner = serving("acme", "planner", 500, 1);
    const unplanned = simulated([asked(step(50))], [planner, LARGE, SMALL], {
      plans: [{ ...PLAN, planner: "planner" }],
    });
    expect(unplanned.outcomes.totalMs[0]).toBeCloseTo(500 + 600);
  });

  it("counts a step that would be cut short as one without a result", () => {
    const { outcomes } = simulated([asked(step(500), step(20, 1))], [LARGE, SMALL], { plans: [PLAN] });
    expect(outcomes.totalMs[0]).toBeCloseTo(planningMs(2) + 100 + 1_000 + 600);
  });

  it("gives up its steps when it is time to join, pays what they wrote, and has no answer when its time is over", () => {
    const timed = (timeoutMs: number) =>
      simulated([asked(step(100), step(100, 1))], [LARGE, SMALL], { plans: [{ ...PLAN, timeoutMs }] });
    // 70 % of 5,000 ms; the first step would take from 2,600 to 3,700 ms.
    const joined = timed(5_000);
    expect(joined.outcomes.totalMs[0]).toBeCloseTo(3_500 + 600);
    expect(joined.outcomes.costMicroUsd[0]).toBe(300 + 210 + (260 + 80) + (100 + 80 + 200 + 10));
    expect(joined.summary.all).toMatchObject({ finished: 1 });
    const late = timed(1_500);
    // The planner is given up after 1,050 ms, and the joiner after 450 more.
    expect(late.summary.all).toMatchObject({ arrived: 1, finished: 0, cancelled: 1 });
    expect(late.endedMs).toBeCloseTo(1_500);
    expect(late.outcomes.costMicroUsd[0]).toBe(300 + 55 + 100);
  });

  it("takes as many steps as there may be, each as long, where nobody states any, and says how often", () => {
    const most = simulated([traced({ model: "our/plan" })], [LARGE, SMALL], { plans: [PLAN] });
    expect(most.assumedPlans).toBe(1);
    expect(most.outcomes.totalMs[0]).toBeCloseTo(planningMs(4) + 2 * 1_100 + 600);
    const usual = simulated([traced({ model: "our/plan" })], [LARGE, SMALL], { plans: [PLAN], usualSteps: [step(20)] });
    expect(usual.assumedPlans).toBe(0);
    expect(usual.outcomes.totalMs[0]).toBeCloseTo(planningMs(1) + 300 + 600);
  });

  it("lets the router choose a worker for each step, among those of the plan alone", () => {
    const tiny = serving("box", "tiny", 100);
    const free = rated("box", { facts: { modelId: "free", slots: 8 }, profile: { firstContentMs: 1 } });
    const { summary } = simulated([asked(step(50), step(20))], [LARGE, SMALL, tiny, free], {
      plans: [{ ...PLAN, workers: ["small", "tiny"] }],
    });
    const served = Object.fromEntries(summary.endpoints.map(({ endpointId, served: count }) => [endpointId, count]));
    expect(served["box/free"]).toBe(0);
    expect((served["box/small"] ?? 0) + (served["box/tiny"] ?? 0)).toBe(2);
  });

  it("ends every request once, whatever fails and whenever time is over", () => {
    const steps = fc.array(fc.record({ outputTokens: fc.nat(150), after: fc.constant([]) }), { maxLength: 6 });
    const request = fc.record({
      gapMs: fc.nat(500),
      model: fc.constantFrom("our/plan", "our/panel", "small"),
      deadlineMs: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
      steps,
    });
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 12 }),
        fc.constantFrom(0, 0.5, 1),
        fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: undefined }),
        (drawn, failureShare, timeoutMs) => {
          let atMs = 0;
          const requests = drawn.map(({ gapMs, deadlineMs, ...rest }) => {
            atMs += gapMs;
            return traced({ atMs, ...rest, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
          });
          const endpoints = [
            rated("acme", { facts: { modelId: "large", slots: 1, price }, profile: { failureShare } }),
            rated("acme", { facts: { modelId: "small", slots: 2, price }, profile: { failureShare } }),
          ];
          const limit = timeoutMs === undefined ? {} : { timeoutMs };
          const judge = { modelId: "small", merges: false };
          const panels = [{ id: "our/panel", members: ["large", "small"], quorum: 1, judge, ...limit }];
          const { summary, outcomes } = simulated(requests, endpoints, { panels, plans: [{ ...PLAN, ...limit }] });
          const { arrived, finished, refused, cancelled, failed } = summary.all;
          expect(arrived).toBe(requests.length);
          expect(finished + refused + cancelled + failed).toBe(arrived);
          for (const [index, { deadlineMs = Infinity }] of requests.entries())
            if (outcomes.outcomeOf(index) === "finished")
              expect(outcomes.totalMs[index]).toBeLessThanOrEqual(deadlineMs + 1e-6);
        },
      ),
    );
  });
});
