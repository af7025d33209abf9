import type { IncomingHttpHeaders } from "node:http";
import { SignalboxError } from "../../core/errors.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { chatInOtherWords } from "../openai/chat-in-other-words.ts";
import {
  invalidField,
  optionalInteger,
  optionalObject,
  optionalString,
  optionalStrings,
  type JsonObject,
} from "../openai/read-fields.ts";
import { toChatMessages } from "./to-chat-messages.ts";
import { toChatTools } from "./to-chat-tools.ts";

/** What a server would have to keep between requests. This one keeps no text at all. */
const STATEFUL: readonly string[] = ["previous_response_id", "conversation", "background", "prompt", "store"];

/** Characters of `instructions`. */
const MAX_INSTRUCTIONS_LENGTH = 10_000_000;

const MAX_INCLUDED = 64;
const MAX_NAME_LENGTH = 128;
const LOGPROBS = "message.output_text.logprobs";

/**
 * Reads the body of `POST /v1/responses` as a chat, which every endpoint understands. Members that both have, and those
 * that a request may add for the router (`models`, `provider`, `session_id` …), stay as they are. Throws SignalboxError
 * only, with the place in the notation of the Responses API.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function parseResponsesRequest(
  fields: JsonObject,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
): InferenceRequest {
  return chatInOtherWords(toChat(fields), headers, dataClasses);
}

function toChat(fields: JsonObject): JsonObject {
  refuseState(fields);
  const {
    input,
    instructions,
    tools,
    tool_choice: toolChoice,
    max_output_tokens: limit,
    text,
    reasoning,
    include,
    store: _store,
    background: _background,
    truncation: _truncation,
    max_tool_calls: _limit,
    stream_options: _options,
    ...others
  } = fields;
  optionalString(instructions, "instructions", MAX_INSTRUCTIONS_LENGTH);
  const maxTokens = optionalInteger(limit, "max_output_tokens", 1, Number.MAX_SAFE_INTEGER);
  const included = optionalStrings(include, "include", MAX_INCLUDED, MAX_NAME_LENGTH) ?? [];
  return {
    ...others,
    messages: toChatMessages(instructions, input),
    ...toChatTools(tools, toolChoice),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...toFormat(optionalObject(text, "text")),
    ...toEffort(optionalObject(reasoning, "reasoning")),
    ...(included.includes(LOGPROBS) ? { logprobs: true } : {}),
    ...(fields["stream"] === true ? { stream_options: { include_usage: true } } : {}),
  };
}

function refuseState(fields: JsonObject): void {
  for (const name of STATEFUL) {
    const value = fields[name];
    if (value === undefined || value === null || value === false) continue;
    throw new SignalboxError(
      "unsupported_parameter",
      `${name} needs a server that keeps conversations. This one keeps none: send the whole conversation as input, and store: false.`,
      { param: name },
    );
  }
}

/** @see https://platform.openai.com/docs/guides/structured-outputs */
function toFormat(text: JsonObject | undefined): JsonObject {
  const format = optionalObject(text?.["format"], "text.format");
  const verbosity = text?.["verbosity"];
  const wordy = verbosity === undefined || verbosity === null ? {} : { verbosity };
  const type = format?.["type"];
  if (format === undefined || type === "text") return wordy;
  if (type === "json_object") return { ...wordy, response_format: { type } };
  if (type !== "json_schema") throw invalidField("text.format.type", "text, json_object or json_schema", type);
  const { type: _, ...described } = format;
  if (optionalObject(described["schema"], "text.format.schema") === undefined)
    throw invalidField("text.format.schema", "a JSON Schema", described["schema"]);
  return { ...wordy, response_format: { type, json_schema: described } };
}

function toEffort(reasoning: JsonObject | undefined): JsonObject {
  const effort = optionalString(reasoning?.["effort"], "reasoning.effort", MAX_NAME_LENGTH);
  return effort === undefined ? {} : { reasoning_effort: effort };
}
