import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { checkSampling } from "./check-sampling.ts";
import { tokensOfBytes } from "./estimate-tokens.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { parseMessages, type PromptFacts } from "./parse-messages.ts";
import { parseRequestHead } from "./parse-request-head.ts";
import { parseResponseFormat, parseTools, type ToolFacts } from "./parse-tools.ts";
import { optionalBoolean, optionalInteger, optionalObject, type JsonObject } from "./read-fields.ts";

/** Answers that one request may ask for; OpenAI's own limit. */
const MAX_CHOICES = 128;

/** Tokens that a template adds around each message, and what a picture takes at most at the usual resolutions. */
const TOKENS_PER_MESSAGE = 8;
const TOKENS_PER_IMAGE = 1_600;

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
  return chatRequestOf(parseJsonObject(body), body, headers, dataClasses);
}

/** The same for a body that has been parsed, or was made here of another one: `fields` are what `body` holds. */
export function chatRequestOf(
  fields: JsonObject,
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const prompt = parseMessages(fields["messages"]);
  const tools = parseTools(fields);
  checkSampling(fields);
  const maxTokens = parseMaxTokens(fields);
  const streamOptions = optionalObject(fields["stream_options"], "stream_options");
  const estimatedPromptTokens = estimateTokens(prompt, tools);
  return Object.freeze({
    kind: "chat",
    body,
    ...parseRequestHead(fields, headers, dataClasses),
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
    promptCharacters: prompt.characters + tools.characters,
    inputCount: 1,
    estimatedPromptTokens,
    longestInputTokens: estimatedPromptTokens,
    lastUserText: prompt.lastUserText,
    ...(maxTokens === undefined ? {} : { maxTokens }),
  });
}

function estimateTokens(prompt: PromptFacts, tools: ToolFacts): number {
  const text = tokensOfBytes(prompt.bytes + tools.bytes);
  const pieces = prompt.messageCount + tools.toolCount;
  return text + pieces * TOKENS_PER_MESSAGE + prompt.imageCount * TOKENS_PER_IMAGE;
}

/** `max_completion_tokens` counts where both are stated: it is the newer name. */
function parseMaxTokens(fields: JsonObject): number | undefined {
  const legacy = optionalInteger(fields["max_tokens"], "max_tokens", 1, Number.MAX_SAFE_INTEGER);
  const current = optionalInteger(fields["max_completion_tokens"], "max_completion_tokens", 1, Number.MAX_SAFE_INTEGER);
  return current ?? legacy;
}
