import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { tokensOfBytes } from "./estimate-tokens.ts";
import { isObject, parseJsonObject } from "./parse-json-object.ts";
import { parseRequestHead } from "./parse-request-head.ts";
import { readOnlyRequest, type InputSize } from "./read-only-request.ts";
import { invalidField, optionalBoolean, optionalString } from "./read-fields.ts";

/** Texts of one request, labels, and the length of a label. */
const MAX_INPUTS = 256;
const MAX_LABELS = 256;
const MAX_LABEL_LENGTH = 256;

/** Tokens of the task's own words and of the template around them. */
const TOKENS_OF_TASK = 64;

/**
 * Parses the body of `POST /v1/classify`: `input` (a text or texts), `labels` (names, or objects with `label` and
 * `description`), `instructions`, `multiple`. Throws `invalid_request` with the field in `param`.
 */
export function parseClassifyRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  const { input } = fields;
  const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > MAX_INPUTS) {
    throw invalidField("input", `a text, or a list of 1 to ${MAX_INPUTS} texts`, input);
  }
  const isMultiple = optionalBoolean(fields["multiple"], "multiple") ?? false;
  const instructions = optionalString(fields["instructions"], "instructions", Number.MAX_SAFE_INTEGER) ?? "";
  const labelBytes = measureLabels(fields["labels"]);
  const taskBytes = Buffer.byteLength(instructions) + labelBytes.reduce((sum, bytes) => sum + bytes, 0);
  // Each label is a question of its own, but the text is read once for all of them.
  const taskTokens = tokensOfBytes(taskBytes) + TOKENS_OF_TASK * (isMultiple ? labelBytes.length : 1);
  const inputs = texts.map((text, index): InputSize => {
    const param = Array.isArray(input) ? `input[${index}]` : "input";
    if (typeof text !== "string" || text === "") throw invalidField(param, "a text that is not empty", text);
    return { param, characters: text.length, tokens: tokensOfBytes(Buffer.byteLength(text)) + taskTokens };
  });
  return readOnlyRequest("classify", body, parseRequestHead(fields, headers, dataClasses), inputs);
}

function measureLabels(labels: unknown): readonly number[] {
  if (!Array.isArray(labels) || labels.length === 0 || labels.length > MAX_LABELS) {
    throw invalidField("labels", `a list of 1 to ${MAX_LABELS} labels`, labels);
  }
  return labels.map((entry: unknown, index) => {
    const param = `labels[${index}]`;
    const label = isObject(entry) ? entry["label"] : entry;
    if (typeof label !== "string" || label === "" || label.length > MAX_LABEL_LENGTH) {
      throw invalidField(
        isObject(entry) ? `${param}.label` : param,
        `a text of 1 to ${MAX_LABEL_LENGTH} characters`,
        label,
      );
    }
    const description = isObject(entry) ? entry["description"] : undefined;
    return Buffer.byteLength(
      `${label}${optionalString(description, `${param}.description`, Number.MAX_SAFE_INTEGER) ?? ""}`,
    );
  });
}
