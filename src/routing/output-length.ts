import type { InferenceRequest } from "../core/inference-request.ts";
import type { KeyId, ModelId } from "../core/ids.ts";
import type { Workload } from "../core/workload.ts";

/** How long answers of one kind were, in tokens. */
export interface OutputLength {
  readonly p50: number;
  readonly p90: number;
  /** Answers that this rests on, old ones counted less. */
  readonly count: number;
  /** Whose answers, for the reader of a decision: `this key's requests of this shape`. */
  readonly from: string;
}

/** What earlier answers say about a request of one shape. */
export interface LengthsOfShape {
  /** Over all models. */
  readonly overall?: OutputLength;
  /** Of one model, where it has answered often enough. */
  ofModel(modelId: ModelId): OutputLength | undefined;
}

/** What answers have shown so far. Asked within one decision only, so that it does not change meanwhile. */
export interface LearnedExpectations {
  lengthsOf(keyId: KeyId, shape: RequestShape): LengthsOfShape | undefined;
}

/** What requests have in common whose answers are about equally long, as two names, the finer and the coarser. */
export interface RequestShape {
  readonly exact: string;
  readonly class: string;
}

/** Upper ends of the ranges that `max_tokens` is told apart by: a caller's limit says how long an answer it expects. */
const MAX_TOKENS_RANGES = [16, 64, 256, 1_024, 4_096] as const;

/** The shape of a request: its class and task, whether tools or a form are in play, and the range of `max_tokens`. */
export function shapeOf(
  request: Pick<InferenceRequest, "maxTokens" | "toolCount" | "toolChoice" | "responseFormat">,
  workload: Workload,
): RequestShape {
  const { maxTokens, toolCount, toolChoice, responseFormat } = request;
  const range = maxTokens === undefined ? "any" : (MAX_TOKENS_RANGES.find((end) => maxTokens <= end) ?? "more");
  const tools = toolCount === 0 || toolChoice === "none" ? "none" : toolChoice;
  return {
    exact: `${workload.class} ${workload.task} ${tools} ${responseFormat.kind} ${range}`,
    class: workload.class,
  };
}

/** The workload with what earlier answers show in place of a prior, never above the caller's limit. */
export function withLearnedLength(
  workload: Workload,
  learned: OutputLength | undefined,
  maxTokens: number | undefined,
): Workload {
  if (learned === undefined || workload.expectedOutputBasis === "stated") return workload;
  const tokens = Math.round(Math.min(learned.p50, maxTokens ?? Infinity));
  return {
    ...workload,
    expectedOutputTokens: tokens,
    expectedOutputBasis: "learned",
    reasons: [
      ...workload.reasons,
      `expects about ${tokens} tokens after all (9 of 10 stay below ${Math.round(learned.p90)}), from ${Math.round(learned.count)} answers to ${learned.from}`,
    ],
  };
}
