import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictWaitMs } from "../../../src/dispatch/admission/predict-wait.ts";

const started = (expectedMs: number, elapsedMs = 0) => ({ expectedMs, elapsedMs });

describe("the predicted wait", () => {
  it("is nothing while a place is free and nobody is ahead", () => {
    expect(predictWaitMs(2, [started(1_000)], [])).toBe(0);
  });

  it("is what is left of the request that ends first", () => {
    expect(predictWaitMs(2, [started(1_000, 400), started(5_000)], [])).toBe(600);
  });

  it("counts those ahead, each in the place that is free first", () => {
    expect(predictWaitMs(2, [started(1_000), started(2_000)], [500, 100])).toBe(1_600);
  });

  it("still expects a tenth of a request that has taken longer than expected", () => {
    expect(predictWaitMs(1, [started(1_000, 60_000)], [])).toBe(100);
  });

  it("agrees with taking the places one after the other", () => {
    const ms = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1, maxLength: 8 }), fc.array(ms, { maxLength: 20 }), (running, ahead) => {
        const freeAt = [...running];
        for (const serviceMs of ahead) {
          freeAt.sort((a, b) => a - b);
          freeAt[0] = (freeAt[0] ?? 0) + serviceMs;
        }
        const services = running.map((expectedMs) => started(expectedMs));
        expect(predictWaitMs(running.length, services, ahead)).toBe(Math.min(...freeAt));
      }),
    );
  });
});
