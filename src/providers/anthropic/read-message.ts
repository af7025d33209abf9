import type { InferenceAnswer } from "../../core/inference-event.ts";
import { isObject, readObject, type JsonObject } from "../wire/json-object.ts";
import { failureOfErrorObject, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";
import { readUsage, usageMember } from "../openai-compatible/read-usage.ts";
import { finishOf } from "./finish-reason.ts";
import { openAiUsage } from "./message-usage.ts";
import { reasoningDetail } from "./thoughts.ts";

/**
 * The message in `json`, the body of a 200, as OpenAI's `chat.completion`. Throws what an error in it means, and
 * `upstream_invalid_response` for anything that is no message.
 * @see https://docs.claude.com/en/api/messages
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function readMessage(json: Uint8Array, upstream: Upstream, createdSeconds: number): InferenceAnswer {
  const body = readObject(json);
  if (body === undefined) throw invalidResponse(upstream, "did not answer with a JSON object");
  if (isObject(body["error"])) throw failureOfErrorObject(upstream, body["error"]);
  const { content } = body;
  const finish = finishOf(body);
  if (!Array.isArray(content) || finish === undefined) throw invalidResponse(upstream, "answered without a message");
  const blocks = content.filter((block: unknown): block is JsonObject => isObject(block));
  const message = messageOf(blocks);
  const usage = openAiUsage(isObject(body["usage"]) ? body["usage"] : {});
  const answer = {
    id: body["id"],
    object: "chat.completion",
    created: createdSeconds,
    model: body["model"],
    choices: [{ index: 0, message, logprobs: null, ...finish }],
    usage,
  };
  return {
    kind: "answer",
    json: Buffer.from(JSON.stringify(answer)),
    finishReason: finish.finish_reason,
    ...usageMember(readUsage(usage, blocks.length > 0)),
  };
}

function messageOf(blocks: readonly JsonObject[]): JsonObject {
  const texts = blocks.flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : []));
  const thoughts = blocks.flatMap(({ type, thinking }) =>
    type === "thinking" && typeof thinking === "string" && thinking !== "" ? [thinking] : [],
  );
  const details = blocks.flatMap((block, index) => reasoningDetail(block, index) ?? []);
  const calls = blocks.flatMap((block) => (block["type"] === "tool_use" ? [callOf(block)] : []));
  return {
    role: "assistant",
    content: texts.length === 0 && calls.length > 0 ? null : texts.join(""),
    refusal: null,
    ...(thoughts.length === 0 ? {} : { reasoning: thoughts.join("\n\n") }),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function callOf({ id, name, input }: JsonObject): JsonObject {
  return { id, type: "function", function: { name, arguments: JSON.stringify(input ?? {}) } };
}
