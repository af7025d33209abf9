import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Step } from "../../../src/joint/plan/plan.ts";
import type { StepResult } from "../../../src/joint/plan/plan-prompt.ts";
import { runSteps } from "../../../src/joint/plan/run-steps.ts";

/** Steps each of which may wait for any before it, and whether each has a result. */
const plans = fc.array(fc.record({ waits: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), works: fc.boolean() }), {
  maxLength: 10,
});

describe("the steps of a plan", () => {
  it("are done in time of their own, never more at once than allowed, each once, and only with the results they need", async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 4 }), fc.scheduler(), async (drawn, maxParallel, scheduler) => {
        const steps: readonly Step[] = drawn.map(({ waits }, index) => ({
          number: index + 1,
          task: "",
          after: [...new Set(waits.filter((other) => other < index).map((other) => other + 1))],
        }));
        const asked: number[] = [];
        let running = 0;
        const running$ = runSteps<StepResult>(steps, maxParallel, async (step, needed) => {
          running += 1;
          asked.push(step.number);
          expect(running).toBeLessThanOrEqual(maxParallel);
          expect(needed.map((result) => result.step.number)).toEqual(step.after);
          expect(needed.every(({ text }) => text !== undefined)).toBe(true);
          await scheduler.schedule(Promise.resolve());
          running -= 1;
          return drawn[step.number - 1]?.works === true ? { step, text: "done" } : { step, because: "it failed" };
        });
        const results = await scheduler.waitFor(running$);
        expect(results.map(({ step }) => step.number)).toEqual(steps.map(({ number }) => number));
        expect(asked).toHaveLength(new Set(asked).size);
        for (const { step, text, because } of results) {
          const lacks = step.after.some((number) => results[number - 1]?.text === undefined);
          expect(asked.includes(step.number)).toBe(!lacks);
          expect(text === undefined).toBe(because !== undefined);
        }
      }),
    );
  });
});
