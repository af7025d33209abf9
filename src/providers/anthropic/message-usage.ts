import { isObject, type JsonObject } from "../wire/json-object.ts";

/**
 * Anthropic's `usage` as OpenAI's: what was read from the cache, or written to it, is part of the prompt there. A count
 * that was not stated stays away.
 * @see https://docs.claude.com/en/api/messages#response-usage
 * @see https://platform.openai.com/docs/api-reference/chat/object#chat-object-usage
 */
export function openAiUsage(usage: JsonObject): JsonObject {
  const read = countOf(usage["cache_read_input_tokens"]);
  const input = countOf(usage["input_tokens"]);
  const prompt =
    input === undefined ? undefined : input + (read ?? 0) + (countOf(usage["cache_creation_input_tokens"]) ?? 0);
  const completion = countOf(usage["output_tokens"]);
  const details = usage["output_tokens_details"];
  const thinking = isObject(details) ? countOf(details["thinking_tokens"]) : undefined;
  return {
    ...(prompt === undefined ? {} : { prompt_tokens: prompt }),
    ...(completion === undefined ? {} : { completion_tokens: completion }),
    ...(prompt === undefined || completion === undefined ? {} : { total_tokens: prompt + completion }),
    ...(read === undefined ? {} : { prompt_tokens_details: { cached_tokens: read } }),
    ...(thinking === undefined ? {} : { completion_tokens_details: { reasoning_tokens: thinking } }),
  };
}

/** Later events of a stream state some counts again, then larger, and `null` for the others. */
export function laterUsage(before: JsonObject, stated: unknown): JsonObject {
  if (!isObject(stated)) return before;
  return { ...before, ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null)) };
}

function countOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
