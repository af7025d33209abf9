import { SignalboxError } from "../../core/errors.ts";
import { isObject, type JsonObject } from "../wire/json-object.ts";

/** `data:image/png;base64,…`, as OpenAI's clients send pictures and files. @see https://www.rfc-editor.org/rfc/rfc2397 */
const DATA_URL = /^data:([^;,]+);base64,/;

/**
 * The content of a message in OpenAI's form as Anthropic's blocks. Blank texts are left out: Anthropic refuses them.
 * Throws `unsupported_parameter`, with the part's place, for what has no form there.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 * @see https://docs.claude.com/en/api/messages#body-messages-content
 */
export function blocksOf(content: unknown, param: string): readonly JsonObject[] {
  if (typeof content === "string") return content.trim() === "" ? [] : [{ type: "text", text: content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap(
    (part: unknown, index): readonly JsonObject[] | JsonObject => blockOf(part, `${param}[${index}]`) ?? [],
  );
}

function blockOf(part: unknown, param: string): JsonObject | undefined {
  if (!isObject(part)) throw unsupportedPart("unknown", param);
  const { type } = part;
  switch (type) {
    case "text":
    case "refusal": {
      const text = part[type];
      return typeof text !== "string" || text.trim() === "" ? undefined : { type: "text", text };
    }
    case "image_url":
      return { type: "image", source: pictureSource(urlIn(part["image_url"]), param) };
    case "file":
      return documentOf(part["file"], param);
    default:
      throw unsupportedPart(type, param);
  }
}

function urlIn(value: unknown): unknown {
  return isObject(value) ? value["url"] : value;
}

function pictureSource(url: unknown, param: string): JsonObject {
  if (typeof url !== "string") throw unsupportedPart("image_url", param);
  const found = DATA_URL.exec(url);
  if (found === null) return { type: "url", url };
  return { type: "base64", media_type: found[1], data: url.slice(found[0].length) };
}

/** Of files, only those that the caller sends along. @see https://platform.openai.com/docs/guides/pdf-files */
function documentOf(file: unknown, param: string): JsonObject {
  const data = isObject(file) ? file["file_data"] : undefined;
  const found = typeof data === "string" ? DATA_URL.exec(data) : null;
  if (!isObject(file) || typeof data !== "string" || found?.[1] !== "application/pdf") {
    throw unsupportedPart("file (other than a PDF as a data URL)", param);
  }
  const { filename } = file;
  return {
    type: "document",
    source: { type: "base64", media_type: found[1], data: data.slice(found[0].length) },
    ...(typeof filename === "string" ? { title: filename } : {}),
  };
}

function unsupportedPart(type: unknown, param: string): SignalboxError {
  const name = typeof type === "string" ? type.slice(0, 64) : "unknown";
  return new SignalboxError(
    "unsupported_parameter",
    `A part of the type ${name} can't be said in Anthropic's protocol.`,
    { param },
  );
}
