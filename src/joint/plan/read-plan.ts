import type { Step } from "./plan.ts";

/** Characters of one step's task. */
const MAX_TASK_CHARACTERS = 4_000;

/** A plan that can be carried out, or what is wrong with it. */
export type ReadPlan =
  | { readonly kind: "plan"; readonly steps: readonly Step[] }
  | { readonly kind: "problem"; readonly problem: string };

/** The JSON schema of what a planner answers. Names are numbers, so that a model that is held to it can name no other step. */
export function planSchema(maxSteps: number): object {
  const name = { type: "string", enum: Array.from({ length: maxSteps }, (_, index) => String(index + 1)) };
  const step = {
    type: "object",
    properties: {
      id: name,
      task: { type: "string" },
      after: { type: "array", items: name },
    },
    required: ["id", "task", "after"],
    additionalProperties: false,
  };
  return {
    type: "object",
    properties: { steps: { type: "array", items: step, maxItems: maxSteps } },
    required: ["steps"],
    additionalProperties: false,
  };
}

/**
 * Reads a planner's answer: at most `maxSteps` steps, each with a name of its own, each after steps that there are, and
 * none after itself by any detour. Steps are numbered in the order in which they stand; a plan without any is one.
 */
export function readPlan(text: string, maxSteps: number): ReadPlan {
  const stated = statedSteps(text);
  if (stated === undefined) return problem("it is not the JSON that was asked for");
  if (stated.length > maxSteps) return problem(`it has ${stated.length} steps, and ${maxSteps} are the most`);
  const numbers = new Map(stated.map(({ id }, index) => [id, index + 1]));
  if (numbers.size < stated.length) return problem("two steps have the same id");
  const steps: Step[] = [];
  for (const { task, after } of stated) {
    const before = [...new Set(after)].map((id) => numbers.get(id));
    if (before.includes(undefined)) return problem("a step is after one that there is not");
    if (task.trim() === "" || task.length > MAX_TASK_CHARACTERS) return problem("a step's task is empty or too long");
    steps.push({ number: steps.length + 1, task, after: before.filter((number) => number !== undefined) });
  }
  return goesInACircle(steps) ? problem("its steps wait for each other in a circle") : { kind: "plan", steps };
}

interface StatedStep {
  readonly id: string;
  readonly task: string;
  readonly after: readonly string[];
}

function statedSteps(text: string): readonly StatedStep[] | undefined {
  try {
    const bare = text.trim().replace(/^```(?:json)?\s*\n([\s\S]*)\n```$/u, "$1");
    const { steps } = JSON.parse(bare) as { readonly steps?: unknown };
    if (!Array.isArray(steps)) return undefined;
    const read = (steps as readonly (Partial<StatedStep> | null)[]).map((step) => ({ after: [], ...step }));
    return read.every(isStep) ? read : undefined;
  } catch {
    // Whatever else a model writes is no plan.
    return undefined;
  }
}

function isStep(step: Partial<StatedStep>): step is StatedStep {
  const { id, task, after } = step;
  return (
    typeof id === "string" &&
    typeof task === "string" &&
    Array.isArray(after) &&
    after.every((name) => typeof name === "string")
  );
}

/** Takes away, again and again, the steps that wait for none of those left; a circle is what stays. */
function goesInACircle(steps: readonly Step[]): boolean {
  let left = steps;
  for (;;) {
    const waiting = left.filter(({ after }) => left.some(({ number }) => after.includes(number)));
    if (waiting.length === left.length) return left.length > 0;
    left = waiting;
  }
}

function problem(text: string): ReadPlan {
  return { kind: "problem", problem: text };
}
