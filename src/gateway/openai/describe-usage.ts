import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Usage } from "../../core/usage.ts";
import { isObject } from "./parse-json-object.ts";
import { toUsd } from "../../core/money.ts";

/** `cost` of an answer as clients read it, in US dollars; `null` where it is not known. */
export function costInUsd(costMicroUsd: number | undefined): number | null {
  return toUsd(costMicroUsd) ?? null;
}

/**
 * The `usage` of an answer as clients read it: OpenAI's fields and, as OpenRouter has it, `cost` in US dollars. The
 * endpoint's own object is passed on with its details where its counts are those that are billed; otherwise (missing,
 * negative, not a number) the counts are those that are billed, and `basis` says that they were estimated.
 * @param stated The endpoint's `usage`, parsed.
 * @see https://openrouter.ai/docs/use-cases/usage-accounting
 */
export function describeUsage(
  stated: unknown,
  billed: Usage | undefined,
  costMicroUsd: number | undefined,
): Readonly<Record<string, unknown>> {
  const cost = costInUsd(costMicroUsd);
  if (isObject(stated) && isBilled(stated, billed)) {
    const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = stated;
    const sum = Number(prompt) + Number(completion);
    return { ...stated, total_tokens: Number.isSafeInteger(total) ? total : sum, cost };
  }
  const { promptTokens, completionTokens, cachedPromptTokens, reasoningTokens, basis } = billed ?? {
    basis: "estimated",
  };
  return {
    prompt_tokens: promptTokens ?? null,
    completion_tokens: completionTokens ?? null,
    total_tokens: promptTokens === undefined || completionTokens === undefined ? null : promptTokens + completionTokens,
    ...(cachedPromptTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedPromptTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
    cost,
    basis,
  };
}

/**
 * The `usage` of an answer without text: what was read, and what that cost where the price is known. What else the
 * endpoint stated (`search_units`, say) is passed on; its counts are replaced by those that are billed.
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export function describeInputUsage(
  stated: unknown,
  billed: Usage | undefined,
  costMicroUsd: number | undefined,
): Readonly<Record<string, unknown>> {
  const { promptTokens, basis } = billed ?? { basis: "estimated" as const };
  return {
    ...(isObject(stated) ? stated : {}),
    ...(promptTokens === undefined ? {} : { prompt_tokens: promptTokens, total_tokens: promptTokens }),
    ...(costMicroUsd === undefined ? {} : { cost: toUsd(costMicroUsd) }),
    ...(basis === "estimated" ? { basis } : {}),
  };
}

function isBilled(stated: Readonly<Record<string, unknown>>, billed: Usage | undefined): boolean {
  return stated["prompt_tokens"] === billed?.promptTokens && stated["completion_tokens"] === billed?.completionTokens;
}

/** What is billed: what dispatch has counted, else what the last event stated. */
export function billedUsage(execution: InferenceExecution, lastStated: Usage | undefined): Usage | undefined {
  return execution.usage?.() ?? lastStated;
}
