import type { InferenceRequest } from "../core/inference-request.ts";
import { namedTask } from "./task-rules.ts";
import type { TextAssessment } from "./text-model.ts";
import type { TextSignals } from "./text-signals.ts";

/** How far the likeliest task must be ahead of the second to be believed. */
const MIN_TASK_MARGIN = 0.1;

/** A task, and how it was told. */
export interface ClassifiedTask {
  readonly task: string;
  /** Present where the task is the text model's. */
  readonly guess?: TextAssessment;
  readonly reason: string;
}

/**
 * What is asked for. The first that holds decides:
 *
 * 1. A tool must be called, or the history holds a tool's result: tool use.
 * 2. The instruction names its task outright, or a rule for short answers or long texts holds.
 * 3. Tools are offered: tool use.
 * 4. The text model, where one task is clearly ahead.
 * 5. The answer must be JSON: extraction.
 * 6. Otherwise: the text model's likeliest; without one, unknown.
 */
export function classifyTask(
  request: InferenceRequest,
  signals: TextSignals,
  assessment: TextAssessment | undefined,
): ClassifiedTask {
  const { toolChoice, toolCount, hasToolResults, responseFormat, lastUserText } = request;
  const offersTools = toolCount > 0 && toolChoice !== "none";
  if (hasToolResults || (offersTools && toolChoice !== "auto"))
    return { task: "tool-use", reason: "task tool-use, from the request's structure" };
  const named = namedTask(lastUserText);
  if (named !== undefined) return { task: named.task, reason: `task ${named.task}, from "${named.evidence}"` };
  if (signals.shortTask !== undefined)
    return { task: signals.shortTask, reason: `task ${signals.shortTask}, from "${signals.evidence ?? ""}"` };
  if (signals.wantsLongAnswer) return { task: "creative", reason: `task creative, from "${signals.evidence ?? ""}"` };
  if (offersTools) return { task: "tool-use", reason: "task tool-use: tools are offered" };
  if (assessment !== undefined && assessment.taskMargin >= MIN_TASK_MARGIN)
    return { task: assessment.task, guess: assessment, reason: `task ${assessment.task}, from the text model` };
  if (responseFormat.kind !== "text") return { task: "extraction", reason: "task extraction: the answer must be JSON" };
  if (assessment === undefined) return { task: "unknown", reason: "task unknown: nothing tells" };
  const reason = `task ${assessment.task}, from the text model, hardly ahead of another`;
  return { task: assessment.task, guess: assessment, reason };
}
