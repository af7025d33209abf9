import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";

/** Why a message ended, in Anthropic's words. */
export interface Stop {
  readonly stop_reason: string;
  /** The one of `stop_sequences` that ended it, where the server says so. */
  readonly stop_sequence: string | null;
}

/** @see https://docs.claude.com/en/api/handling-stop-reasons */
const REASONS: Readonly<Record<string, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "refusal",
};

/**
 * Why a choice of OpenAI's form ended. Which text ended it only some servers say: vLLM and this box as `stop_reason`,
 * SGLang as `matched_stop`; from others it is the end of a turn.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */
export function stopOf(choice: JsonObject): Stop {
  const finish = choice["finish_reason"];
  const matched = [choice["stop_reason"], choice["matched_stop"]].find((text) => typeof text === "string");
  if (finish === "stop" && typeof matched === "string") return { stop_reason: "stop_sequence", stop_sequence: matched };
  const message = choice["message"] ?? choice["delta"];
  const refuses = isObject(message) && typeof message["refusal"] === "string" && message["refusal"] !== "";
  const reason = typeof finish === "string" ? REASONS[finish] : undefined;
  return { stop_reason: refuses ? "refusal" : (reason ?? "end_turn"), stop_sequence: null };
}
