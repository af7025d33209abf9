import fc from "fast-check";
import { expect, it } from "vitest";
import { planRound } from "../../../src/hosting/worker/plan-round.ts";

/** Measured for a 0.5 B model in 8 bits on a CPU with AVX2: odd numbers of rows are slow. */
const MEASURED_MS = [0, 78, 156, 250, 198, 326, 245, 364, 299];
const measured = (size: number): number | undefined => MEASURED_MS[size];

it("slots are evaluated together, in ascending order", () => {
  expect(planRound([2, 0, 1, 3], measured)).toEqual([[0, 1, 2, 3]]);
});

it("slots that are no neighbours are evaluated apart, as the engine would take them one after the other anyway", () => {
  expect(planRound([5, 0, 1, 6], (size) => size)).toEqual([
    [0, 1],
    [5, 6],
  ]);
});

it("a number of slots that the engine is slow at is split where that takes less time", () => {
  expect(planRound([0, 1, 2, 3, 4], measured)).toEqual([[0, 1, 2, 3], [4]]);
  expect(planRound([0, 1], (size) => [0, 20, 80][size])).toEqual([[0], [1]]);
});

it("a split that promises next to nothing is not worth it", () => {
  expect(planRound([0, 1], (size) => [0, 78, 160][size])).toEqual([[0, 1]]);
});

it("a size that nobody measured is tried, the whole first", () => {
  expect(planRound([0, 1, 2], () => undefined)).toEqual([[0, 1, 2]]);
  expect(planRound([0, 1, 2], (size) => (size === 3 ? 250 : undefined))).toEqual([[0, 1], [2]]);
});

it("every slot has exactly one turn a round, and no plan is slower than all at once", () => {
  const costs = fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 17, maxLength: 17 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1 }), costs, (slots, costsMs) => {
      const stepMs = (size: number): number => costsMs[size] ?? Number.NaN;
      const groups = planRound(slots, stepMs);
      expect(groups.flat()).toEqual(slots.toSorted((a, b) => a - b));
      for (const group of groups) expect(group.at(-1)).toBe((group[0] ?? 0) + group.length - 1);
      const total = (plan: readonly (readonly number[])[]): number =>
        plan.reduce((sum, group) => sum + stepMs(group.length), 0);
      const isOneRun = Math.max(...slots) - Math.min(...slots) === slots.length - 1;
      if (isOneRun) expect(total(groups)).toBeLessThanOrEqual(stepMs(slots.length));
    }),
  );
});
