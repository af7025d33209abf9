import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "../openai/parse-json-object.ts";
import { invalidField, optionalList, stringMember, type JsonObject } from "../openai/read-fields.ts";

/** Items of one request, and parts of one item. */
const MAX_ITEMS = 20_000;
const MAX_PARTS = 4_096;

const ROLES: ReadonlySet<unknown> = new Set(["user", "assistant", "system", "developer"]);

/** The names that a text has as a part, by who wrote it. */
const TEXT_PARTS: ReadonlySet<unknown> = new Set(["input_text", "output_text", "text"]);

/**
 * `instructions` and `input` of the Responses API as the messages of a chat: the instructions come first, calls go with
 * the assistant's text before them, and each call's output is a message of its own. Earlier reasoning is left out: it is
 * of use only to the server that wrote it. Throws `invalid_request`, or `unsupported_parameter` for items that have no
 * form in a chat, with the place in the notation of the Responses API.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function toChatMessages(instructions: unknown, input: unknown): readonly JsonObject[] {
  const system =
    typeof instructions === "string" && instructions !== "" ? [{ role: "system", content: instructions }] : [];
  if (typeof input === "string") return [...system, { role: "user", content: input }];
  const items = optionalList(input, "input", MAX_ITEMS);
  if (items === undefined || items.length === 0) {
    throw invalidField("input", "a text or a list of at least one item", input);
  }
  const messages: JsonObject[] = [...system];
  for (const [index, item] of items.entries()) addItem(messages, item, `input[${index}]`);
  return messages;
}

function addItem(messages: JsonObject[], item: unknown, param: string): void {
  if (!isObject(item)) throw invalidField(param, "an object with type", item);
  const type = item["type"] ?? "message";
  switch (type) {
    case "message":
      return void messages.push(messageOf(item, param));
    case "function_call":
      return addCall(messages, item, param);
    case "function_call_output":
      return void messages.push({
        role: "tool",
        tool_call_id: stringMember(item, "call_id", param),
        content: textsOf(item["output"], `${param}.output`).join("\n\n"),
      });
    case "reasoning":
      return;
    case "item_reference":
      throw notHere(param, "Nothing is stored here that it could refer to; send the item itself.");
    default:
      throw notHere(param, "Items of its type are for tools that run at OpenAI.");
  }
}

function messageOf(item: JsonObject, param: string): JsonObject {
  const { role, content } = item;
  if (!ROLES.has(role)) throw invalidField(`${param}.role`, [...ROLES].join(", "), role);
  if (role === "user") return { role, content: contentOf(content, `${param}.content`) };
  return { role, content: textsOf(content, `${param}.content`).join("") };
}

/** A text where there is nothing else, and parts otherwise. */
function contentOf(content: unknown, param: string): unknown {
  if (typeof content === "string") return content;
  const parts = partsOf(content, param).map((part, index) => chatPart(part, `${param}[${index}]`));
  return parts.every(({ type }) => type === "text") ? parts.map(({ text }) => text).join("\n\n") : parts;
}

function textsOf(content: unknown, param: string): readonly string[] {
  if (typeof content === "string") return [content];
  return partsOf(content, param).map((part, index) => {
    const place = `${param}[${index}]`;
    if (part["type"] === "refusal") return stringMember(part, "refusal", place);
    if (TEXT_PARTS.has(part["type"])) return stringMember(part, "text", place);
    throw notHere(place, "Only the user's own messages have room for anything but text.");
  });
}

function partsOf(content: unknown, param: string): readonly JsonObject[] {
  const parts = optionalList(content, param, MAX_PARTS);
  if (parts === undefined) throw invalidField(param, "a text or a list of parts", content);
  return parts.map((part, index) => {
    if (!isObject(part)) throw invalidField(`${param}[${index}]`, "an object with type", part);
    return part;
  });
}

function chatPart(part: JsonObject, param: string): JsonObject {
  if (TEXT_PARTS.has(part["type"])) return { type: "text", text: stringMember(part, "text", param) };
  if (part["type"] !== "input_image") throw notHere(param, "Files and sound are not read here.");
  if (typeof part["file_id"] === "string")
    throw notHere(param, "No files are kept here; send the picture's URL or data.");
  const { detail } = part;
  const url = stringMember(part, "image_url", param);
  return { type: "image_url", image_url: { url, ...(typeof detail === "string" ? { detail } : {}) } };
}

/** A call goes with the assistant's message before it, as both are one turn. */
function addCall(messages: JsonObject[], item: JsonObject, param: string): void {
  const called = { name: stringMember(item, "name", param), arguments: stringMember(item, "arguments", param) };
  const call = { id: stringMember(item, "call_id", param), type: "function", function: called };
  const last = messages.at(-1);
  if (last?.["role"] !== "assistant")
    return void messages.push({ role: "assistant", content: null, tool_calls: [call] });
  const earlier = Array.isArray(last["tool_calls"]) ? (last["tool_calls"] as readonly unknown[]) : [];
  messages[messages.length - 1] = { ...last, tool_calls: [...earlier, call] };
}

function notHere(param: string, because: string): SignalboxError {
  return new SignalboxError("unsupported_parameter", `${param} can't be taken. ${because}`, { param });
}
