import type { SignalboxError } from "../../core/errors.ts";
import type { ErrorCode } from "../../core/error-facts.ts";
import type { OpenAiError } from "./error-envelope.ts";

/** An error as OpenRouter's clients read it: a number is the code, and the stable name of it is in `metadata`. */
export interface OpenRouterError extends Omit<OpenAiError, "code"> {
  /** The HTTP status, also within a stream that has begun with 200. */
  readonly code: number;
}

/**
 * OpenRouter's own names for what went wrong, which it keeps the same on all routes.
 * @see https://openrouter.ai/docs/api/reference/errors-and-debugging
 */
const ERROR_TYPES: Readonly<Record<ErrorCode, string>> = {
  invalid_request: "invalid_request",
  unsupported_parameter: "invalid_request",
  missing_api_key: "authentication",
  invalid_api_key: "authentication",
  budget_exceeded: "payment_required",
  price_unknown: "payment_required",
  role_forbidden: "permission_denied",
  policy_forbids: "permission_denied",
  model_not_found: "not_found",
  not_found: "not_found",
  no_endpoint_matches: "not_found",
  method_not_allowed: "invalid_request",
  config_refused: "precondition_failed",
  deadline_exceeded: "timeout",
  request_timeout: "timeout",
  request_too_large: "payload_too_large",
  context_length_exceeded: "context_length_exceeded",
  rate_limited: "rate_limit_exceeded",
  queue_full: "rate_limit_exceeded",
  client_closed_request: "unmapped",
  superseded: "unmapped",
  internal_error: "server",
  upstream_rejected: "invalid_request",
  upstream_unauthorized: "provider_unavailable",
  upstream_rate_limited: "rate_limit_exceeded",
  upstream_unreachable: "provider_unavailable",
  upstream_failed: "provider_unavailable",
  upstream_invalid_response: "provider_unavailable",
  invalid_answer: "provider_unavailable",
  cascade: "unmapped",
  too_few_answers: "provider_unavailable",
  tests_failed: "provider_unavailable",
  worker_failed: "provider_unavailable",
  worker_start_failed: "provider_unavailable",
  no_room_for_model: "provider_overloaded",
  no_endpoint_available: "provider_unavailable",
  audit_unavailable: "server",
  egress_denied: "server",
  draining: "provider_unavailable",
  upstream_timeout: "timeout",
};

/** The envelope that OpenRouter's own clients check: they refuse an error whose `code` is no number. */
export function toOpenRouterError(described: OpenAiError, { code, status }: SignalboxError): OpenRouterError {
  return {
    ...described,
    code: status,
    metadata: { ...described.metadata, code, error_type: ERROR_TYPES[code] },
  };
}
