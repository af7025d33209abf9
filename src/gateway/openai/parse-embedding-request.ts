import type { IncomingHttpHeaders } from "node:http";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { tokensOfBytes } from "./estimate-tokens.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { parseRequestHead, type RequestHead } from "./parse-request-head.ts";
import { readOnlyRequest, type InputSize } from "./read-only-request.ts";
import { invalidField, optionalInteger, optionalString, optionalWord } from "./read-fields.ts";

/** Inputs of one request, and the tokens of all of them together: OpenAI's own limits. */
const MAX_INPUTS = 2_048;
const MAX_TOTAL_TOKENS = 300_000;

/** Numbers of one vector; more than any model has. */
const MAX_DIMENSIONS = 65_536;

const MAX_INPUT_TYPE_LENGTH = 64;

/** Tokens that a model adds around every input. */
const TOKENS_PER_INPUT = 2;

/**
 * Parses the body of `POST /v1/embeddings`. Throws `invalid_request` with the field in `param`: `input[3]` for a bad
 * input. One model must be named: vectors of different models can't be compared, so no other may take its place.
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export function parseEmbeddingRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  const inputs = measureInputs(fields["input"]);
  const totalTokens = inputs.reduce((sum, { tokens }) => sum + tokens, 0);
  if (totalTokens > MAX_TOTAL_TOKENS) {
    throw new SignalboxError(
      "invalid_request",
      `input has about ${totalTokens} tokens in all; one request takes at most ${MAX_TOTAL_TOKENS}.`,
      { param: "input" },
    );
  }
  optionalInteger(fields["dimensions"], "dimensions", 1, MAX_DIMENSIONS);
  optionalWord(fields["encoding_format"], "encoding_format", ["float", "base64"]);
  optionalString(fields["input_type"], "input_type", MAX_INPUT_TYPE_LENGTH);
  const head = parseRequestHead(fields, headers, dataClasses);
  refuseChoiceOfModels(head);
  return readOnlyRequest("embedding", body, head, inputs);
}

function refuseChoiceOfModels({ model, fallbackModels }: RequestHead): void {
  const because =
    "vectors of different models can't be compared. Name one model; GET /v1/models lists those whose output is embeddings.";
  if (model === "auto")
    throw new SignalboxError("invalid_request", `model must not be auto: ${because}`, { param: "model" });
  if (fallbackModels.length > 0)
    throw new SignalboxError("invalid_request", `models must not name fallbacks: ${because}`, { param: "models" });
}

/** A text, a list of texts, one text in tokens, or a list of texts in tokens. */
function measureInputs(input: unknown): readonly InputSize[] {
  if (typeof input === "string") return [measureText(input, "input")];
  if (!Array.isArray(input) || input.length === 0) {
    throw invalidField("input", "a text, a list of texts, or tokens", input);
  }
  const items: readonly unknown[] = input;
  if (typeof items[0] === "number") return [measureTokens(items, "input")];
  if (items.length > MAX_INPUTS) throw invalidField("input", `a list of at most ${MAX_INPUTS} inputs`, input);
  return items.map((item, index) => {
    const param = `input[${index}]`;
    return Array.isArray(item) ? measureTokens(item, param) : measureText(item, param);
  });
}

function measureText(text: unknown, param: string): InputSize {
  if (typeof text !== "string" || text === "") throw invalidField(param, "a text that is not empty, or tokens", text);
  return { characters: text.length, tokens: tokensOfBytes(Buffer.byteLength(text)) + TOKENS_PER_INPUT, param };
}

function measureTokens(tokens: readonly unknown[], param: string): InputSize {
  const wrong = tokens.findIndex((token) => !Number.isSafeInteger(token) || (token as number) < 0);
  if (tokens.length === 0) throw invalidField(param, "a text that is not empty, or tokens", tokens);
  if (wrong >= 0) throw invalidField(`${param}[${wrong}]`, "a token's number", tokens[wrong]);
  return { characters: 0, tokens: tokens.length + TOKENS_PER_INPUT, param };
}
