import type { Usage } from "../../core/usage.ts";
import { isObject, type JsonObject } from "../wire/json-object.ts";

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

/**
 * The usage of an answer without text: what was read. Rerankers name it `total_tokens` alone (Jina, vLLM), or
 * `meta.tokens.input_tokens` (Cohere).
 * @see https://platform.openai.com/docs/api-reference/embeddings/object
 * @see https://docs.cohere.com/reference/rerank
 */
export function readInputUsage(body: JsonObject): Usage | undefined {
  const { usage, meta } = body;
  const ofCohere = isObject(meta) && isObject(meta["tokens"]) ? meta["tokens"]["input_tokens"] : undefined;
  const stated = isObject(usage) ? (usage["prompt_tokens"] ?? usage["total_tokens"]) : ofCohere;
  const promptTokens = tokenCount(stated, 1);
  return promptTokens === undefined ? undefined : { basis: "measured", promptTokens };
}

/** `usage` as a member, where there is any. */
export function usageMember(usage: Usage | undefined): { readonly usage?: Usage } {
  return usage === undefined ? {} : { usage };
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
