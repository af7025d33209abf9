import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PendingWork } from "../../src/core/endpoint.ts";
import { simulateQueue, type SimulatedEngine } from "../../src/routing/simulate-queue.ts";

const IDLE = { running: 0, queued: 0, queuedPromptTokens: 0 };

/** One slot, 100 tokens read and 10 written a second, unless told otherwise. */
function engine(parts: Partial<Omit<SimulatedEngine, "load">> & { load?: Partial<SimulatedEngine["load"]> } = {}) {
  return {
    slots: 1,
    tokensPerSecond: 10,
    prefillTokensPerSecond: 100,
    ...parts,
    load: { ...IDLE, ...parts.load },
  };
}

const work = (promptTokens: number, expectedOutputTokens: number, outputTokensSoFar?: number): PendingWork => ({
  promptTokens,
  expectedOutputTokens,
  workloadClass: "interactive",
  ...(outputTokensSoFar === undefined ? {} : { outputTokensSoFar }),
});

describe("simulateQueue", () => {
  it("has nobody wait for an idle engine, and reads the prompt at its rate", () => {
    expect(simulateQueue(engine(), 50)).toEqual({ queueMs: 0, readMs: 500, stepMs: 100 });
  });

  it("waits for what is left of the answer in the only slot", () => {
    const load = { running: 1, runningWork: [work(0, 30, 10)] };
    expect(simulateQueue(engine({ load }), 50)).toMatchObject({ queueMs: 2_000, readMs: 500 });
  });

  it("waits for the prompt that is still being read and for the answer after it", () => {
    const load = { running: 1, runningWork: [work(100, 20)] };
    expect(simulateQueue(engine({ load }), 0).queueMs).toBeCloseTo(1_000 + 2_000);
  });

  it("goes through the queue in its order, each with its own prompt and answer", () => {
    const load = { running: 1, runningWork: [work(0, 10, 0)], queued: 2, queuedWork: [work(100, 5), work(0, 20)] };
    expect(simulateQueue(engine({ load }), 0).queueMs).toBeCloseTo(1_000 + 1_000 + 500 + 2_000);
  });

  it("takes the first slot that becomes free", () => {
    const load = { running: 2, runningWork: [work(0, 90, 0), work(0, 10, 0)] };
    expect(simulateQueue(engine({ slots: 2, load }), 0).queueMs).toBeCloseTo(1_000);
  });

  it("reads a prompt the slower the more answers are written meanwhile", () => {
    // 4 rounds, each 250 ms of reading and one token of 100 ms.
    const load = { running: 1, runningWork: [work(0, 90, 0)] };
    expect(simulateQueue(engine({ slots: 2, load }), 100)).toMatchObject({ queueMs: 0, readMs: 4 * 350 });
  });

  it("writes at the rate that was measured for as many answers at a time", () => {
    const decodeRates = [
      { running: 1, tokensPerSecond: 10 },
      { running: 3, tokensPerSecond: 5 },
    ];
    const load = { running: 1, runningWork: [work(0, 90, 0)], decodeRates };
    expect(simulateQueue(engine({ slots: 4, load }), 0).stepMs).toBeCloseTo(150);
    expect(simulateQueue(engine({ slots: 4, load: { decodeRates } }), 0).stepMs).toBeCloseTo(100);
  });

  it("expects more to come of an answer that is longer than was expected", () => {
    const load = { running: 1, runningWork: [work(0, 10, 100)] };
    expect(simulateQueue(engine({ load }), 0).queueMs).toBeCloseTo(2_500);
  });

  it("knows of typical work where only numbers are known", () => {
    const load = { running: 1, queued: 1, queuedPromptTokens: 100 };
    expect(simulateQueue(engine({ load }), 0).queueMs).toBeCloseTo(12_500 + 1_000 + 25_000);
  });

  it("counts no time for prompts whose rate of reading is unknown", () => {
    const load = { running: 1, runningWork: [work(500, 10)] };
    expect(simulateQueue(engine({ load, prefillTokensPerSecond: undefined }), 500)).toEqual({
      queueMs: 1_000,
      readMs: 0,
      stepMs: 100,
    });
  });

  const workArbitrary = fc
    .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 3_000 }), fc.option(fc.nat(4_000)))
    .map(([prompt, output, soFar]) => work(prompt, output, soFar ?? undefined));
  const engineArbitrary = fc
    .record({
      slots: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1_000 })),
      tokensPerSecond: fc.integer({ min: 1, max: 500 }),
      prefillTokensPerSecond: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
      running: fc.integer({ min: 0, max: 1_000 }),
      queued: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2_000 })),
      queuedPromptTokens: fc.nat(1_000_000),
      runningWork: fc.array(workArbitrary, { maxLength: 64 }),
      queuedWork: fc.array(workArbitrary, { maxLength: 64 }),
    })
    .map(({ slots, tokensPerSecond, prefillTokensPerSecond, ...load }) => ({
      slots,
      tokensPerSecond,
      prefillTokensPerSecond,
      load,
    }));

  it("gives finite times that are not negative, the same every time, whatever the engine is doing", () => {
    fc.assert(
      fc.property(engineArbitrary, fc.nat(100_000), (one, promptTokens) => {
        const wait = simulateQueue(one, promptTokens);
        for (const time of Object.values(wait)) expect(Number.isFinite(time) && time >= 0).toBe(true);
        expect(simulateQueue(one, promptTokens)).toEqual(wait);
      }),
    );
  });

  it("never has a request wait less because one more is queued before it", () => {
    fc.assert(
      fc.property(engineArbitrary, workArbitrary, (one, more) => {
        const queuedWork = [...one.load.queuedWork.slice(0, 60), more];
        const before = { ...one.load, queued: queuedWork.length - 1, queuedWork: queuedWork.slice(0, -1) };
        const after = { ...before, queued: queuedWork.length, queuedWork };
        const waitOf = (load: SimulatedEngine["load"]): number => simulateQueue({ ...one, slots: 4, load }, 0).queueMs;
        expect(waitOf(after)).toBeGreaterThanOrEqual(waitOf(before) - 1e-6);
      }),
    );
  });
});
