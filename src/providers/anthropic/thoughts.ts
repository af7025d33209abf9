import { isObject, type JsonObject } from "../wire/json-object.ts";

/** Whose thoughts they are: nobody else can check their signatures. @see https://openrouter.ai/docs/use-cases/reasoning-tokens */
const FORMAT = "anthropic-claude-v1";

/**
 * Thinking that a caller gives back, as the blocks that Anthropic wants before the calls that follow from it. What has no
 * signature of theirs is left out: their servers refuse it.
 * @see https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
 */
export function thoughtsOf(details: unknown): readonly JsonObject[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((detail: unknown): readonly JsonObject[] => {
    if (!isObject(detail) || detail["format"] !== FORMAT) return [];
    const { type, text, signature, data } = detail;
    if (type === "reasoning.encrypted") return typeof data === "string" ? [{ type: "redacted_thinking", data }] : [];
    if (type !== "reasoning.text" || typeof signature !== "string") return [];
    return [{ type: "thinking", thinking: typeof text === "string" ? text : "", signature }];
  });
}

/**
 * A block of thinking, or a piece of one, as an entry of `reasoning_details`: what a caller gives back with its next
 * request. Nothing for other blocks.
 */
export function reasoningDetail(block: JsonObject, index: number): JsonObject | undefined {
  const { type, thinking, signature, data } = block;
  if (type === "redacted_thinking") return { type: "reasoning.encrypted", data, format: FORMAT, index };
  if (type !== "thinking") return undefined;
  return {
    type: "reasoning.text",
    ...(typeof thinking === "string" ? { text: thinking } : {}),
    ...(typeof signature === "string" ? { signature } : {}),
    format: FORMAT,
    index,
  };
}
