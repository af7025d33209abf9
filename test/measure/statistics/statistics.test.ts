import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fisherExact, type Tally } from "../../../src/measure/statistics/fisher-exact.ts";
import { medianOf, spreadOf } from "../../../src/measure/statistics/quantiles.ts";
import { rankSumTest, upperTail } from "../../../src/measure/statistics/rank-sum.ts";
import { wilsonInterval } from "../../../src/measure/statistics/wilson-interval.ts";

const tally = fc
  .integer({ min: 1, max: 120 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }));

describe("Wilson's interval", () => {
  it("is that of the literature", () => {
    // Newcombe 1998, table I: 81 of 263, and 0 of 20.
    const many = wilsonInterval(81, 263);
    expect(many?.low).toBeCloseTo(0.2553, 4);
    expect(many?.high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 20)?.high).toBeCloseTo(0.1611, 4);
    expect(wilsonInterval(0, 0)).toBeUndefined();
  });

  it("holds the share, stays within 0 and 1, and narrows with more trials", () => {
    fc.assert(
      fc.property(tally, ({ successes, trials }) => {
        const one = wilsonInterval(successes, trials);
        const more = wilsonInterval(successes * 4, trials * 4);
        if (one === undefined || more === undefined) throw new Error("There are trials.");
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeLessThanOrEqual(one.share);
        expect(one.high).toBeGreaterThanOrEqual(one.share);
        expect(more.high - more.low).toBeLessThan(one.high - one.low);
      }),
    );
  });
});

const pairOf = (before: Tally, after: Tally): number => fisherExact([{ before, after }]);

describe("Fisher's exact test", () => {
  it("is that of the literature", () => {
    // Fisher's tea: all eight cups right is one chance in 70 on one side, two in 70 on both.
    expect(pairOf({ successes: 4, trials: 4 }, { successes: 0, trials: 4 })).toBeCloseTo(2 / 70, 10);
    // Agresti, Categorical Data Analysis, 2.6.2: three of four cups each.
    expect(pairOf({ successes: 3, trials: 4 }, { successes: 1, trials: 4 })).toBeCloseTo(0.4857, 4);
    expect(pairOf({ successes: 1, trials: 10 }, { successes: 11, trials: 14 })).toBeCloseTo(0.002_759, 6);
  });

  it("is a chance, the same from both sides, and 1 for the same share of as many", () => {
    fc.assert(
      fc.property(tally, tally, (a, b) => {
        const p = pairOf(a, b);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(p).toBeCloseTo(pairOf(b, a), 9);
        expect(pairOf(a, a)).toBeCloseTo(1, 9);
      }),
    );
    expect(pairOf({ successes: 0, trials: 0 }, { successes: 5, trials: 5 })).toBe(1);
    expect(fisherExact([])).toBe(1);
  });

  it("is not misled by one question that is asked more often than before", () => {
    const easy = { before: { successes: 10, trials: 10 }, after: { successes: 100, trials: 100 } };
    const hard = { before: { successes: 0, trials: 100 }, after: { successes: 0, trials: 10 } };
    expect(fisherExact([easy, hard])).toBe(1);
    expect(pairOf({ successes: 10, trials: 110 }, { successes: 100, trials: 110 })).toBeLessThan(1e-9);
  });

  it("sums small changes of several questions, and is the same for one whose answers never change beside them", () => {
    const weaker = { before: { successes: 9, trials: 10 }, after: { successes: 5, trials: 10 } };
    const same = { before: { successes: 10, trials: 10 }, after: { successes: 10, trials: 10 } };
    expect(fisherExact([weaker, weaker, weaker])).toBeLessThan(fisherExact([weaker]) / 5);
    expect(fisherExact([weaker, same])).toBeCloseTo(fisherExact([weaker]), 10);
  });

  it("is no more often below a level than the level says, where nothing has changed", () => {
    // The chance of a false alarm at 0.05, exactly: the sum over all outcomes of two fair tallies of 12.
    const chanceOf = (k: number): number => {
      let chance = 0.5 ** 12;
      for (let at = 1; at <= k; at++) chance *= (12 - at + 1) / at;
      return chance;
    };
    let alarms = 0;
    for (let a = 0; a <= 12; a++)
      for (let b = 0; b <= 12; b++)
        if (pairOf({ successes: a, trials: 12 }, { successes: b, trials: 12 }) < 0.05)
          alarms += chanceOf(a) * chanceOf(b);
    expect(alarms).toBeGreaterThan(0);
    expect(alarms).toBeLessThan(0.05);
  });
});

describe("the rank sum", () => {
  it("is that of the literature", () => {
    expect(upperTail(1.959_964)).toBeCloseTo(0.025, 6);
    // Two samples of ten that do not overlap: U is 0, z is 3.742 with the correction for continuity.
    const [low, high] = [0, 100].map((from) => Array.from({ length: 10 }, (_, index) => from + index));
    expect(rankSumTest(low ?? [], high ?? [])).toBeCloseTo(0.000_182_7, 6);
  });

  it("says nothing of equal values and of too few", () => {
    expect(rankSumTest([1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1])).toBe(1);
    expect(rankSumTest([1, 2, 3, 4], [10, 20, 30, 40, 50])).toBe(1);
  });

  it("is a chance, the same from both sides, and knows no scale", () => {
    const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const p = rankSumTest(a, b);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(p).toBeCloseTo(rankSumTest(b, a), 9);
        const stretched = (values: readonly number[]) => values.map((value) => 3 * value + 7);
        expect(p).toBeCloseTo(rankSumTest(stretched(a), stretched(b)), 12);
      }),
    );
  });
});

describe("a spread", () => {
  it("is the median and the ninth of ten", () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(medianOf([])).toBeUndefined();
    expect(spreadOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual({ p50: 5.5, p90: 9, count: 10 });
    expect(spreadOf([])).toBeUndefined();
  });
});
