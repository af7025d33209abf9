import type { IncomingHttpHeaders } from "node:http";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { tokensOfBytes } from "./estimate-tokens.ts";
import { isObject, parseJsonObject } from "./parse-json-object.ts";
import { parseRequestHead } from "./parse-request-head.ts";
import { readOnlyRequest, type InputSize } from "./read-only-request.ts";
import { invalidField, optionalBoolean, optionalInteger } from "./read-fields.ts";

/** Documents of one request; Jina's own limit. @see https://jina.ai/reranker */
const MAX_DOCUMENTS = 2_048;

/** Tokens that a model puts around and between query and document. */
const TOKENS_PER_PAIR = 4;

/**
 * Parses the body of `POST /v1/rerank`: `query`, `documents` (texts, or objects with `text`), `top_n`,
 * `return_documents`. Throws `invalid_request` with the field in `param`: `documents[3]` for a bad document.
 * @see https://jina.ai/reranker
 * @see https://docs.cohere.com/reference/rerank
 */
export function parseRerankRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  const { query, documents } = fields;
  if (typeof query !== "string" || query === "") throw invalidField("query", "a text that is not empty", query);
  if (!Array.isArray(documents) || documents.length === 0 || documents.length > MAX_DOCUMENTS) {
    throw invalidField("documents", `a list of 1 to ${MAX_DOCUMENTS} documents`, documents);
  }
  optionalInteger(fields["top_n"], "top_n", 1, Number.MAX_SAFE_INTEGER);
  optionalBoolean(fields["return_documents"], "return_documents");
  // The query is read together with each document.
  const queryTokens = tokensOfBytes(Buffer.byteLength(query)) + TOKENS_PER_PAIR;
  const inputs = documents.map((document: unknown, index): InputSize => {
    const param = `documents[${index}]`;
    const text = documentText(document, param);
    return {
      param,
      characters: query.length + text.length,
      tokens: queryTokens + tokensOfBytes(Buffer.byteLength(text)),
    };
  });
  return readOnlyRequest("rerank", body, parseRequestHead(fields, headers, dataClasses), inputs);
}

function documentText(document: unknown, param: string): string {
  const text = isObject(document) ? document["text"] : document;
  if (typeof text === "string") return text;
  throw invalidField(isObject(document) ? `${param}.text` : param, "a text", text);
}
