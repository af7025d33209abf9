import { invalidField, optionalList, optionalObject, optionalString, type JsonObject } from "./read-fields.ts";
import { isObject } from "./parse-json-object.ts";

/** Messages of one request, and parts of one message. */
const MAX_MESSAGES = 20_000;
const MAX_PARTS = 4_096;

/** Characters of the short strings of a message: names and ids. */
const MAX_NAME_LENGTH = 512;

/** Characters kept from each end of the last user message, for classification. */
const CLASSIFIED_CHARACTERS = 2_000;

const ROLES: ReadonlySet<string> = new Set(["system", "developer", "user", "assistant", "tool", "function"]);

/** Parts that need an endpoint which can see. */
const IMAGE_PARTS: ReadonlySet<string> = new Set(["image_url", "video_url"]);

/** What routing needs to know about the messages. */
export interface PromptFacts {
  readonly messageCount: number;
  readonly roles: readonly string[];
  readonly hasToolResults: boolean;
  readonly imageCount: number;
  readonly characters: number;
  /** The same text in UTF-8: closer to the number of tokens than characters are, in scripts other than Latin. */
  readonly bytes: number;
  readonly lastUserText: string;
}

interface Tally {
  characters: number;
  bytes: number;
  imageCount: number;
}

/** Checks the messages and counts their text in one pass. Throws `invalid_request` naming the place, `messages[2].role`. */
export function parseMessages(value: unknown): PromptFacts {
  const messages = optionalList(value, "messages", MAX_MESSAGES);
  if (messages === undefined || messages.length === 0) {
    throw invalidField("messages", "a list of at least one message", value);
  }
  const tally: Tally = { characters: 0, bytes: 0, imageCount: 0 };
  const roles = messages.map((message, index) => checkMessage(message, `messages[${index}]`, tally));
  const lastUser = messages[roles.lastIndexOf("user")];
  return {
    messageCount: messages.length,
    roles: Object.freeze(roles),
    hasToolResults: roles.includes("tool") || roles.includes("function"),
    ...tally,
    lastUserText: isObject(lastUser) ? headAndTail(textOf(lastUser["content"])) : "",
  };
}

/** Adds one string of the prompt to the count. */
export function countText(text: string, tally: Pick<Tally, "characters" | "bytes">): void {
  tally.characters += text.length;
  tally.bytes += Buffer.byteLength(text);
}

function checkMessage(message: unknown, param: string, tally: Tally): string {
  if (!isObject(message)) throw invalidField(param, "an object with role and content", message);
  const role = message["role"];
  if (typeof role !== "string" || !ROLES.has(role)) {
    throw invalidField(`${param}.role`, `one of ${[...ROLES].join(", ")}`, role);
  }
  const content = message["content"];
  if (typeof content === "string") countText(content, tally);
  else if (Array.isArray(content)) checkParts(content, `${param}.content`, tally);
  else checkMissingContent(message, role, `${param}.content`);
  const name = optionalString(message["name"], `${param}.name`, MAX_NAME_LENGTH);
  if (name !== undefined) countText(name, tally);
  if (role === "tool" && typeof message["tool_call_id"] !== "string") {
    throw invalidField(
      `${param}.tool_call_id`,
      "the id of the call that this is the result of",
      message["tool_call_id"],
    );
  }
  if (role === "assistant") checkToolCalls(message["tool_calls"], `${param}.tool_calls`, tally);
  return role;
}

/** Only an assistant may say nothing: it called tools, refused, or its turn is to be continued. */
function checkMissingContent(message: JsonObject, role: string, param: string): void {
  const content = message["content"];
  const isEmpty = content === undefined || content === null;
  if (isEmpty && (role === "assistant" || role === "function")) return;
  throw invalidField(param, "a string or a list of parts", content);
}

function checkParts(parts: readonly unknown[], param: string, tally: Tally): void {
  optionalList(parts, param, MAX_PARTS);
  for (const [index, part] of parts.entries()) {
    const place = `${param}[${index}]`;
    if (!isObject(part)) throw invalidField(place, "an object with type", part);
    const type = part["type"];
    if (typeof type !== "string") throw invalidField(`${place}.type`, "a string", type);
    if (type === "text") {
      const text = part["text"];
      if (typeof text !== "string") throw invalidField(`${place}.text`, "a string", text);
      countText(text, tally);
    } else if (IMAGE_PARTS.has(type)) {
      const media = part[type];
      const url = isObject(media) ? media["url"] : media;
      if (typeof url !== "string") throw invalidField(`${place}.${type}.url`, "a URL or a data URL", url);
      tally.imageCount += 1;
    }
  }
}

function checkToolCalls(value: unknown, param: string, tally: Tally): void {
  for (const [index, call] of (optionalList(value, param, MAX_PARTS) ?? []).entries()) {
    const place = `${param}[${index}]`;
    if (!isObject(call)) throw invalidField(place, "an object with id, type and function", call);
    const called = optionalObject(call["function"], `${place}.function`);
    if (called === undefined) continue;
    for (const field of ["name", "arguments"]) {
      const text = called[field];
      if (typeof text !== "string") throw invalidField(`${place}.function.${field}`, "a string", text);
      countText(text, tally);
    }
  }
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts = content.map((part: unknown) =>
    isObject(part) && typeof part["text"] === "string" ? part["text"] : "",
  );
  return texts
    .filter((text) => text !== "")
    .map(headAndTail)
    .join("\n");
}

/** The ends of a long text, where instructions stand. */
export function headAndTail(text: string): string {
  if (text.length <= 2 * CLASSIFIED_CHARACTERS) return text;
  return `${text.slice(0, CLASSIFIED_CHARACTERS)}\n${text.slice(-CLASSIFIED_CHARACTERS)}`;
}
