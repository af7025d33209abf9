import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { parseHints } from "./parse-hints.ts";
import { parseModels } from "./parse-models.ts";
import { parseProviderPreferences } from "./parse-provider-preferences.ts";
import { invalidField, optionalObject, optionalString, type JsonObject } from "./read-fields.ts";

/** Fields of the body, known or not: each unknown one is carried along as a parameter. */
const MAX_FIELDS = 256;

/** @see https://openrouter.ai/docs/features/prompt-caching */
const MAX_SESSION_ID_LENGTH = 256;
const MAX_USER_LENGTH = 512;
const MAX_SERVICE_TIER_LENGTH = 64;

/** @see https://openrouter.ai/docs/guides/features/service-tiers */
const KNOWN_TIERS: readonly string[] = [
  "auto",
  "default",
  "flex",
  "priority",
  "scale",
  "fast",
  "standard",
  "standard_only",
  "batch",
];

/** @see https://platform.openai.com/docs/api-reference/chat/create#chat_create-metadata */
const MAX_METADATA_PAIRS = 16;
const MAX_METADATA_KEY_LENGTH = 64;
const MAX_METADATA_VALUE_LENGTH = 512;

/** Fields that are meant for the router or are what a request of some kind is about; all others count as parameters of the model. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set([
  "model",
  "models",
  "messages",
  "prompt",
  "input",
  "query",
  "documents",
  "provider",
  "stream",
  "stream_options",
  "session_id",
  "prompt_cache_key",
  "user",
  "metadata",
  "service_tier",
  "preset",
  "plugins",
]);

/** What requests of every kind say to the router: which models, which providers, for whom, under which name. */
export type RequestHead = Pick<
  InferenceRequest,
  | "model"
  | "fallbackModels"
  | "suffixes"
  | "provider"
  | "parameters"
  | "metadata"
  | "hints"
  | "sessionId"
  | "user"
  | "serviceTier"
>;

/** Reads what requests of every kind have in common. Throws `invalid_request` with the field in `param`. */
export function parseRequestHead(
  fields: JsonObject,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): RequestHead {
  const names = Object.keys(fields);
  if (names.length > MAX_FIELDS) {
    throw new SignalboxError(
      "invalid_request",
      `The body has ${names.length} fields; at most ${MAX_FIELDS} are taken.`,
    );
  }
  const sessionId = parseSessionId(fields, headers);
  const user = optionalString(fields["user"], "user", MAX_USER_LENGTH) || undefined;
  const serviceTier = parseServiceTier(fields["service_tier"]);
  return {
    ...parseModels(fields),
    provider: parseProviderPreferences(fields["provider"]),
    parameters: Object.freeze(names.filter((name) => !NOT_PARAMETERS.has(name) && fields[name] !== null)),
    metadata: parseMetadata(fields["metadata"]),
    hints: parseHints(headers, dataClasses),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(user === undefined ? {} : { user }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
}

/**
 * The body's own name of the session, else the header's, else the key that OpenAI's clients use for the same purpose. An
 * empty name is none: all requests of a client that always sends one would be one conversation.
 */
function parseSessionId(fields: JsonObject, headers: IncomingHttpHeaders): string | undefined {
  const sessionId = optionalString(fields["session_id"], "session_id", MAX_SESSION_ID_LENGTH);
  const header = optionalString(headers["x-session-id"], "x-session-id", MAX_SESSION_ID_LENGTH);
  const cacheKey = optionalString(fields["prompt_cache_key"], "prompt_cache_key", MAX_SESSION_ID_LENGTH);
  return sessionId || header || cacheKey || undefined;
}

/**
 * Vendors have tiers of their own, which mean nothing here and are not refused; what looks like a misspelt one of these
 * is, because the price may depend on it.
 */
function parseServiceTier(value: unknown): string | undefined {
  const tier = optionalString(value, "service_tier", MAX_SERVICE_TIER_LENGTH);
  if (tier === undefined || KNOWN_TIERS.includes(tier)) return tier;
  const meant = nearestName(tier, KNOWN_TIERS);
  if (meant === undefined) return tier;
  throw new SignalboxError("invalid_request", `service_tier has no such value; did you mean ${meant}?`, {
    param: "service_tier",
  });
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(optionalObject(value, "metadata") ?? {});
  if (pairs.length > MAX_METADATA_PAIRS) {
    throw invalidField("metadata", `an object of at most ${MAX_METADATA_PAIRS} pairs`, value);
  }
  for (const [key, text] of pairs) {
    if (key.length > MAX_METADATA_KEY_LENGTH || key === "__proto__") {
      throw new SignalboxError(
        "invalid_request",
        `metadata keys must have at most ${MAX_METADATA_KEY_LENGTH} characters and must not be __proto__.`,
        { param: "metadata" },
      );
    }
    if (typeof text !== "string" || text.length > MAX_METADATA_VALUE_LENGTH) {
      throw invalidField(`metadata.${key}`, `a string of at most ${MAX_METADATA_VALUE_LENGTH} characters`, text);
    }
  }
  return Object.freeze(Object.fromEntries(pairs) as Record<string, string>);
}
