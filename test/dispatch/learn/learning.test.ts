import { describe, expect, it } from "vitest";
import type { InferenceEvent } from "../../../src/core/inference-event.ts";
import { compareWithPrediction } from "../../../src/dispatch/learn/compare-with-prediction.ts";
import { LearnedLengths } from "../../../src/dispatch/learn/learned-lengths.ts";
import { LearnedRates } from "../../../src/dispatch/learn/learned-rates.ts";
import { chunk, dispatchBox, ScriptedEndpoint } from "../../support/dispatch-box.ts";

const TOKENS = 10;

/** A box with one endpoint that takes `firstMs` to begin and `stepMs` for each token, and what metrics heard of it. */
function slowBox(times: { firstMs: number; stepMs: number }) {
  const compared: (readonly [string, number])[] = [];
  const lengths = new LearnedLengths();
  const endpoint = new ScriptedEndpoint({ id: "box/m" }, () => answer());
  const predictionMetrics = {
    predictionCompared: (_: string, quantity: string, ratio: number) => void compared.push([quantity, ratio]),
  };
  const box = dispatchBox([endpoint], { lengths, predictionMetrics });
  async function* answer(): AsyncGenerator<InferenceEvent> {
    box.clock.advance(times.firstMs);
    yield chunk("a");
    for (let token = 1; token < TOKENS; token++) {
      box.clock.advance(times.stepMs);
      yield chunk("a");
    }
    yield chunk("", { finishReason: "stop" });
  }
  const ask = async (): Promise<void> => {
    for await (const _ of (await box.service.execute(box.job())).events);
  };
  return { ...box, ask, compared, times, lengths };
}

describe("after each answer", () => {
  it("the next prediction rests on how fast it was and how long", async () => {
    const { ask, service, job } = slowBox({ firstMs: 300, stepMs: 20 });
    for (let time = 0; time < 12; time++) await ask();
    const decision = service.explain(job());
    expect(decision.candidates[0]?.prediction).toMatchObject({ ttftMs: 300 });
    expect(decision.candidates[0]?.prediction.tokensPerSecond).toBeGreaterThan(45);
    expect(decision.candidates[0]?.prediction.outputTokens).toBeGreaterThan(6);
    expect(decision.candidates[0]?.prediction.outputTokens).toBeLessThan(15);
    expect(decision.workload.expectedOutputBasis).toBe("learned");
  });

  it("metrics hear how far the prediction was off", async () => {
    const { ask, compared, times } = slowBox({ firstMs: 100, stepMs: 10 });
    for (let time = 0; time < 5; time++) await ask();
    times.firstMs = 250;
    await ask();
    expect(compared).toContainEqual(["first_content", 2.5]);
    expect(compared.map(([quantity]) => quantity)).toEqual(
      expect.arrayContaining(["first_content", "writing", "total", "output_tokens"]),
    );
  });

  it("nothing is learned of one that broke off", async () => {
    const { lengths, service, job } = slowBox({ firstMs: 100, stepMs: 10 });
    const execution = await service.execute(job());
    for await (const _ of execution.events) break;
    expect(lengths.save()).toEqual([]);
  });
});

describe("the comparison with a prediction", () => {
  const prediction = { queueMs: 0, ttftMs: 200, totalMs: 1_000, tokensPerSecond: 50, firstContentCorrection: 2 };

  it("takes a correction back, so that a correction does not correct itself", () => {
    const ratios = compareWithPrediction(prediction, 40, {
      firstContentMs: 200,
      totalMs: 1_500,
      outputTokens: 20,
      writingMs: 800,
    });
    expect(ratios).toEqual({ firstContent: 2, total: 1.5, outputTokens: 0.5, writing: 2 });
  });

  it("takes times of a few milliseconds for equal: they are not the engine's", () => {
    const quick = { queueMs: 0, ttftMs: 1 };
    expect(compareWithPrediction(quick, 40, { firstContentMs: 15 })).toEqual({ firstContent: 1 });
    expect(compareWithPrediction(quick, 40, { firstContentMs: 100 })).toEqual({ firstContent: 5 });
  });

  it("says nothing about what was not predicted or not observed", () => {
    expect(compareWithPrediction({ queueMs: 0 }, 40, { firstContentMs: 200 })).toEqual({});
    expect(compareWithPrediction(prediction, 40, {})).toEqual({});
  });
});

describe("the rates that were learned", () => {
  it("are told apart by how many answers are written together, and never grow with their number", () => {
    const rates = new LearnedRates();
    for (let time = 0; time < 3; time++) {
      rates.add(1, 50);
      rates.add(2, 60);
      rates.add(5, 20);
      if (time < 2) rates.add(64, 1);
    }
    expect(rates.rates()).toEqual([
      { running: 1, tokensPerSecond: 50 },
      { running: 2, tokensPerSecond: 50 },
      { running: 4, tokensPerSecond: 20 },
    ]);
  });
});
