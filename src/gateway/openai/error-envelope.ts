import type { SignalboxError } from "../../core/errors.ts";
import type { RequestId } from "../../core/ids.ts";
import { failedAttempts } from "../failed-attempts.ts";

/** What the `error` member of an answer holds. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string;
  /** Beyond OpenAI's envelope: who failed, what to do, and the facts that the error carries. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * OpenAI's error envelope, with `metadata` in OpenRouter's place for it. `metadata.who` is `caller`, `signalbox` or,
 * for a server that the request was sent to, the id of the endpoint that was tried last.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function describeOpenAiError(error: SignalboxError, requestId: RequestId): OpenAiError {
  const { facts, details, code, message } = error;
  const tried = facts.fault === "upstream" ? failedAttempts(error).at(-1)?.endpointId : undefined;
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
