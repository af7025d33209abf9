import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { checkSampling } from "./check-sampling.ts";
import { parseHints } from "./parse-hints.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { parseMessages, type PromptFacts } from "./parse-messages.ts";
import { parseModels } from "./parse-models.ts";
import { parseProviderPreferences } from "./parse-provider-preferences.ts";
import { parseResponseFormat, parseTools, type ToolFacts } from "./parse-tools.ts";
import {
  invalidField,
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalString,
  type JsonObject,
} from "./read-fields.ts";

/** Answers that one request may ask for; OpenAI's own limit. */
const MAX_CHOICES = 128;

/** Fields of the body, known or not: each unknown one is carried along as a parameter. */
const MAX_FIELDS = 256;

/** @see https://openrouter.ai/docs/features/prompt-caching */
const MAX_SESSION_ID_LENGTH = 256;
const MAX_USER_LENGTH = 512;
const MAX_SERVICE_TIER_LENGTH = 64;

/** @see https://openrouter.ai/docs/guides/features/service-tiers */
const KNOWN_TIERS: readonly string[] = ["auto", "default", "flex", "priority", "scale", "fast", "standard", "batch"];

/** @see https://platform.openai.com/docs/api-reference/chat/create#chat_create-metadata */
const MAX_METADATA_PAIRS = 16;
const MAX_METADATA_KEY_LENGTH = 64;
const MAX_METADATA_VALUE_LENGTH = 512;

/** UTF-8 bytes of text that make one token: below the average of every common tokenizer, so that the estimate is high. */
const BYTES_PER_TOKEN = 3;

/** Tokens that a template adds around each message, and what a picture takes at most at the usual resolutions. */
const TOKENS_PER_MESSAGE = 8;
const TOKENS_PER_IMAGE = 1_600;

/** Fields that are meant for the router or are there in every request; all others count as parameters of the model. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set([
  "model",
  "models",
  "messages",
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

/**
 * Parses the body of `POST /v1/chat/completions` and the headers that belong to it into one frozen value. The bytes
 * are kept as they came; nothing is defaulted into them. Throws SignalboxError only: `invalid_request` or
 * `unsupported_parameter`, with the field in `param`.
 * @param dataClasses The classes that `x-data-class` may name.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function parseChatRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  const names = Object.keys(fields);
  if (names.length > MAX_FIELDS) {
    throw new SignalboxError(
      "invalid_request",
      `The body has ${names.length} fields; at most ${MAX_FIELDS} are taken.`,
    );
  }
  const prompt = parseMessages(fields["messages"]);
  const tools = parseTools(fields);
  checkSampling(fields);
  const maxTokens = parseMaxTokens(fields);
  const sessionId = parseSessionId(fields, headers);
  const user = optionalString(fields["user"], "user", MAX_USER_LENGTH);
  const serviceTier = parseServiceTier(fields["service_tier"]);
  const streamOptions = optionalObject(fields["stream_options"], "stream_options");
  return Object.freeze({
    body,
    ...parseModels(fields),
    stream: optionalBoolean(fields["stream"], "stream") ?? false,
    includeUsage: optionalBoolean(streamOptions?.["include_usage"], "stream_options.include_usage") ?? false,
    choiceCount: optionalInteger(fields["n"], "n", 1, MAX_CHOICES) ?? 1,
    messageCount: prompt.messageCount,
    roles: prompt.roles,
    toolCount: tools.toolCount,
    toolChoice: tools.toolChoice,
    hasToolResults: prompt.hasToolResults,
    hasImages: prompt.imageCount > 0,
    ...(prompt.imageCount === 0 ? {} : { imageCount: prompt.imageCount }),
    responseFormat: Object.freeze(parseResponseFormat(fields["response_format"])),
    parameters: Object.freeze(names.filter((name) => !NOT_PARAMETERS.has(name) && fields[name] !== null)),
    promptCharacters: prompt.characters + tools.characters,
    estimatedPromptTokens: estimateTokens(prompt, tools),
    lastUserText: prompt.lastUserText,
    provider: parseProviderPreferences(fields["provider"]),
    metadata: parseMetadata(fields["metadata"]),
    hints: parseHints(headers, dataClasses),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(user === undefined ? {} : { user }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
  });
}

function estimateTokens(prompt: PromptFacts, tools: ToolFacts): number {
  const text = Math.ceil((prompt.bytes + tools.bytes) / BYTES_PER_TOKEN);
  const pieces = prompt.messageCount + tools.toolCount;
  return text + pieces * TOKENS_PER_MESSAGE + prompt.imageCount * TOKENS_PER_IMAGE;
}

/** `max_completion_tokens` counts where both are stated: it is the newer name. */
function parseMaxTokens(fields: JsonObject): number | undefined {
  const legacy = optionalInteger(fields["max_tokens"], "max_tokens", 1, Number.MAX_SAFE_INTEGER);
  const current = optionalInteger(fields["max_completion_tokens"], "max_completion_tokens", 1, Number.MAX_SAFE_INTEGER);
  return current ?? legacy;
}

/** The body's own name of the session, else the header's, else the key that OpenAI's clients use for the same purpose. */
function parseSessionId(fields: JsonObject, headers: IncomingHttpHeaders): string | undefined {
  const sessionId = optionalString(fields["session_id"], "session_id", MAX_SESSION_ID_LENGTH);
  const header = optionalString(headers["x-session-id"], "x-session-id", MAX_SESSION_ID_LENGTH);
  const cacheKey = optionalString(fields["prompt_cache_key"], "prompt_cache_key", MAX_SESSION_ID_LENGTH);
  return sessionId ?? header ?? cacheKey;
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
