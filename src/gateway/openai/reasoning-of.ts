import type { JsonObject } from "./read-fields.ts";

/**
 * The reasoning in a message or delta of OpenAI's form, which servers name in one of two ways; those that use both repeat
 * themselves.
 * @see https://docs.vllm.ai/en/latest/features/reasoning_outputs.html
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function reasoningOf(message: JsonObject): string | undefined {
  const text = [message["reasoning_content"], message["reasoning"]].find(
    (each) => typeof each === "string" && each !== "",
  );
  return typeof text === "string" ? text : undefined;
}
