import { SignalboxError } from "../../core/errors.ts";
import { isObject } from "../openai/parse-json-object.ts";
import { invalidField, stringMember, type JsonObject } from "../openai/read-fields.ts";

/** Blocks of one message, of the instructions, or of one tool's result. */
export const MAX_BLOCKS = 4_096;

/** The blocks of a list, each an object with a `type`. Throws `invalid_request` with the place of what is none. */
export function blocksOf(value: unknown, param: string): readonly (JsonObject & { readonly type: string })[] {
  if (!Array.isArray(value) || value.length > MAX_BLOCKS) {
    throw invalidField(param, `a string or a list of at most ${MAX_BLOCKS} blocks`, value);
  }
  return value.map((block: unknown, index) => {
    const type = isObject(block) ? block["type"] : undefined;
    if (!isObject(block) || typeof type !== "string")
      throw invalidField(`${param}[${index}]`, "a block with type", block);
    return { ...block, type };
  });
}

/** What can't be said to a model in OpenAI's form. */
export function unsupportedBlock(type: string, param: string): SignalboxError {
  return new SignalboxError(
    "unsupported_parameter",
    `${param} is a block of the type ${type.slice(0, 64)}, which only Anthropic's own servers can read.`,
    { param },
  );
}

/**
 * The texts of a block that holds nothing else: a text, a document given as text, a result of a search. Nothing for all
 * other types.
 * @see https://docs.claude.com/en/api/messages#body-messages-content
 */
export function textsOf(block: JsonObject & { readonly type: string }, param: string): readonly string[] | undefined {
  if (block.type === "text") return [stringMember(block, "text", param)];
  if (block.type === "search_result") {
    return [stringMember(block, "title", param), ...contentTexts(block["content"], `${param}.content`)];
  }
  if (block.type !== "document") return undefined;
  const source = block["source"];
  const place = `${param}.source`;
  if (!isObject(source)) throw invalidField(place, "an object with type", source);
  const about = ["title", "context"].flatMap((name) => (typeof block[name] === "string" ? [block[name]] : []));
  if (source["type"] === "text") return [...about, stringMember(source, "data", place)];
  if (source["type"] === "content") return [...about, ...contentTexts(source["content"], `${place}.content`)];
  throw new SignalboxError(
    "unsupported_parameter",
    `${place}.type must be text or content: other documents are not read here.`,
    {
      param: `${place}.type`,
    },
  );
}

/** The texts of a content that may hold nothing else: a string, or blocks of text. */
export function contentTexts(content: unknown, param: string): readonly string[] {
  if (typeof content === "string") return [content];
  return blocksOf(content, param).flatMap((block, index) => {
    const texts = textsOf(block, `${param}[${index}]`);
    if (texts === undefined) throw unsupportedBlock(block.type, `${param}[${index}]`);
    return texts;
  });
}
