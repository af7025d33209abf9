import type { InferenceAnswer } from "../../core/inference-event.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { readChoices } from "./chat-content.ts";
import { readObject, type JsonObject } from "../wire/json-object.ts";
import { readEmbeddings } from "./read-embeddings.ts";
import { readRanking } from "./read-ranking.ts";
import { readInputUsage, readUsage, usageMember } from "./read-usage.ts";
import { repeatsPrompt } from "./repeats-prompt.ts";
import { failureOfErrorObject, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";

/**
 * The answer in `json`, the body of a 200, to a request of its kind. Throws what an `error` in it means, and
 * `upstream_invalid_response` for anything that is no such answer.
 */
export function readAnswer(json: Uint8Array, upstream: Upstream, request: InferenceRequest): InferenceAnswer {
  const body = readObject(json);
  if (body === undefined) throw invalidResponse(upstream, "did not answer with a JSON object");
  const error = body["error"];
  if (error !== undefined && error !== null) throw failureOfErrorObject(upstream, error);
  switch (request.kind) {
    case "chat":
    case "completion":
      return readText(json, body, upstream, request);
    case "embedding":
      return readEmbeddings(json, body, upstream, request);
    case "rerank":
      return readRanking(body, upstream, request);
    case "classify":
      return { kind: "answer", json, ...usageMember(readInputUsage(body)) };
  }
}

/**
 * At least one message or text.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
function readText(json: Uint8Array, body: JsonObject, upstream: Upstream, request: InferenceRequest): InferenceAnswer {
  const choices = readChoices(body["choices"], request.kind === "chat" ? "message" : "text");
  if (choices === undefined || (body["choices"] as readonly unknown[]).length === 0) {
    throw invalidResponse(upstream, "answered without any choice");
  }
  const { finishReason, hasContent } = choices;
  if (finishReason === "error") throw failureOfErrorObject(upstream, "the answer ended with an error");
  return {
    kind: "answer",
    json,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...usageMember(readUsage(body["usage"], hasContent && !repeatsPrompt(request))),
  };
}
