import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateGain } from "../../src/measure/estimate-gain.ts";
import { logNormal, seededRandom } from "../../src/simulate/seeded-random.ts";

const amount = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const sample = fc.array(fc.record({ routed: amount, direct: amount }), { minLength: 20, maxLength: 60 });

describe("the gain over going direct", () => {
  it("is exact where every request saves the same share", () => {
    const requests = Array.from({ length: 40 }, (_, index) => ({ routed: 3 * (index + 1), direct: 4 * (index + 1) }));
    const gain = estimateGain(requests, seededRandom(1));
    expect(gain?.savedShare?.value).toBeCloseTo(0.25, 12);
    expect(gain?.savedShare?.low).toBeCloseTo(0.25, 12);
    expect(gain?.savedShare?.high).toBeCloseTo(0.25, 12);
    expect(gain).toMatchObject({ count: 40, routedMean: 61.5, directMean: 82 });
  });

  it("lies within its interval, has a sign that says who was dearer, and is the same for the same chance", () => {
    fc.assert(
      fc.property(sample, (requests) => {
        const gain = estimateGain(requests, seededRandom(1));
        if (gain?.savedShare === undefined) throw new Error("There is something to save.");
        expect(estimateGain(requests, seededRandom(1))).toEqual(gain);
        expect(gain.savedMean.low).toBeLessThanOrEqual(gain.savedMean.value + 1e-6);
        expect(gain.savedMean.high).toBeGreaterThanOrEqual(gain.savedMean.value - 1e-6);
        expect(Math.sign(gain.savedMean.value)).toBe(Math.sign(gain.directMean - gain.routedMean));
        expect(gain.savedShare.value).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  it("is a share that knows no currency", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0.1, max: 100, noNaN: true }), (requests, factor) => {
        const scaled = requests.map(({ routed, direct }) => ({ routed: routed * factor, direct: direct * factor }));
        const [one, other] = [requests, scaled].map((of) => estimateGain(of, seededRandom(1))?.savedShare);
        expect(other?.value).toBeCloseTo(one?.value ?? Number.NaN, 6);
        expect(other?.low).toBeCloseTo(one?.low ?? Number.NaN, 6);
      }),
      { numRuns: 20 },
    );
  });

  it("holds the true share in about 95 of 100 intervals, with costs of a long tail", () => {
    const random = seededRandom(7);
    const trials = 100;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const requests = Array.from({ length: 80 }, () => ({
        routed: 3 * logNormal(random, 1),
        direct: 4 * logNormal(random, 1),
      }));
      const share = estimateGain(requests, random)?.savedShare;
      if ((share?.low ?? 1) <= 0.25 && (share?.high ?? 0) >= 0.25) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(86);
    expect(held).toBeLessThan(trials);
  });

  it("has no interval for a handful of requests, no share where going direct is free, and is nothing without a request", () => {
    expect(estimateGain([{ routed: 1, direct: 2 }], seededRandom(1))).toEqual({
      ...{ count: 1, routedMean: 1, directMean: 2 },
      ...{ savedMean: { value: 1 }, savedShare: { value: 0.5 } },
    });
    expect(estimateGain([{ routed: 1, direct: 0 }], seededRandom(1))).toEqual({
      ...{ count: 1, routedMean: 1, directMean: 0, savedMean: { value: -1 } },
    });
    expect(estimateGain([], seededRandom(1))).toBeUndefined();
  });
});
