import type { Step } from "./plan.ts";
import type { StepResult } from "./plan-prompt.ts";

/**
 * Does the steps, at most `maxParallel` at a time, each as soon as those before it have results. A step that needs one
 * which has none is not done. `doStep` must not reject. The results are in the order of the plan.
 */
export async function runSteps<Result extends StepResult>(
  steps: readonly Step[],
  maxParallel: number,
  doStep: (step: Step, needed: readonly Result[]) => Promise<Result>,
): Promise<readonly (Result | StepResult)[]> {
  const results = new Map<number, Result | StepResult>();
  const running = new Map<number, Promise<void>>();
  const waiting = new Set(steps);
  while (waiting.size + running.size > 0) {
    for (const step of waiting) {
      const needed = step.after.map((number) => results.get(number));
      const missing = needed.find((result) => result !== undefined && result.text === undefined);
      if (missing !== undefined) {
        waiting.delete(step);
        results.set(step.number, { step, because: `it needs step ${missing.step.number}, which has no result` });
      } else if (running.size < maxParallel && !needed.includes(undefined)) {
        waiting.delete(step);
        const done = doStep(step, needed as Result[]).then((result) => {
          running.delete(step.number);
          results.set(step.number, result);
        });
        running.set(step.number, done);
      }
    }
    // Steps that are not done end without waiting for anything.
    if (running.size > 0) await Promise.race(running.values());
  }
  return steps.flatMap(({ number }) => results.get(number) ?? []);
}
