import type { SignalboxError } from "../../core/errors.ts";
import type { RequestId } from "../../core/ids.ts";
import { describeOpenAiError } from "../openai/error-envelope.ts";

/** The whole body of a failed answer, and the data of an `error` event. */
export type AnthropicError = Readonly<Record<string, unknown>> & { readonly type: "error" };

/**
 * Anthropic's error envelope. Beyond it, `code` and `metadata` are those of our other envelopes: who failed, what to do,
 * and the facts that the error carries.
 * @see https://docs.claude.com/en/api/errors
 */
export function describeAnthropicError(error: SignalboxError, requestId: RequestId): AnthropicError {
  const { message, param, code, metadata } = describeOpenAiError(error, requestId);
  return {
    type: "error",
    error: { type: error.facts.anthropicType, message, param, code, metadata },
    request_id: requestId,
  };
}
