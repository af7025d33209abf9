import type { SignalboxError } from "../../core/errors.ts";
import type { RequestId } from "../../core/ids.ts";
import type { Exchange } from "../exchange.ts";
import { failedAttempts } from "../failed-attempts.ts";
import { toOpenRouterError, type OpenRouterError } from "./openrouter-error.ts";

/** What the `error` member of an answer holds. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string;
  /** Beyond OpenAI's envelope: who failed, what to do, and the facts that the error carries. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The `error` member of an answer: OpenAI's envelope, or OpenRouter's for those who ask under its base path. */
export function describeApiError(
  error: SignalboxError,
  { requestId, client }: Pick<Exchange, "requestId" | "client">,
): OpenAiError | OpenRouterError {
  const described = describeOpenAiError(error, requestId);
  return client === "openrouter" ? toOpenRouterError(described, error) : described;
}

/**
 * OpenAI's error envelope, with `metadata` in OpenRouter's place for it. `metadata.who` is `caller`, `signalbox` or,
 * for a server that the request was sent to, the id of the endpoint that was tried last.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function describeOpenAiError(error: SignalboxError, requestId: RequestId): OpenAiError {
  const { facts, details, code, message } = error;
  const answering = details.metadata?.["endpoint"];
  const last = failedAttempts(error).at(-1)?.endpointId ?? (typeof answering === "string" ? answering : undefined);
  const tried = facts.fault === "upstream" ? last : undefined;
  return {
    message,
    type: facts.openaiType,
    param: details.param ?? null,
    code,
    metadata: {
      who: tried ?? facts.fault,
      fault: facts.fault,
      remedy: facts.remedy,
      request_id: requestId,
      ...details.metadata,
    },
  };
}
