import { describe, expect, it } from "vitest";
import type { InferenceAnswer, InferenceChunk } from "../../src/core/inference-event.ts";
import { UsageMeter } from "../../src/dispatch/usage-meter.ts";

const PRICE = { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 2_000_000 };

function chunk(extra: Partial<InferenceChunk> = {}): InferenceChunk {
  return { kind: "chunk", json: new Uint8Array(40), hasContent: true, ...extra };
}

function meterOf(estimatedPromptTokens: number, contextTokens = 1_000): UsageMeter {
  return new UsageMeter({ estimatedPromptTokens, inputCount: 1, writesText: true, choiceCount: 1, contextTokens });
}

describe("the usage of an answer", () => {
  it("is what the server stated", () => {
    const meter = meterOf(50);
    meter.observe(chunk());
    meter.observe(chunk({ hasContent: false, usage: { promptTokens: 7, completionTokens: 5, basis: "measured" } }));
    expect(meter.usage()).toEqual({ promptTokens: 7, completionTokens: 5, basis: "measured" });
    expect(meter.cost(PRICE)).toBe(17);
  });

  it("is estimated from what was received when the server stated nothing", () => {
    const meter = meterOf(50);
    meter.observe(chunk());
    meter.observe(chunk());
    expect(meter.usage()).toEqual({ promptTokens: 50, completionTokens: 2, basis: "estimated" });
    expect(meter.cost(PRICE)).toBe(54);
  });

  it("is estimated from the size of an answer that came whole", () => {
    const meter = meterOf(10);
    meter.observe({ kind: "answer", json: new Uint8Array(400) });
    expect(meter.usage()).toEqual({ promptTokens: 10, completionTokens: 100, basis: "estimated" });
  });

  it("counts on where the server stated it early", () => {
    const meter = meterOf(50);
    meter.observe(chunk({ usage: { promptTokens: 7, completionTokens: 1, basis: "measured" } }));
    meter.observe(chunk());
    meter.observe(chunk());
    expect(meter.usage()).toEqual({ promptTokens: 7, completionTokens: 3, basis: "estimated" });
  });

  it("is not what the server stated where the model's context could not hold it", () => {
    const meter = meterOf(50, 100);
    meter.observe(chunk());
    meter.observe(chunk({ usage: { promptTokens: 101, completionTokens: 101, basis: "measured" } }));
    expect(meter.usage()).toEqual({ promptTokens: 50, completionTokens: 2, basis: "estimated" });
  });

  it("has no cost where the price is unknown", () => {
    expect(meterOf(10).cost(undefined)).toBeUndefined();
  });

  it("reads cached prompt tokens at their own price", () => {
    const meter = meterOf(10);
    meter.observe(
      chunk({ usage: { promptTokens: 100, cachedPromptTokens: 90, completionTokens: 0, basis: "measured" } }),
    );
    expect(meter.cost({ ...PRICE, cachedInputMicroUsdPerMillion: 100_000 })).toBe(19);
  });
});

describe("the usage of an answer without text", () => {
  const meterOfInputs = (inputCount: number): UsageMeter =>
    new UsageMeter({ estimatedPromptTokens: 50, inputCount, writesText: false, choiceCount: 1, contextTokens: 100 });
  const answer = (promptTokens?: number): InferenceAnswer => ({
    kind: "answer",
    json: new Uint8Array(4_000),
    ...(promptTokens === undefined ? {} : { usage: { promptTokens, basis: "measured" as const } }),
  });

  it("is what was read, and no size of the answer counts as tokens", () => {
    const meter = meterOfInputs(3);
    meter.observe(answer(250));
    expect(meter.usage()).toEqual({ promptTokens: 250, completionTokens: 0, basis: "measured" });
    expect(meter.cost(PRICE)).toBe(250);
  });

  it("is the estimate where the server states nothing, or more than its inputs can have", () => {
    for (const stated of [undefined, 301]) {
      const meter = meterOfInputs(3);
      meter.observe(answer(stated));
      expect(meter.usage()).toMatchObject({ promptTokens: 50, completionTokens: 0 });
    }
  });
});
