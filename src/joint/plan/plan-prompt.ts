import type { Fence } from "../fence.ts";
import { transcriptOf, type ChatMessage } from "../written-request.ts";
import type { Plan, Step } from "./plan.ts";
import { planSchema } from "./read-plan.ts";

/** Tokens of a plan for each step that it may have, and for what stands around them: what small contexts have room for. */
const PLAN_TOKENS_PER_STEP = 256;

/** About as many characters make one token of English text; a step's result is shown in so many for each that it may have. */
export const CHARACTERS_PER_TOKEN = 4;

/** What became of a step, for who goes on with it. */
export interface StepResult {
  readonly step: Step;
  /** Absent where there is none. */
  readonly text?: string;
  /** Why there is none. */
  readonly because?: string;
}

/** The body of the request that has the planner split the task. */
export function planningBody({ planner, maxSteps }: Plan, fence: Fence, messages: readonly ChatMessage[]): object {
  const rules =
    "You split a task into steps that assistants do side by side, each without seeing the others. Each step says all " +
    "that its assistant needs to know; it sees the conversation and the results of the steps that it names in `after`, " +
    `nothing else. Use as few steps as possible, ${maxSteps} at most, and \`after\` only where a result is needed. Do not ` +
    "add a step that puts the results together: that is done afterwards. Where splitting gains nothing, answer with no " +
    `steps. ${fence.explanation} Reply with a JSON object and nothing else: ` +
    '{"steps": [{"id": "1", "task": "…", "after": []}]}.';
  return {
    model: planner,
    temperature: 0,
    max_tokens: PLAN_TOKENS_PER_STEP * (maxSteps + 1),
    messages: [
      { role: "system", content: rules },
      { role: "user", content: `${fence.enclose("conversation", transcriptOf(messages))}\n\nSplit what it asks for.` },
    ],
    response_format: {
      type: "json_schema",
      json_schema: { name: "plan", strict: true, schema: planSchema(maxSteps) },
    },
  };
}

/** The body of the request that has one of the workers do a step. */
export function stepBody(
  { workers, maxStepTokens }: Plan,
  fence: Fence,
  messages: readonly ChatMessage[],
  step: Step,
  needed: readonly StepResult[],
): object {
  const rules = `You do one step of a larger task. Do this step alone, and give its result without any preface. ${fence.explanation}`;
  const shown = [
    fence.enclose("conversation", transcriptOf(messages)),
    ...needed.map((result) => encloseResult(fence, result, maxStepTokens * CHARACTERS_PER_TOKEN)),
  ];
  return {
    model: "auto",
    plugins: [{ id: "auto-router", allowed_models: workers }],
    max_tokens: maxStepTokens,
    messages: [
      { role: "system", content: rules },
      { role: "user", content: `${shown.join("\n\n")}\n\nYour step: ${step.task}` },
    ],
  };
}

/** The body of the request that has the joiner write the answer: the caller's own, with the results as a message more. */
export function joiningBody(
  { joiner }: Plan,
  fence: Fence,
  body: Readonly<Record<string, unknown>>,
  results: readonly StepResult[],
  resultCharacters: number,
): object {
  if (results.length === 0) return { ...body, model: joiner };
  const shown = results.map(
    (result) => `Step ${result.step.number}: ${result.step.task}\n${encloseResult(fence, result, resultCharacters)}`,
  );
  const task =
    "Assistants have worked on steps of the task above. Write the answer to the conversation from their results, in the " +
    "form that was asked for. Where a step has no result, do without it or say what is missing; correct what is wrong. Do " +
    `not mention the steps. ${fence.explanation}\n\n${shown.join("\n\n")}`;
  const messages = body["messages"] as readonly ChatMessage[];
  return { ...body, model: joiner, messages: [...messages, { role: "user", content: task }] };
}

function encloseResult(fence: Fence, { step, text, because }: StepResult, maxCharacters: number): string {
  const title = `result of step ${step.number}`;
  if (text === undefined) return `(There is no ${title}: ${because ?? "it was not done"}.)`;
  return fence.enclose(title, text, maxCharacters);
}
