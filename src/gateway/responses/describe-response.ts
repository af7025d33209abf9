import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Usage } from "../../core/usage.ts";
import { describeExecution } from "../openai/describe-decision.ts";
import { costInUsd } from "../openai/describe-usage.ts";
import type { JsonObject } from "../openai/read-fields.ts";

/** What a response repeats of its request; the value of what was not stated. */
const REPEATED: JsonObject = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  service_tier: null,
  temperature: null,
  text: { format: { type: "text" } },
  tool_choice: "auto",
  tools: [],
  top_logprobs: null,
  top_p: null,
  truncation: "disabled",
  user: null,
};

/** How far a response is, in the words of the API. */
export type ResponseStatus = "in_progress" | "completed" | "incomplete";

/** Where a chat's answer ended before it was whole. @see https://platform.openai.com/docs/api-reference/responses/object */
const INCOMPLETE: Readonly<Record<string, string>> = { length: "max_output_tokens", content_filter: "content_filter" };

/** Why a chat that ended so is no whole response; nothing for one that is. */
export function incompleteReason(finishReason: unknown): string | undefined {
  return typeof finishReason === "string" ? INCOMPLETE[finishReason] : undefined;
}

/** Describes one response, again and again while it is written. Nothing of it is kept: `store` is always false. */
export class ResponseDescription {
  readonly #execution: InferenceExecution;
  readonly #request: InferenceRequest;
  readonly #frame: JsonObject;

  /** @param fields The request's body as the client wrote it. @param createdS In seconds since 1970. */
  constructor(execution: InferenceExecution, request: InferenceRequest, fields: JsonObject, createdS: number) {
    this.#execution = execution;
    this.#request = request;
    const repeated = Object.entries(REPEATED).map(([name, absent]) => [name, fields[name] ?? absent]);
    this.#frame = {
      id: `resp_${idOf(execution)}`,
      object: "response",
      created_at: createdS,
      ...Object.fromEntries(repeated),
      background: false,
      previous_response_id: null,
      store: false,
      model: execution.endpoint.modelId,
      provider: execution.endpoint.providerId,
    };
  }

  begun(): JsonObject {
    return { ...this.#frame, status: "in_progress", error: null, incomplete_details: null, output: [], usage: null };
  }

  /** The whole response, with what is billed for it. */
  ended(output: readonly JsonObject[], usage: Usage | undefined, reason: string | undefined): JsonObject {
    return {
      ...this.#frame,
      status: reason === undefined ? "completed" : "incomplete",
      error: null,
      incomplete_details: reason === undefined ? null : { reason },
      output,
      usage: describeResponseUsage(usage, this.#execution.costMicroUsd()),
      ...(this.#request.hints.wantsMetadata ? { signalbox: describeExecution(this.#execution) } : {}),
    };
  }
}

/** The part of a request's id that its response and the items in it have in common with it. */
export function idOf({ requestId }: Pick<InferenceExecution, "requestId">): string {
  return requestId.replace(/^req_/, "");
}

/**
 * The `usage` of a response; a count that nobody stated is `null`. Beyond OpenAI's members: `cost` in US dollars, and
 * `basis` where the counts were estimated.
 * @see https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage
 */
function describeResponseUsage(usage: Usage | undefined, costMicroUsd: number | undefined): JsonObject {
  const { promptTokens, cachedPromptTokens, completionTokens, reasoningTokens, basis } = usage ?? {
    basis: "estimated",
  };
  const isWhole = promptTokens !== undefined && completionTokens !== undefined;
  return {
    input_tokens: promptTokens ?? null,
    input_tokens_details: { cached_tokens: cachedPromptTokens ?? null },
    output_tokens: completionTokens ?? null,
    output_tokens_details: { reasoning_tokens: reasoningTokens ?? null },
    total_tokens: isWhole ? promptTokens + completionTokens : null,
    cost: costInUsd(costMicroUsd),
    ...(basis === "estimated" ? { basis } : {}),
  };
}
