import type { Decision, RejectedCandidate, RejectionKind } from "../core/decision.ts";
import { AIR_GAPPED } from "../core/endpoint.ts";
import type { ErrorCode } from "../core/error-facts.ts";
import type { ModelId } from "../core/ids.ts";
import { nearestName } from "../core/nearest-name.ts";
import { PRICE_FILTERS } from "./affordable.ts";
import { describeAvailability } from "./describe-availability.ts";
import { REQUEST_FILTERS } from "./request-filters.ts";
import { UNKNOWN_DATA_CLASS_SOURCES } from "./resolve-data-class.ts";
import { AUTO_MODEL, ROUTING_SUFFIXES } from "./resolve-models.ts";

/** The most candidates that an error's metadata lists. */
const MAX_LISTED_CANDIDATES = 50;

/** The most similar names that a refusal for an unknown model offers. */
const MAX_NEAREST_MODELS = 3;

/** The filters in the order in which `route` applies them: the last one that removed an endpoint removed the last one. */
const STAGES: readonly RejectionKind[] = [
  "model",
  "egress",
  "capability",
  "context",
  "request",
  "constraint",
  "price",
  "availability",
];

/** Why a decision has no candidates, ready to become an error. */
export interface Refusal {
  readonly errorCode: ErrorCode;
  readonly message: string;
  /** The request field at fault, where there is one. */
  readonly param?: string;
  /** The soonest that an endpoint may be able to serve, where that is known. */
  readonly retryAfterMs?: number;
  /** For `error.metadata`. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Why `decision` has no candidates. The message names the filter that removed the last endpoint; metadata names all, and
 * sums them up as `availability`.
 */
export function refusalOf(decision: Decision): Refusal {
  const ofTheWhole = decision.joint?.refusal;
  const refusal =
    ofTheWhole === undefined ? explainRefusal(decision) : { ...ofTheWhole, metadata: rejectionMetadata(decision) };
  return {
    ...refusal,
    metadata: { ...refusal.metadata, availability: describeAvailability(decision, refusal, lastRejections(decision)) },
  };
}

/** The endpoints that got furthest: what excluded them is what stands between the request and an answer. */
function lastRejections({ rejected }: Decision): readonly RejectedCandidate[] {
  const stage = STAGES.findLast((kind) => rejected.some((each) => each.kind === kind));
  const last = rejected.filter(({ kind }) => kind === stage);
  if (stage !== "request") return last;
  const furthest = Math.max(...last.map(({ by }) => REQUEST_FILTERS.indexOf(by)));
  return last.filter(({ by }) => REQUEST_FILTERS.indexOf(by) === furthest);
}

function explainRefusal(decision: Decision): Refusal {
  const model = decision.requestedModel;
  const last = lastRejections(decision);
  const stage = last[0]?.kind;
  const metadata = rejectionMetadata(decision);
  if (stage === undefined)
    return {
      errorCode: "no_endpoint_available",
      message: "No models and no providers are configured, so nothing can serve the request.",
      metadata,
    };
  if (stage === "model") return unknownModel(decision, metadata);
  const first = last[0];
  const because = `${listed(last)}.`;
  switch (stage) {
    case "request":
      return { ...requestRefusal(model, because, first), metadata };
    case "egress": {
      const message = `The configuration keeps model ${model} from being served: ${because}`;
      const errorCode = first?.by === AIR_GAPPED ? "policy_forbids" : "no_endpoint_available";
      return { errorCode, message, metadata };
    }
    case "capability":
      return {
        errorCode: "unsupported_parameter",
        message: `No endpoint of ${model} can do this: ${because}`,
        metadata,
      };
    case "context":
      return { errorCode: "context_length_exceeded", message: `The request is too long: ${because}`, metadata };
    case "constraint":
      return {
        errorCode: "policy_forbids",
        message: `Policy forbids every endpoint that is left: ${because}`,
        metadata,
      };
    case "price": {
      const errorCode = last.some(({ by }) => by === PRICE_FILTERS.budget) ? "budget_exceeded" : "price_unknown";
      return { errorCode, message: `The key's budget allows no endpoint that is left: ${because}`, metadata };
    }
    case "availability":
      return { ...availabilityRefusal(model, because, last), metadata };
  }
}

/**
 * Every endpoint that was considered and excluded, with the rule or filter that did it, for `error.metadata`. Endpoints
 * of models that were not asked for are left out unless there is nothing else.
 */
export function rejectionMetadata(decision: Decision): Readonly<Record<string, unknown>> {
  const relevant = decision.rejected.filter(({ kind }) => kind !== "model");
  const rules = [...new Set(relevant.filter(({ kind }) => kind === "constraint").map(({ by }) => by))];
  return {
    candidates: relevant.slice(0, MAX_LISTED_CANDIDATES).map(({ endpointId, kind, by, detail }) => ({
      endpoint: endpointId,
      excluded_by: kind,
      [kind === "constraint" ? "rule" : "filter"]: by,
      detail,
    })),
    ...(relevant.length > MAX_LISTED_CANDIDATES ? { more_candidates: relevant.length - MAX_LISTED_CANDIDATES } : {}),
    ...(rules.length === 0 ? {} : { rules }),
    ...(decision.notes === undefined ? {} : { notes: decision.notes }),
    data_class: decision.dataClass,
    policy_sha256: decision.policySha256,
  };
}

function unknownModel(decision: Decision, metadata: Readonly<Record<string, unknown>>): Refusal {
  const by = decision.rejected[0]?.by ?? "model";
  if (by.startsWith(":")) return unknownSuffix(decision.requestedModel, by, metadata);
  if (decision.requestedModel === AUTO_MODEL) {
    const message =
      "The request's plugins leave auto no model to choose: their lists exclude every one that is configured.";
    return { errorCode: "no_endpoint_matches", message, param: "plugins", metadata };
  }
  const nearest = nearestModels(decision);
  const hint = nearest.length === 0 ? "" : ` Did you mean ${nearest.join(" or ")}?`;
  return {
    errorCode: "model_not_found",
    message: `The model ${decision.requestedModel} is not configured.${hint}`,
    param: "model",
    metadata: { ...metadata, nearest_models: nearest },
  };
}

function unknownSuffix(model: ModelId, suffix: string, metadata: Readonly<Record<string, unknown>>): Refusal {
  const nearest = nearestName(suffix.slice(1), ROUTING_SUFFIXES);
  const hint = nearest === undefined ? "" : ` Did you mean :${nearest}?`;
  const known = ROUTING_SUFFIXES.map((name) => `:${name}`).join(", ");
  return {
    errorCode: "model_not_found",
    message: `There is no ${model}${suffix}: the suffixes of a model's name are ${known}.${hint}`,
    param: "model",
    metadata,
  };
}

function requestRefusal(
  model: ModelId,
  because: string,
  first: RejectedCandidate | undefined,
): Pick<Refusal, "errorCode" | "message" | "param"> {
  const by = first?.by ?? "provider";
  if (by === UNKNOWN_DATA_CLASS_SOURCES.header)
    return { errorCode: "invalid_request", message: `${by}: ${first?.detail ?? ""}`, param: by };
  if (by === UNKNOWN_DATA_CLASS_SOURCES.key)
    return { errorCode: "policy_forbids", message: `The key's data class is not configured: ${first?.detail ?? ""}` };
  const message = `The request itself excludes every endpoint of ${model}: ${because}`;
  return { errorCode: "no_endpoint_matches", message, param: by.startsWith(":") ? "model" : by };
}

function availabilityRefusal(
  model: ModelId,
  because: string,
  last: readonly RejectedCandidate[],
): Pick<Refusal, "errorCode" | "message" | "retryAfterMs"> {
  const waits = last.flatMap(({ retryInMs }) => (retryInMs === undefined ? [] : [retryInMs]));
  return {
    errorCode: "no_endpoint_available",
    message: `No endpoint of ${model} can serve now: ${because}`,
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }),
  };
}

/** `acme/large by eu-only (requires …), box/nano by …`, cut to what a person reads. */
function listed(rejected: readonly RejectedCandidate[]): string {
  const shown = rejected.slice(0, 3).map(({ endpointId, by, detail }) => `${endpointId} by ${by} (${detail})`);
  const more = rejected.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function nearestModels(decision: Decision): readonly ModelId[] {
  const remaining = new Set(decision.rejected.map(({ endpointId }) => endpointId.slice(endpointId.indexOf("/") + 1)));
  const nearest: ModelId[] = [];
  while (nearest.length < MAX_NEAREST_MODELS) {
    const name = nearestName(decision.requestedModel, [...remaining]);
    if (name === undefined) break;
    nearest.push(name);
    remaining.delete(name);
  }
  return nearest;
}
