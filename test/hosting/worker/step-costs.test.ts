import { expect, it } from "vitest";
import { StepCosts } from "../../../src/hosting/worker/step-costs.ts";

it("the cost of a size is known after two steps of it, as their average", () => {
  const costs = new StepCosts();
  costs.record(4, 100);
  expect(costs.stepMs(4)).toBeUndefined();
  costs.record(4, 200);
  expect(costs.stepMs(4)).toBeGreaterThan(100);
  expect(costs.stepMs(4)).toBeLessThan(200);
  expect(costs.stepMs(3)).toBeUndefined();
});

it("the cost of a size that was not used for long is unknown again, until one more step of it", () => {
  const costs = new StepCosts();
  for (let step = 0; step < 2; step++) costs.record(2, 50);
  for (let step = 0; step < 300; step++) costs.record(1, 20);
  expect(costs.stepMs(2)).toBeUndefined();
  costs.record(2, 50);
  expect(costs.stepMs(2)).toBe(50);
});
