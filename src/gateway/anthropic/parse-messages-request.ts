import type { IncomingHttpHeaders } from "node:http";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { MAX_STOP_LENGTH, MAX_STOP_SEQUENCES } from "../../core/parameters.ts";
import { chatInOtherWords } from "../openai/chat-in-other-words.ts";
import { isObject, parseJsonObject } from "../openai/parse-json-object.ts";
import { invalidField, optionalObject, optionalStrings, type JsonObject } from "../openai/read-fields.ts";
import { toChatMessages } from "./to-chat-messages.ts";
import { toChatReasoning } from "./to-chat-reasoning.ts";
import { toChatTools } from "./to-chat-tools.ts";

/** Members that only Anthropic's own servers can act on: an answer that ignored them would be another one than was asked for. */
const ANTHROPIC_ONLY = ["mcp_servers", "container"] as const;

/**
 * Reads the body of `POST /v1/messages` as a chat in OpenAI's form, which every endpoint understands: what it asks for is
 * then decided on, recorded and billed as any other chat. Members that both have, and those that a request may add for
 * the router (`models`, `provider`, `session_id` …), stay as they are. Throws SignalboxError only, with the place in
 * Anthropic's notation.
 * @see https://docs.claude.com/en/api/messages
 */
export function parseMessagesRequest(
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  const fields = parseJsonObject(body);
  if (fields["max_tokens"] === undefined) throw invalidField("max_tokens", "a number of tokens", undefined);
  return asChat(fields, headers, dataClasses);
}

/** The same for a body that asks for no answer, and so may leave out how long one may be. */
export function asChat(
  fields: JsonObject,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  return chatInOtherWords(toChat(fields), headers, dataClasses);
}

function toChat(fields: JsonObject): JsonObject {
  for (const name of ANTHROPIC_ONLY) {
    const value = fields[name];
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) {
      throw new SignalboxError("unsupported_parameter", `${name} is for Anthropic's own servers.`, { param: name });
    }
  }
  const {
    system,
    messages,
    tools,
    tool_choice: toolChoice,
    stop_sequences: stops,
    thinking,
    output_config: output,
    ...others
  } = fields;
  const outputConfig = optionalObject(output, "output_config");
  const stop = optionalStrings(stops, "stop_sequences", MAX_STOP_SEQUENCES, MAX_STOP_LENGTH);
  const chatMessages = toChatMessages(system, messages);
  return {
    ...others,
    messages: chatMessages,
    ...toChatTools(tools, toolChoice),
    ...toChatReasoning(thinking, outputConfig),
    ...toResponseFormat(outputConfig),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...userOf(fields),
    ...(fields["stream"] === true ? { stream_options: { include_usage: true } } : {}),
    ...(chatMessages.at(-1)?.["role"] === "assistant" ? GOES_ON : {}),
  };
}

/**
 * A last message of the assistant is one to go on with. A server that is not told so would begin a new one.
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#extra-parameters-for-chat-completions-api
 */
const GOES_ON = { continue_final_message: true, add_generation_prompt: false };

/** @see https://docs.claude.com/en/docs/build-with-claude/structured-outputs */
function toResponseFormat(outputConfig: JsonObject | undefined): JsonObject {
  const format = optionalObject(outputConfig?.["format"], "output_config.format");
  if (format === undefined) return {};
  const { type, schema } = format;
  if (type !== "json_schema") throw invalidField("output_config.format.type", "json_schema", type);
  if (!isObject(schema)) throw invalidField("output_config.format.schema", "a JSON Schema", schema);
  return { response_format: { type, json_schema: { name: "answer", schema, strict: true } } };
}

/** Anthropic's name for the end user of an application stands in `metadata`. */
function userOf(fields: JsonObject): JsonObject {
  const metadata = optionalObject(fields["metadata"], "metadata");
  const userId = metadata?.["user_id"];
  if (metadata === undefined || userId === undefined) return {};
  const { user_id: _, ...others } = metadata;
  return { metadata: others, ...(userId === null || fields["user"] !== undefined ? {} : { user: userId }) };
}
