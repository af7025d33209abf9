import type { Usage } from "../../core/usage.ts";
import { isObject, type JsonObject } from "./json-object.ts";

/** No answer takes more tokens; a larger count is a mistake or a lie, and is not believed. */
const MAX_PLAUSIBLE_TOKENS = 100_000_000;

/**
 * The usage that a server states, as far as it can be believed. A count that is missing, negative, not a whole number,
 * absurdly large or not a number at all is absent, so that the caller counts for itself. Prompts are never empty, so
 * a prompt count of 0 is no count; nor is a completion count of 0 for an answer with content.
 * Some vendors leave reasoning out of `completion_tokens` and count it in `total_tokens` alone: the larger one holds.
 * @see https://platform.openai.com/docs/api-reference/chat/object#chat-object-usage
 */
export function readUsage(stated: unknown, hasContent: boolean): Usage | undefined {
  if (!isObject(stated)) return undefined;
  const promptTokens = tokenCount(stated["prompt_tokens"], 1);
  const leastCompletionTokens = hasContent ? 1 : 0;
  const completionTokens = completionCount(stated, promptTokens, leastCompletionTokens);
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  const cached = tokenCount(detail(stated, "prompt_tokens_details", "cached_tokens"), 0);
  const reasoning = tokenCount(detail(stated, "completion_tokens_details", "reasoning_tokens"), 0);
  return {
    basis: "measured",
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(completionTokens === undefined ? {} : { completionTokens }),
    ...(cached === undefined || cached > (promptTokens ?? 0) ? {} : { cachedPromptTokens: cached }),
    ...(reasoning === undefined || reasoning > (completionTokens ?? 0) ? {} : { reasoningTokens: reasoning }),
  };
}

function completionCount(stated: JsonObject, promptTokens: number | undefined, least: number): number | undefined {
  const completionTokens = tokenCount(stated["completion_tokens"], least);
  const totalTokens = tokenCount(stated["total_tokens"], 1);
  if (completionTokens === undefined || promptTokens === undefined || totalTokens === undefined)
    return completionTokens;
  return Math.max(completionTokens, totalTokens - promptTokens);
}

function detail(stated: JsonObject, group: string, name: string): unknown {
  const details = stated[group];
  return isObject(details) ? details[name] : undefined;
}

function tokenCount(value: unknown, least: number): number | undefined {
  const isCount = typeof value === "number" && Number.isInteger(value) && value >= least;
  return isCount && value <= MAX_PLAUSIBLE_TOKENS ? value : undefined;
}
