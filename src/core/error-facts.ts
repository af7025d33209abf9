/** Who failed: this box, the caller, or the server that the request was sent to. */
export type Fault = "caller" | "signalbox" | "upstream";

/**
 * Where a request that failed may be tried again, from nowhere to everywhere; each holds also what the ones before it hold.
 *
 * - `nowhere`: it would fail in the same way anywhere, or somebody else must act first.
 * - `other-model`: the model can't take the request as it is; one that the caller named as its fallback may.
 * - `other-provider`: the provider is at fault; its other endpoints are tried after those of others.
 * - `other-endpoint`: the endpoint is at fault.
 * - `same-endpoint`: also the same one, once, when the time that it asks for is over.
 */
export type RetryScope = "nowhere" | "other-model" | "other-provider" | "other-endpoint" | "same-endpoint";

/** What a reader of the error table needs to know about one code. */
export interface ErrorFacts {
  /** HTTP status of the answer. */
  readonly status: number;
  /** The `error.type` of OpenAI's envelope. @see https://platform.openai.com/docs/guides/error-codes */
  readonly openaiType: string;
  /** The `error.type` of Anthropic's envelope. @see https://docs.claude.com/en/api/errors */
  readonly anthropicType: string;
  readonly fault: Fault;
  /** Where the same request may be tried after it, as long as no content was sent. */
  readonly retry: RetryScope;
  /** What the reader can do about it; one sentence. */
  readonly remedy: string;
}

