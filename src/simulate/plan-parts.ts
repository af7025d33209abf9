import type { AddPart, PlayedPlan, PlayedStep, SimulatedPlan } from "./joint-models.ts";
import type { TracedRequest, TracedStep } from "./traced-request.ts";

/** Tokens of the rules for a planner, for a step and for a joiner. */
const PLANNER_RULES_TOKENS = 200;
const STEP_RULES_TOKENS = 60;
const JOINER_RULES_TOKENS = 80;

/** Tokens of one step's task where the planner writes it and others read it. */
const TASK_TOKENS = 100;

/** Tokens of a plan around its steps. */
const PLAN_FRAME_TOKENS = 10;

/**
 * The parts of a request to a plan: the planner reads the prompt and writes the steps; each step reads the prompt, its task
 * and the results that it needs; the joiner reads the prompt with all results and writes what the trace has for the whole.
 * What is read of results is known when there are any: see {@link tokensBeforeStep} and {@link tokensBeforeAnswer}.
 */
export function planParts(
  plan: SimulatedPlan,
  request: TracedRequest,
  stated: readonly TracedStep[],
  add: AddPart,
): PlayedPlan {
  // Rules and new marks stand before what planner and workers read, so that nobody has read their prompts before.
  const { prefixIds: _, ...unread } = request;
  const { maxParallel, maxStepTokens, timeoutMs } = plan;
  const { promptTokens } = request;
  const planner = add(unread, plan.planner, {
    promptTokens: promptTokens + PLANNER_RULES_TOKENS,
    outputTokens: PLAN_FRAME_TOKENS + TASK_TOKENS * stated.length,
  });
  const carriedOut = stated.length > plan.maxSteps ? [] : stated;
  const steps = carriedOut.map(({ outputTokens, after }): PlayedStep => {
    const tokens = Math.min(outputTokens, maxStepTokens);
    const part = add(unread, plan.workers, { outputTokens: tokens });
    return {
      part,
      outputTokens: tokens,
      after: after.map((number) => number - 1),
      isCut: outputTokens > maxStepTokens,
    };
  });
  return {
    kind: "plan",
    planner,
    steps,
    joiner: add(request, plan.joiner),
    promptTokens,
    maxParallel,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** What a step reads: the prompt, its task, and the results that it needs. */
export function tokensBeforeStep({ promptTokens }: PlayedPlan, resultTokens: number): number {
  return promptTokens + STEP_RULES_TOKENS + TASK_TOKENS + resultTokens;
}

/** What the joiner reads: the prompt, and of every step its task and its result. Without steps it answers as if alone. */
export function tokensBeforeAnswer({ promptTokens, steps }: PlayedPlan, resultTokens: number): number {
  if (steps.length === 0) return promptTokens;
  return promptTokens + JOINER_RULES_TOKENS + TASK_TOKENS * steps.length + resultTokens;
}
