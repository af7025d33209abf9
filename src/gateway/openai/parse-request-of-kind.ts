import type { IncomingHttpHeaders } from "node:http";
import type { InferenceKind, InferenceRequest } from "../../core/inference-request.ts";
import { parseChatRequest } from "./parse-chat-request.ts";
import { parseClassifyRequest } from "./parse-classify-request.ts";
import { parseCompletionRequest } from "./parse-completion-request.ts";
import { parseEmbeddingRequest } from "./parse-embedding-request.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { parseRerankRequest } from "./parse-rerank-request.ts";

/** Reads a body and the headers that belong to it. Throws SignalboxError. */
export type ParseRequest = (
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
) => InferenceRequest;

/** How the body of each kind of request is read. */
export const PARSERS: Readonly<Record<InferenceKind, ParseRequest>> = {
  chat: parseChatRequest,
  completion: parseCompletionRequest,
  embedding: parseEmbeddingRequest,
  rerank: parseRerankRequest,
  classify: parseClassifyRequest,
};

/** What only one kind of body has, the tellingest first: a body that says nothing of itself is read as what holds it. */
const TELLING_FIELDS: readonly (readonly [field: string, kind: InferenceKind])[] = [
  ["messages", "chat"],
  ["documents", "rerank"],
  ["labels", "classify"],
  ["input", "embedding"],
  ["prompt", "completion"],
];

/**
 * Reads a body that came without the path that would say what it asks for. Its fields tell, where `kind` does not: what
 * tells nothing is read as a chat. Throws `invalid_request` as the kind's own route would.
 */
export function parseRequestOfKind(
  kind: InferenceKind | undefined,
  ...[body, headers, dataClasses]: Parameters<ParseRequest>
): InferenceRequest {
  return PARSERS[kind ?? kindOfBody(body)](body, headers, dataClasses);
}

function kindOfBody(body: Uint8Array): InferenceKind {
  const fields = parseJsonObject(body);
  return TELLING_FIELDS.find(([field]) => fields[field] !== undefined)?.[1] ?? "chat";
}
