import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandJointRequests, type SimulatedPanel } from "../../src/simulate/joint-models.ts";
import { rated, simulated, traced } from "./simulations.ts";

const price = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000 };
const serving = (providerId: string, modelId: string, firstContentMs: number, failureShare = 0) =>
  rated(providerId, { facts: { modelId, slots: 8, price }, profile: { firstContentMs, failureShare } });

const ENDPOINTS = [serving("box", "a", 100), serving("acme", "b", 300), serving("acme", "c", 200)];
const PANEL: SimulatedPanel = { id: "our/panel", members: ["a", "b", "c"], quorum: 2 };
const asked = traced({ model: "our/panel" });

describe("a panel in a simulation", () => {
  it("has its answer when its slowest member has, and costs what all of them do", () => {
    const { outcomes, summary } = simulated([asked, traced({ model: "a", atMs: 5_000 })], ENDPOINTS, {
      panels: [PANEL],
    });
    // 300 ms until the first token of b, and ten of 10 ms.
    expect(outcomes.ttftMs[0]).toBeCloseTo(400);
    expect(outcomes.totalMs[0]).toBeCloseTo(400);
    expect(outcomes.costMicroUsd[0]).toBe(3 * 110);
    expect(summary.all).toMatchObject({ arrived: 2, finished: 2, burst: 1, costMicroUsd: 4 * 110 });
    expect(summary.endpoints.map(({ served }) => served)).toEqual([2, 1, 1]);
  });

  it("asks its judge when the members have ended, with all that they wrote", () => {
    const endpoints = [...ENDPOINTS, serving("acme", "judge", 500)];
    const judge = { modelId: "judge", merges: false };
    const { outcomes } = simulated([asked], endpoints, { panels: [{ ...PANEL, judge }] });
    expect(outcomes.totalMs[0]).toBeCloseTo(400 + 500 + 100);
    expect(outcomes.costMicroUsd[0]).toBe(3 * 110 + (100 + 200 + 3 * 10 + 10));
  });

  it("cancels whoever is still at work when its time is over, and chooses from what there is", () => {
    const timed = (timeoutMs: number, quorum: number) =>
      simulated([asked], ENDPOINTS, { panels: [{ ...PANEL, quorum, timeoutMs }] });
    // a and c have ended after 200 and 300 ms; b has read the prompt and written 5 tokens of 10.
    const enough = timed(350, 2);
    expect(enough.outcomes.totalMs[0]).toBeCloseTo(350);
    expect(enough.outcomes.costMicroUsd[0]).toBe(2 * 110 + 105);
    expect(timed(350, 3).summary.all).toMatchObject({ finished: 0, cancelled: 1 });
    expect(enough.endedMs).toBeCloseTo(350);
  });

  it("leaves a judge two fifths of the time, and does without one that is late", () => {
    const endpoints = [...ENDPOINTS, serving("acme", "judge", 500)];
    const judge = { modelId: "judge", merges: false };
    const { outcomes, summary } = simulated([asked], endpoints, { panels: [{ ...PANEL, judge, timeoutMs: 500 }] });
    // Members end at 300 ms, where b writes its first token; the judge is given up before it has written one.
    expect(outcomes.totalMs[0]).toBeCloseTo(500);
    expect(summary.all).toMatchObject({ finished: 1 });
    expect(outcomes.costMicroUsd[0]).toBe(2 * 110 + 100 + (100 + 200 + 30));
  });

  it("does without members that fail while there is a quorum, and fails without one", () => {
    const broken = (modelId: string) => serving("acme", modelId, 300, 1);
    const [a, , c] = ENDPOINTS;
    if (a === undefined || c === undefined) throw new Error("There are three.");
    expect(simulated([asked], [a, broken("b"), c], { panels: [PANEL] }).summary.all).toMatchObject({ finished: 1 });
    const none = simulated([asked], [a, broken("b"), broken("c")], { panels: [PANEL] }).summary.all;
    expect(none).toMatchObject({ arrived: 1, finished: 0, failed: 1, costMicroUsd: 110 });
  });

  it("is no request more than the trace has, whatever happens to its parts", () => {
    const models = fc.constantFrom("our/panel", "a", "b", "nobody's", undefined);
    const trace = fc.array(fc.record({ model: models, gapMs: fc.nat(300) }), { maxLength: 30 });
    fc.assert(
      fc.property(trace, fc.constantFrom(0, 0.5, 1), fc.boolean(), (parts, failureShare, isJudged) => {
        let atMs = 0;
        const requests = parts.map(({ model, gapMs }) => {
          atMs += gapMs;
          return traced({ atMs, ...(model === undefined ? {} : { model }) });
        });
        const endpoints = [serving("box", "a", 100, failureShare), serving("acme", "b", 300, failureShare)];
        const judge = isJudged ? { judge: { modelId: "b", merges: true } } : {};
        const panels = [{ id: "our/panel", members: ["a", "b"], quorum: 1, ...judge }];
        const { arrived, finished, refused, cancelled, failed } = simulated(requests, endpoints, { panels }).summary
          .all;
        expect(arrived).toBe(requests.length);
        expect(finished + refused + cancelled + failed).toBe(arrived);
      }),
    );
  });

  it("leaves a trace that names none as it is", () => {
    const trace = [traced(), traced({ model: "a" })];
    expect(expandJointRequests(trace, { panels: [PANEL] }).requests.slice(0, 2)).toEqual(trace);
    expect(expandJointRequests(trace, {}).requests).toBe(trace);
  });
});
