import type { Decision, RejectedCandidate } from "../core/decision.ts";
import type { ErrorCode } from "../core/error-facts.ts";

/** What an error says about why no endpoint could serve, in OpenRouter's names. */
interface Availability {
  readonly code: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** In seconds. */
  readonly retry_after?: number;
  readonly requested_models: readonly string[];
  readonly affected_providers: readonly string[];
  /** Every filter that removed an endpoint, the last one first. */
  readonly excluded_by: readonly string[];
  /** The field that removed the last endpoint, where the request itself did. */
  readonly constraint?: { readonly field: string; readonly detail: string };
}

const CODES: Readonly<Partial<Record<ErrorCode, string>>> = {
  model_not_found: "model_not_found",
  no_endpoint_available: "temporarily_unavailable",
  policy_forbids: "privacy_restricted",
};

/** OpenRouter's words for filters that it has too; the others keep their own. */
const FILTER_NAMES: Readonly<Record<string, string>> = {
  "provider.order": "allowed_providers",
  "provider.only": "allowed_providers",
  "provider.ignore": "allowed_providers",
  "provider.allow_fallbacks": "allowed_providers",
  "provider.quantizations": "quantization",
  "provider.zdr": "data_policy:zdr",
  "provider.data_collection": "data_policy:training",
  "provider.max_price": "max_price",
  "provider.require_parameters": "require_parameters",
  context_tokens: "context_length",
};

const MS_PER_SECOND = 1_000;

/**
 * Sums a refusal up for a program: what kind it is, whether waiting helps, and which filters were in the way.
 * @param last What the last filter that removed an endpoint removed.
 * @see https://openrouter.ai/docs/api/reference/errors-and-debugging
 */
export function describeAvailability(
  decision: Decision,
  refusal: { readonly errorCode: ErrorCode; readonly param?: string; readonly retryAfterMs?: number },
  last: readonly RejectedCandidate[],
): Availability {
  const relevant = decision.rejected.filter(({ kind }) => kind !== "model");
  const lastFirst = relevant.toSorted((a, b) => Number(last.includes(b)) - Number(last.includes(a)));
  const [first] = lastFirst;
  const stage = last[0]?.kind;
  const { errorCode, retryAfterMs } = refusal;
  return {
    code: CODES[errorCode] ?? (stage === undefined ? "no_endpoints" : "constraint_filtered"),
    retryable: stage === "availability",
    ...(retryAfterMs === undefined ? {} : { retry_after: Math.ceil(retryAfterMs / MS_PER_SECOND) }),
    requested_models: [decision.requestedModel],
    affected_providers: [...new Set(relevant.map(({ endpointId }) => providerOf(endpointId)))],
    excluded_by: [...new Set(lastFirst.map(filterName))],
    ...(first?.kind === "request" ? { constraint: { field: first.by, detail: first.detail } } : {}),
  };
}

function filterName({ kind, by }: RejectedCandidate): string {
  return kind === "constraint" ? `policy:${by}` : (FILTER_NAMES[by] ?? by);
}

function providerOf(endpointId: string): string {
  return endpointId.slice(0, endpointId.indexOf("/"));
}
