import type { JsonObject } from "../wire/json-object.ts";

/**
 * Why an answer ended, in OpenAI's words. A turn that the vendor pauses has no counterpart and counts as ended.
 * @see https://docs.claude.com/en/api/handling-stop-reasons
 */
const REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

/** The end of a choice in OpenAI's form. */
export interface Finish {
  readonly finish_reason: string;
  readonly native_finish_reason: string;
  /** The text of `stop` that ended it: vLLM and the models of this box name it so, too. */
  readonly stop_reason?: string;
}

/** The end that a message or its last delta states; nothing where it states none. */
export function finishOf({ stop_reason: reason, stop_sequence: matched }: JsonObject): Finish | undefined {
  if (typeof reason !== "string") return undefined;
  return {
    finish_reason: REASONS[reason] ?? "stop",
    native_finish_reason: reason,
    ...(reason === "stop_sequence" && typeof matched === "string" ? { stop_reason: matched } : {}),
  };
}
