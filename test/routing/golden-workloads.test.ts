import { describe, expect, it } from "vitest";
import { TASKS } from "../../src/core/workload.ts";
import { classifyWorkload } from "../../src/routing/classify-workload.ts";
import { requestOf } from "../../scripts/router/request-of-text.ts";
import { GOLDEN_PROMPTS } from "./golden-prompts.ts";
import { shippedTextModel } from "./shipped-text-model.ts";

/** What the shipped model gets right; a change of it that does worse on these prompts is no progress. */
const RIGHT_AS_SHIPPED = 54;

const model = shippedTextModel();

describe("the golden prompts", () => {
  it("are of every task", () => {
    expect(new Set(GOLDEN_PROMPTS.map(({ task }) => task))).toEqual(new Set(TASKS));
  });

  it("are given the task that a person gives them, but for a few", () => {
    const wrong = GOLDEN_PROMPTS.flatMap(({ task, text }) => {
      const found = classifyWorkload(requestOf(text), model).task;
      return found === task ? [] : [`${task}, not ${found}: ${text.slice(0, 60)}`];
    });
    expect(wrong.length).toBeLessThanOrEqual(GOLDEN_PROMPTS.length - RIGHT_AS_SHIPPED);
  });

  it("that are hard are mostly harder than those that are easy", () => {
    const difficulties = (effort: string): readonly number[] =>
      GOLDEN_PROMPTS.filter((prompt) => prompt.effort === effort).map(
        ({ text }) => classifyWorkload(requestOf(text), model).difficulty ?? 0,
      );
    const [easy, hard] = [difficulties("easy"), difficulties("hard")];
    const inOrder = hard.flatMap((one) => easy.filter((other) => other < one)).length;
    expect(inOrder / (easy.length * hard.length)).toBeGreaterThan(0.9);
  });

  it("get a task, a difficulty and their reasons without the model too", () => {
    for (const { text } of GOLDEN_PROMPTS) {
      const workload = classifyWorkload(requestOf(text));
      expect([...TASKS, "unknown"]).toContain(workload.task);
      if (workload.task !== "unknown") expect(workload.difficulty).toBeGreaterThan(0);
      expect(workload.familiarity).toBeUndefined();
    }
  });
});
