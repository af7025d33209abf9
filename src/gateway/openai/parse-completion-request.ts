import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { checkSampling } from "./check-sampling.ts";
import { tokensOfBytes } from "./estimate-tokens.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { headAndTail } from "./parse-messages.ts";
import { parseRequestHead } from "./parse-request-head.ts";
import { WITHOUT_MESSAGES } from "./without-messages.ts";
import { invalidField, optionalBoolean, optionalInteger, optionalObject, optionalString } from "./read-fields.ts";

/** Prompts of one request, and texts for each. */
const MAX_PROMPTS = 128;
const MAX_CHOICES = 128;
const MAX_LOGPROBS = 20;

interface Prompt {
  readonly text: string;
  readonly tokens: number;
}

/**
 * Parses the body of `POST /v1/completions`: text that goes on with `prompt`, without roles, tools or a template. Throws
 * `invalid_request` with the field in `param`.
 * @see https://platform.openai.com/docs/api-reference/completions/create
 */
export function parseCompletionRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  const prompts = readPrompts(fields["prompt"]);
  // Here it is a number, in a chat a switch.
  const { logprobs, ...sampling } = fields;
  optionalInteger(logprobs, "logprobs", 0, MAX_LOGPROBS);
  checkSampling(sampling);
  const suffix = optionalString(fields["suffix"], "suffix", Number.MAX_SAFE_INTEGER) ?? "";
  const suffixTokens = tokensOfBytes(Buffer.byteLength(suffix));
  optionalBoolean(fields["echo"], "echo");
  optionalInteger(fields["best_of"], "best_of", 1, MAX_CHOICES);
  const maxTokens = optionalInteger(fields["max_tokens"], "max_tokens", 0, Number.MAX_SAFE_INTEGER);
  const streamOptions = optionalObject(fields["stream_options"], "stream_options");
  const choicesOfEach = optionalInteger(fields["n"], "n", 1, MAX_CHOICES) ?? 1;
  const longest = prompts.reduce((most, { tokens }) => Math.max(most, tokens), 0);
  return Object.freeze({
    kind: "completion",
    body,
    ...parseRequestHead(fields, headers, dataClasses),
    stream: optionalBoolean(fields["stream"], "stream") ?? false,
    includeUsage: optionalBoolean(streamOptions?.["include_usage"], "stream_options.include_usage") ?? false,
    choiceCount: choicesOfEach * prompts.length,
    ...WITHOUT_MESSAGES,
    inputCount: prompts.length,
    promptCharacters: prompts.reduce((sum, { text }) => sum + text.length, suffix.length),
    estimatedPromptTokens: prompts.reduce((sum, { tokens }) => sum + tokens + suffixTokens, 0),
    longestInputTokens: longest + suffixTokens,
    lastUserText: headAndTail(prompts[0]?.text ?? ""),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  });
}

/** A text, a list of texts, one text in tokens, or a list of texts in tokens. A text may be empty. */
function readPrompts(prompt: unknown): readonly Prompt[] {
  if (typeof prompt === "string") return [readPrompt(prompt, "prompt")];
  if (!Array.isArray(prompt) || prompt.length === 0) {
    throw invalidField("prompt", "a text, a list of texts, or tokens", prompt);
  }
  const items: readonly unknown[] = prompt;
  if (typeof items[0] === "number") return [readPrompt(items, "prompt")];
  if (items.length > MAX_PROMPTS) throw invalidField("prompt", `a list of at most ${MAX_PROMPTS} prompts`, prompt);
  return items.map((item, index) => readPrompt(item, `prompt[${index}]`));
}

function readPrompt(prompt: unknown, param: string): Prompt {
  if (typeof prompt === "string") return { text: prompt, tokens: tokensOfBytes(Buffer.byteLength(prompt)) + 1 };
  const isTokens = Array.isArray(prompt) && prompt.every((token) => Number.isSafeInteger(token) && token >= 0);
  if (!isTokens || prompt.length === 0) throw invalidField(param, "a text, or a list of token numbers", prompt);
  return { text: "", tokens: prompt.length + 1 };
}
