import type { Usage } from "../../core/usage.ts";
import { costInUsd } from "../openai/describe-usage.ts";

/**
 * The `usage` of a message. What was read from a cache is not among `input_tokens`, as Anthropic counts; a count that
 * nobody stated is `null`. Beyond Anthropic's members: `cost` in US dollars, and `basis` where the counts were estimated.
 * @see https://docs.claude.com/en/api/messages#response-usage
 */
export function describeMessageUsage(
  usage: Usage | undefined,
  costMicroUsd: number | undefined,
): Readonly<Record<string, unknown>> {
  const { promptTokens, cachedPromptTokens, completionTokens, reasoningTokens, basis } = usage ?? {
    basis: "estimated",
  };
  return {
    input_tokens: promptTokens === undefined ? null : promptTokens - (cachedPromptTokens ?? 0),
    cache_read_input_tokens: cachedPromptTokens ?? null,
    cache_creation_input_tokens: null,
    output_tokens: completionTokens ?? null,
    ...(reasoningTokens === undefined ? {} : { output_tokens_details: { thinking_tokens: reasoningTokens } }),
    cost: costInUsd(costMicroUsd),
    ...(basis === "estimated" ? { basis } : {}),
  };
}
