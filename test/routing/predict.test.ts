import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndpointFacts, EndpointState, Ratio } from "../../src/core/endpoint.ts";
import type { Workload } from "../../src/core/workload.ts";
import { predict, type Expectation } from "../../src/routing/predict.ts";
import { chatRequest, endpoint } from "./builders.ts";

const WORK: Workload = { class: "interactive", task: "chat", expectedOutputTokens: 100, reasons: [] };
const SPEED = { decodeTokensPerSecond: 50, prefillTokensPerSecond: 1_000 };
const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 10_000_000 };
const REQUEST = chatRequest({ estimatedPromptTokens: 1_000 });

const CALLER = { keyId: "key1", weight: 1 };

const expectedOf = (
  state: Partial<EndpointState>,
  facts: Partial<EndpointFacts> = {},
  workload: Workload = WORK,
): Expectation => predict(endpoint("box", facts, state), REQUEST, workload, CALLER);

describe("predict", () => {
  it("adds loading, reading and writing up", () => {
    expect(expectedOf({ ...SPEED, loaded: false, loadMs: 4_000 }).prediction).toMatchObject({
      queueMs: 0,
      ttftMs: 5_000,
      totalMs: 7_000,
      tokensPerSecond: 50,
    });
  });

  it("does not read again what the endpoint holds of the conversation", () => {
    const one = endpoint("box", {}, SPEED);
    const sticky = { endpointId: one.facts.id, cachedPromptTokens: 900 };
    expect(predict(one, REQUEST, WORK, { ...CALLER, sticky }).prediction.ttftMs).toBe(100);
    expect(
      predict(one, REQUEST, WORK, { ...CALLER, sticky: { ...sticky, endpointId: "other" } }).prediction.ttftMs,
    ).toBe(1_000);
  });

  it("expects answers as long as the model's own were, and prices them so", () => {
    const lengths = {
      ofModel: (modelId: string) =>
        modelId === "maker/model" ? { p50: 20, p90: 60, count: 9, from: "it" } : undefined,
    };
    const { prediction } = predict(endpoint("a", { price: PRICE }, SPEED), REQUEST, WORK, { ...CALLER, lengths });
    expect(prediction).toMatchObject({ outputTokens: 20, totalMs: 1_400, costMicroUsd: 1_200 });
    const stated = { ...WORK, expectedOutputBasis: "stated" as const };
    expect(predict(endpoint("a", {}, SPEED), REQUEST, stated, { ...CALLER, lengths }).prediction.totalMs).toBe(3_000);
  });

  it("reserves for the longest answer whatever is expected", () => {
    const request = chatRequest({ estimatedPromptTokens: 1_000, maxTokens: 5_000 });
    const { prediction } = predict(endpoint("a", { price: PRICE }, SPEED), request, WORK, CALLER);
    expect(prediction).toMatchObject({ costMicroUsd: 2_000, worstCostMicroUsd: 51_000 });
  });

  it("costs and takes nothing after the reading for work without an answer", () => {
    const embedding: Workload = { ...WORK, class: "embedding", expectedOutputTokens: 0 };
    const { prediction } = expectedOf(SPEED, { price: PRICE }, embedding);
    expect(prediction).toMatchObject({ ttftMs: 1_000, totalMs: 1_000, costMicroUsd: 1_000, worstCostMicroUsd: 1_000 });
  });

  it("is corrected by how far recent predictions were off, and says so", () => {
    const ratio = (p50: number, count = 20): Ratio => ({ p50, p90: p50 * 2, count });
    const corrections = { firstContent: ratio(1.5), writing: ratio(2) };
    expect(expectedOf({ ...SPEED, corrections }).prediction).toEqual({
      queueMs: 0,
      ttftMs: 1_500,
      ttftP90Ms: 3_000,
      firstContentCorrection: 1.5,
      totalMs: 1_500 + 4_000,
      totalP90Ms: 3_000 + 8_000,
      tokensPerSecond: 25,
      tokensPerSecondP90: 12.5,
      writingCorrection: 2,
      costMicroUsd: 0,
      worstCostMicroUsd: 0,
    });
    const few = { firstContent: ratio(9, 2) };
    expect(expectedOf({ ...SPEED, corrections: few }).prediction).toMatchObject({ ttftMs: 1_000 });
    const wild = { firstContent: ratio(900) };
    expect(expectedOf({ ...SPEED, corrections: wild }).prediction).toMatchObject({ ttftMs: 4_000, ttftP90Ms: 10_000 });
  });

  it("takes the observed time of an endpoint that does not say how fast it reads, its slow end included", () => {
    const ttftMs = { p50: 400, p75: 500, p90: 900, p99: 2_000, count: 10 };
    expect(expectedOf({ decodeTokensPerSecond: 50, ttftMs }).prediction).toMatchObject({ ttftMs: 400, ttftP90Ms: 900 });
  });

  it("waits for the work that is listed", () => {
    const runningWork = [
      { promptTokens: 0, expectedOutputTokens: 60, outputTokensSoFar: 10, workloadClass: "batch" as const },
    ];
    expect(expectedOf({ ...SPEED, running: 1, runningWork }, { slots: 1 }).prediction.queueMs).toBe(1_000);
  });

  it("gives finite numbers for rates that make no sense", () => {
    const rate = fc.option(fc.constantFrom(0, -5, Infinity, Number.NaN, 1e-9, 50), { nil: undefined });
    fc.assert(
      fc.property(rate, rate, fc.nat(9), fc.nat(9), (decode, prefill, running, queued) => {
        const expectation = expectedOf({
          running,
          queued,
          ...(decode === undefined ? {} : { decodeTokensPerSecond: decode }),
          ...(prefill === undefined ? {} : { prefillTokensPerSecond: prefill }),
        });
        for (const value of [
          expectation.ttftMs,
          expectation.totalMs,
          expectation.totalP90Ms,
          expectation.hardwareMicroUsd,
        ])
          expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
