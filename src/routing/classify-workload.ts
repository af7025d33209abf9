import type { InferenceRequest } from "../core/inference-request.ts";
import type { FeedbackCorrection } from "../core/feedback.ts";
import type { Workload, WorkloadClass } from "../core/workload.ts";
import { assessDifficulty } from "./assess-difficulty.ts";
import { classifyTask } from "./classify-task.ts";
import { readingWorkload } from "./reading-workload.ts";
import type { TextModel } from "./text-model.ts";
import { readTextSignals, type TextSignals } from "./text-signals.ts";

/** `max_tokens` up to which an answer is a step of a program, not a text. */
const SMALL_MAX_TOKENS = 128;

/** `max_tokens` from which the caller makes room for a long text. */
const LARGE_MAX_TOKENS = 2_000;

/** Tokens of an answer before anything was learned, by class. Rough on purpose: only the order of size matters. */
const PRIOR_OUTPUT_TOKENS: Readonly<Record<WorkloadClass, number>> = {
  agentic: 80,
  interactive: 300,
  generative: 1_200,
  embedding: 0,
  rerank: 0,
  batch: 400,
};

interface Verdict {
  readonly class: WorkloadClass;
  readonly reason: string;
}

/**
 * What kind of work a request is, told from its structure first and from its words second. What is only read is told by
 * its kind (`readingWorkload`); of the others the first that holds decides:
 *
 * 1. `x-workload-class` names a class: that one.
 * 2. `service_tier` is `flex` or `batch`: batch, because the caller may wait.
 * 3. A tool must be called (`tool_choice` is `required` or names one): agentic.
 * 4. The history holds a tool's result: agentic, whatever `max_tokens` is.
 * 5. `max_tokens` is at most 128: agentic, because the answer is short whatever is asked.
 * 6. The text asks for a long text (400 words or more, an essay, a report, a story …): generative.
 * 7. The answer must be JSON: agentic.
 * 8. Tools are offered: agentic.
 * 9. `max_tokens` is at least 2,000: generative.
 * 10. The text asks to classify or to extract: agentic.
 * 11. Otherwise: interactive.
 *
 * The expected length is what the text states, else a prior, for which `withLearnedLength` puts what earlier answers
 * show; never above `max_tokens`. `textModel` is the trained model for task and difficulty; without one, rules and priors
 * stand in. `correctionOf` tells what the caller's feedback says about a task.
 */
export function classifyWorkload(
  request: InferenceRequest,
  textModel?: TextModel,
  correctionOf?: (task: string) => FeedbackCorrection | undefined,
): Workload {
  const reading = readingWorkload(request);
  if (reading !== undefined) return reading;
  const { lastUserText, estimatedPromptTokens } = request;
  const signals = readTextSignals(lastUserText);
  const verdict = classOf(request, signals);
  const length = expectedLength(verdict.class, request, signals);
  const assessment = lastUserText === "" ? undefined : textModel?.assess(lastUserText);
  const { task, guess, reason } = classifyTask(request, signals, assessment);
  const correction = correctionOf?.(task);
  const difficulty = assessDifficulty({
    task,
    text: lastUserText,
    estimatedPromptTokens,
    ...(guess === undefined ? {} : { guess }),
    ...(correction === undefined ? {} : { correction }),
  });
  return {
    class: verdict.class,
    task,
    ...(difficulty === undefined ? {} : { difficulty: difficulty.value, onlyStrongChance: difficulty.chance }),
    ...(assessment === undefined ? {} : { familiarity: Math.round(assessment.familiarity * 100) / 100 }),
    expectedOutputTokens: length.tokens,
    expectedOutputBasis: signals.statedTokens === undefined ? "prior" : "stated",
    reasons: [verdict.reason, reason, ...(difficulty === undefined ? [] : [difficulty.reason]), length.reason],
  };
}

function classOf(request: InferenceRequest, signals: TextSignals): Verdict {
  const { hints, serviceTier, maxTokens, responseFormat, toolChoice } = request;
  const offersTools = request.toolCount > 0 && toolChoice !== "none";
  const evidence = signals.evidence === undefined ? "" : `"${signals.evidence}"`;
  // 1
  if (hints.workloadClass !== undefined)
    return { class: hints.workloadClass, reason: `x-workload-class is ${hints.workloadClass}` };
  // 2
  if (serviceTier === "flex" || serviceTier === "batch")
    return { class: "batch", reason: `service_tier is ${serviceTier}: the caller may wait` };
  // 3
  if (offersTools && (toolChoice === "required" || toolChoice === "named"))
    return { class: "agentic", reason: "tool_choice requires a tool call" };
  // 4
  if (request.hasToolResults) return { class: "agentic", reason: "the history holds a tool's result" };
  // 5
  if (maxTokens !== undefined && maxTokens <= SMALL_MAX_TOKENS)
    return { class: "agentic", reason: `max_tokens is ${maxTokens}: a short answer` };
  // 6
  if (signals.wantsLongAnswer) return { class: "generative", reason: `the text asks for a long text: ${evidence}` };
  // 7
  if (responseFormat.kind !== "text") return { class: "agentic", reason: "the answer must be JSON" };
  // 8
  if (offersTools) return { class: "agentic", reason: `${request.toolCount} tools are offered` };
  // 9
  if (maxTokens !== undefined && maxTokens >= LARGE_MAX_TOKENS)
    return { class: "generative", reason: `max_tokens is ${maxTokens}: room for a long answer` };
  // 10
  if (signals.shortTask !== undefined)
    return { class: "agentic", reason: `the text asks for ${signals.shortTask}: ${evidence}` };
  // 11
  return { class: "interactive", reason: "nothing tells otherwise: a person may be waiting" };
}

function expectedLength(
  workloadClass: WorkloadClass,
  request: InferenceRequest,
  signals: TextSignals,
): { readonly tokens: number; readonly reason: string } {
  const limit = request.maxTokens ?? Infinity;
  const capped = (tokens: number, source: string): { readonly tokens: number; readonly reason: string } =>
    tokens > limit
      ? { tokens: limit, reason: `expects at most ${limit} tokens, from max_tokens` }
      : { tokens: Math.round(tokens), reason: `expects about ${Math.round(tokens)} tokens, from ${source}` };
  if (signals.statedTokens !== undefined) return capped(signals.statedTokens, "the length that the text states");
  return capped(PRIOR_OUTPUT_TOKENS[workloadClass], `the prior for ${workloadClass} work`);
}
