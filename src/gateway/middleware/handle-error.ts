import type { NextFunction, Request, Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import { type Exchange, exchangeOf } from "../exchange.ts";
import { describeAnthropicError } from "../anthropic/error-envelope.ts";
import { describeApiError } from "../openai/error-envelope.ts";
import { writeJson } from "../write-json.ts";

const MS_PER_SECOND = 1_000;

/** What `Retry-After` says, in seconds, where the error itself does not know better. */
const DEFAULT_RETRY_AFTER_S: Readonly<Record<number, number>> = { 429: 1, 503: 5 };

/**
 * The last step of every request that failed before its answer began: the table of errors decides the status, and the
 * client gets the envelope that it knows. What is not one of our errors becomes `internal_error` and tells nothing of itself.
 * An answer that has begun can only be cut off.
 */
export function handleError(thrown: unknown, _request: Request, response: Response, _next: NextFunction): void {
  const exchange = exchangeOf(response);
  const error = isBadUrl(thrown)
    ? new SignalboxError("invalid_request", "The URL is not correctly encoded.", { cause: thrown })
    : exchange.reasonFor(thrown);
  exchange.notes.error = error;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  writeJson(response, error.status, envelopeOf(error, exchange), errorHeaders(error));
}

function envelopeOf(error: SignalboxError, exchange: Exchange): Readonly<Record<string, unknown>> {
  if (exchange.client === "anthropic") return describeAnthropicError(error, exchange.requestId);
  return { error: describeApiError(error, exchange) };
}

function errorHeaders(error: SignalboxError): Record<string, string> {
  const { retryAfterMs, metadata } = error.details;
  const retryAfterS =
    retryAfterMs === undefined
      ? DEFAULT_RETRY_AFTER_S[error.status]
      : Math.max(1, Math.ceil(retryAfterMs / MS_PER_SECOND));
  const auditIndex = metadata?.["audit_index"];
  const allow = metadata?.["allow"];
  return {
    ...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
    ...(typeof auditIndex === "number" ? { "x-signalbox-audit-index": String(auditIndex) } : {}),
    ...(typeof allow === "string" ? { allow } : {}),
    ...(error.status === 401 ? { "www-authenticate": 'Bearer realm="signalbox"' } : {}),
    ...(error.code === "draining" ? { connection: "close" } : {}),
  };
}

/** Express's router throws it for a path such as `/v1/models/%zz`. */
function isBadUrl(thrown: unknown): boolean {
  return thrown instanceof URIError;
}