/** The one table of everything that can go wrong at the edge. A code's meaning never changes; codes are added, not reused. */
export const ERROR_FACTS = {
  invalid_request: {
    status: 400,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "other-model",
    remedy: "Correct the field that the message names.",
  },
  unsupported_parameter: {
    status: 400,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "other-model",
    remedy: "Leave the parameter out, or call a model that supports it.",
  },
  missing_api_key: {
    status: 401,
    openaiType: "invalid_request_error",
    anthropicType: "authentication_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Send `Authorization: Bearer sbx_…`. `signalbox keys create --name NAME` makes a key.",
  },
  invalid_api_key: {
    status: 401,
    openaiType: "invalid_request_error",
    anthropicType: "authentication_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Check the key; `signalbox keys list` shows which are active.",
  },
  budget_exceeded: {
    status: 402,
    openaiType: "insufficient_quota",
    anthropicType: "rate_limit_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Raise the key's budget, or lower max_tokens.",
  },
  price_unknown: {
    status: 402,
    openaiType: "insufficient_quota",
    anthropicType: "rate_limit_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy:
      "Give the model a `price` in the configuration: a key with a budget may use only models with a known price.",
  },
  role_forbidden: {
    status: 403,
    openaiType: "permission_error",
    anthropicType: "permission_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Use a key whose role allows this route.",
  },
  policy_forbids: {
    status: 403,
    openaiType: "permission_error",
    anthropicType: "permission_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "`signalbox explain --request FILE` shows which rule excluded which endpoint.",
  },
  model_not_found: {
    status: 404,
    openaiType: "invalid_request_error",
    anthropicType: "not_found_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "GET /v1/models lists the models that are configured.",
  },
  not_found: {
    status: 404,
    openaiType: "invalid_request_error",
    anthropicType: "not_found_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "See the list of routes in the README.",
  },
  no_endpoint_matches: {
    status: 404,
    openaiType: "invalid_request_error",
    anthropicType: "not_found_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Loosen the field that the message names: the request itself excludes every endpoint.",
  },
  method_not_allowed: {
    status: 405,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Use the method that the Allow header names.",
  },
  config_refused: {
    status: 409,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "nowhere",
    remedy:
      "Correct the lines that `error.metadata.problems` names and reload again; until then the old configuration stays.",
  },
  deadline_exceeded: {
    status: 408,
    openaiType: "timeout_error",
    anthropicType: "api_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "Give the request more time with x-deadline-ms, or a smaller max_tokens.",
  },
  request_timeout: {
    status: 408,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Send the whole request without pausing: its headers or body came too slowly.",
  },
  request_too_large: {
    status: 413,
    openaiType: "invalid_request_error",
    anthropicType: "request_too_large",
    fault: "caller",
    retry: "nowhere",
    remedy: "Send a smaller body, or raise server.bodyLimit.",
  },
  context_length_exceeded: {
    status: 422,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "other-endpoint",
    remedy: "Shorten the messages or lower max_tokens, or call a model with a longer context.",
  },
  rate_limited: {
    status: 429,
    openaiType: "rate_limit_error",
    anthropicType: "rate_limit_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "Wait as long as Retry-After says.",
  },
  queue_full: {
    status: 429,
    openaiType: "rate_limit_error",
    anthropicType: "rate_limit_error",
    fault: "signalbox",
    retry: "other-endpoint",
    remedy: "Wait as long as Retry-After says, or allow another endpoint.",
  },
  client_closed_request: {
    status: 499,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "caller",
    retry: "nowhere",
    remedy: "The client went away before the answer; nothing to do.",
  },
  superseded: {
    status: 499,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "Another endpoint answered first, so this one was cancelled; nothing to do.",
  },
  internal_error: {
    status: 500,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "This is a defect: report it with the request id and the log lines that carry it.",
  },
  upstream_rejected: {
    status: 400,
    openaiType: "invalid_request_error",
    anthropicType: "invalid_request_error",
    fault: "upstream",
    retry: "other-model",
    remedy: "The server that the request was sent to refused it; its message says why.",
  },
  upstream_unauthorized: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-provider",
    remedy: "The provider refused this box's credential: check `apiKey` in the configuration.",
  },
  upstream_rate_limited: {
    status: 429,
    openaiType: "rate_limit_error",
    anthropicType: "rate_limit_error",
    fault: "upstream",
    retry: "same-endpoint",
    remedy: "The provider limits this box's rate; wait, or allow another endpoint.",
  },
  upstream_unreachable: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-provider",
    remedy: "The provider could not be reached: check its base URL and the network.",
  },
  upstream_failed: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "same-endpoint",
    remedy: "The provider failed; another attempt may succeed.",
  },
  upstream_invalid_response: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "The provider answered with something that its protocol does not allow.",
  },
  invalid_answer: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "Check that some answer can satisfy the schema, or call a model that keeps to it better.",
  },
  cascade: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "The answer of this box was not sure enough of itself, so the next endpoint was asked; nothing to do.",
  },
  too_few_answers: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "nowhere",
    remedy:
      "`error.metadata.parts` says what kept each model from answering; mend those, or lower the panel's quorum in the configuration.",
  },
  tests_failed: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "nowhere",
    remedy:
      "No answer has passed the tests of the panel; `error.metadata.parts` names the tests that each failed. Ask again, or have a better model among the members.",
  },
  worker_failed: {
    status: 502,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "The model's process ended or stopped responding and is being restarted; another attempt may succeed.",
  },
  worker_start_failed: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "overloaded_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "The model could not be loaded; `signalbox doctor` says why.",
  },
  no_room_for_model: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "overloaded_error",
    fault: "signalbox",
    retry: "other-endpoint",
    remedy:
      "The model is not in memory, and making room for it does not pay now: wait, allow another endpoint, or pin fewer models. `signalbox models ps` shows what is in memory.",
  },
  no_endpoint_available: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "overloaded_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "No endpoint is able to serve the request now; `error.metadata` has the reason for each.",
  },
  audit_unavailable: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "overloaded_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "The audit log cannot be written, so nothing is sent: free disk space or mend the disk, then restart.",
  },
  egress_denied: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "api_error",
    fault: "signalbox",
    retry: "other-endpoint",
    remedy: "The destination is not one that the configuration allows.",
  },
  draining: {
    status: 503,
    openaiType: "server_error",
    anthropicType: "overloaded_error",
    fault: "signalbox",
    retry: "nowhere",
    remedy: "The box is shutting down; try again shortly.",
  },
  upstream_timeout: {
    status: 504,
    openaiType: "timeout_error",
    anthropicType: "api_error",
    fault: "upstream",
    retry: "other-endpoint",
    remedy: "The provider took too long; another attempt may succeed.",
  },
} as const satisfies Record<string, ErrorFacts>;

/** A stable name for one way to fail. */
export type ErrorCode = keyof typeof ERROR_FACTS;
