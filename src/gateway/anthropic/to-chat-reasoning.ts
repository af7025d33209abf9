import { invalidField, optionalInteger, optionalObject, optionalWord, type JsonObject } from "../openai/read-fields.ts";

const EFFORTS = ["low", "medium", "high", "xhigh", "max"] as const;

/**
 * `thinking` and `output_config.effort` as OpenRouter's `reasoning`: a budget, an effort, or neither. `adaptive` leaves
 * it to the model, which is what saying nothing means there.
 * @see https://docs.claude.com/en/docs/build-with-claude/extended-thinking
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function toChatReasoning(thinking: unknown, outputConfig: JsonObject | undefined): JsonObject {
  const wish = optionalObject(thinking, "thinking");
  const effort = optionalWord(outputConfig?.["effort"], "output_config.effort", EFFORTS);
  const excluded = wish?.["display"] === "omitted" ? { exclude: true } : {};
  switch (wish?.["type"]) {
    case undefined:
    case "adaptive":
    case "between_tools":
      if (wish !== undefined && wish["type"] === undefined) throw invalidField("thinking.type", "a string", undefined);
      return effort === undefined && wish?.["display"] !== "omitted"
        ? {}
        : { reasoning: { ...(effort === undefined ? {} : { effort }), ...excluded } };
    case "disabled":
      return { reasoning: { enabled: false } };
    case "enabled": {
      const budget = optionalInteger(wish["budget_tokens"], "thinking.budget_tokens", 1, Number.MAX_SAFE_INTEGER);
      if (budget === undefined) throw invalidField("thinking.budget_tokens", "a number of tokens", undefined);
      return { reasoning: { max_tokens: budget, ...excluded } };
    }
    default:
      throw invalidField("thinking.type", "enabled, adaptive, between_tools or disabled", wish?.["type"]);
  }
}
