import { isObject } from "../openai/parse-json-object.ts";
import { invalidField, optionalList, stringMember, type JsonObject } from "../openai/read-fields.ts";
import { blocksOf, contentTexts, textsOf, unsupportedBlock } from "./text-of-blocks.ts";

/** Messages of one request. */
const MAX_MESSAGES = 20_000;

/** What a tool's failure is told to the model with, which in OpenAI's form has no member of its own. */
const FAILED_RESULT = "Error: ";

type Block = ReturnType<typeof blocksOf>[number];

/**
 * Anthropic's `system` and `messages` as OpenAI's `messages`: the instructions are the first message, each tool's result
 * is a message of its own before what else the user says, and calls go with the assistant's text. Earlier thinking is
 * left out: it is signed for the servers that wrote it. Throws `invalid_request`, or `unsupported_parameter` for blocks
 * that have no form there, with the place in Anthropic's own notation.
 * @see https://docs.claude.com/en/api/messages
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function toChatMessages(system: unknown, messages: unknown): readonly JsonObject[] {
  const listed = optionalList(messages, "messages", MAX_MESSAGES);
  if (listed === undefined || listed.length === 0) {
    throw invalidField("messages", "a list of at least one message", messages);
  }
  return [...systemMessage(system), ...listed.flatMap((message, index) => chatMessages(message, `messages[${index}]`))];
}

function systemMessage(system: unknown): readonly JsonObject[] {
  if (system === undefined || system === null || system === "") return [];
  return [{ role: "system", content: contentTexts(system, "system").join("\n\n") }];
}

function chatMessages(message: unknown, param: string): readonly JsonObject[] {
  if (!isObject(message)) throw invalidField(param, "an object with role and content", message);
  const { role, content } = message;
  if (role !== "user" && role !== "assistant" && role !== "system") {
    throw invalidField(`${param}.role`, "user, assistant or system", role);
  }
  if (typeof content === "string") return [{ role, content }];
  const place = `${param}.content`;
  if (role === "system") return [{ role, content: contentTexts(content, place).join("\n\n") }];
  const blocks = blocksOf(content, place);
  return role === "user" ? userMessages(blocks, place) : [assistantMessage(blocks, place)];
}

function userMessages(blocks: readonly Block[], param: string): readonly JsonObject[] {
  const results: JsonObject[] = [];
  const parts: JsonObject[] = [];
  for (const [index, block] of blocks.entries()) {
    const place = `${param}[${index}]`;
    if (block.type === "tool_result") {
      const { message, pictures } = toolResult(block, place);
      results.push(message);
      parts.push(...pictures);
    } else parts.push(...partsOf(block, place));
  }
  const said = parts.every(({ type }) => type === "text") ? parts.map(({ text }) => text).join("\n\n") : parts;
  return parts.length === 0 && results.length > 0 ? results : [...results, { role: "user", content: said }];
}

/** A tool's result holds text alone in OpenAI's form; its pictures follow as the user's. */
function toolResult(
  block: Block,
  param: string,
): { readonly message: JsonObject; readonly pictures: readonly JsonObject[] } {
  const { content } = block;
  const parts =
    content === undefined || content === null || typeof content === "string"
      ? [{ type: "text", text: content ?? "" }]
      : blocksOf(content, `${param}.content`).flatMap((each, index) => partsOf(each, `${param}.content[${index}]`));
  const text = parts.flatMap((part) => (part["type"] === "text" ? [part["text"]] : [])).join("\n\n");
  return {
    message: {
      role: "tool",
      tool_call_id: stringMember(block, "tool_use_id", param),
      content: block["is_error"] === true ? `${FAILED_RESULT}${text}` : text,
    },
    pictures: parts.filter(({ type }) => type !== "text"),
  };
}

function partsOf(block: Block, param: string): readonly JsonObject[] {
  const texts = textsOf(block, param);
  if (texts !== undefined) return texts.map((text) => ({ type: "text", text }));
  if (block.type === "image") return [{ type: "image_url", image_url: { url: pictureUrl(block["source"], param) } }];
  throw unsupportedBlock(block.type, param);
}

function pictureUrl(source: unknown, param: string): string {
  const place = `${param}.source`;
  if (!isObject(source)) throw invalidField(place, "an object with type", source);
  if (source["type"] === "url") return stringMember(source, "url", place);
  if (source["type"] !== "base64") throw invalidField(`${place}.type`, "base64 or url", source["type"]);
  return `data:${stringMember(source, "media_type", place)};base64,${stringMember(source, "data", place)}`;
}

/** Blocks that an assistant thought, which nobody but their author can check. */
const THOUGHTS: ReadonlySet<string> = new Set(["thinking", "redacted_thinking"]);

function assistantMessage(blocks: readonly Block[], param: string): JsonObject {
  const texts: string[] = [];
  const calls: JsonObject[] = [];
  for (const [index, block] of blocks.entries()) {
    const place = `${param}[${index}]`;
    if (THOUGHTS.has(block.type)) continue;
    if (block.type === "tool_use") calls.push(callOf(block, place));
    else {
      const found = textsOf(block, place);
      if (found === undefined) throw unsupportedBlock(block.type, place);
      texts.push(...found);
    }
  }
  const content = texts.length === 0 && calls.length > 0 ? null : texts.join("");
  return { role: "assistant", content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
}

function callOf(block: Block, param: string): JsonObject {
  const { input } = block;
  if (!isObject(input)) throw invalidField(`${param}.input`, "an object", input);
  const called = { name: stringMember(block, "name", param), arguments: JSON.stringify(input) };
  return { id: stringMember(block, "id", param), type: "function", function: called };
}
