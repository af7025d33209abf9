import { isObject, type JsonObject } from "../wire/json-object.ts";

/** The least that a budget of thinking may be. @see https://docs.claude.com/en/docs/build-with-claude/extended-thinking */
const LEAST_BUDGET_TOKENS = 1_024;

/** OpenAI's efforts in Anthropic's words. @see https://docs.claude.com/en/docs/build-with-claude/effort */
const EFFORTS: Readonly<Record<string, string>> = {
  minimal: "low",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "xhigh",
  max: "max",
};

/** How the answer's reasoning is wanted: `thinking`, and the effort that goes into `output_config`. */
export interface ThinkingWish {
  readonly thinking?: JsonObject;
  readonly effort?: string;
}

/**
 * OpenRouter's `reasoning` and the shorter forms of it in Anthropic's words. A number of tokens is a budget; an effort is
 * left to the model to keep, as its newer models want it; nothing said is nothing asked for.
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 * @see https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking
 */
export function thinkingOf(body: JsonObject, answerTokens: number): ThinkingWish {
  const wish = isObject(body["reasoning"]) ? body["reasoning"] : {};
  const effort = wish["effort"] ?? body["reasoning_effort"];
  const { max_tokens: budget, enabled } = wish;
  const isExcluded = wish["exclude"] === true || body["include_reasoning"] === false;
  const display = isExcluded ? { display: "omitted" } : {};
  if (enabled === false || effort === "none" || budget === 0) return { thinking: { type: "disabled" } };
  if (typeof budget === "number") return budgeted(budget, answerTokens, display);
  const named = typeof effort === "string" ? EFFORTS[effort] : undefined;
  if (named === undefined && enabled !== true) return {};
  return { thinking: { type: "adaptive", ...display }, ...(named === undefined ? {} : { effort: named }) };
}

/** A budget is part of the answer's tokens, so an answer that is too short for the least of them has none. */
function budgeted(budget: number, answerTokens: number, display: JsonObject): ThinkingWish {
  const tokens = Math.min(Math.max(budget, LEAST_BUDGET_TOKENS), answerTokens - 1);
  if (tokens < LEAST_BUDGET_TOKENS) return { thinking: { type: "disabled" } };
  return { thinking: { type: "enabled", budget_tokens: tokens, ...display } };
}
