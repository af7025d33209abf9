import { isUtf8 } from "node:buffer";
import { SignalboxError } from "../../core/errors.ts";
import type { JsonObject } from "./read-fields.ts";

/** Arrays and objects that may lie in one another: deeper bodies would overflow the stack of whoever walks them. */
const MAX_DEPTH = 128;

/** Values in one body. A body of nothing but `[],[],…` would otherwise take fifty times its size in memory. */
const MAX_VALUES = 1_000_000;

/** Bytes of a string that are looked at one by one before the native search takes over. */
const NATIVE_SEARCH_AFTER_BYTES = 256;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Parses a request body that must be one JSON object. Refuses what would be read differently further on, or would
 * hurt this process: bytes that are no UTF-8, a field named twice, nesting beyond {@link MAX_DEPTH}, more than
 * {@link MAX_VALUES} values. A field named `__proto__` is a field like any other.
 * Throws `invalid_request`. @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJsonObject(body: Uint8Array): JsonObject {
  if (body.byteLength === 0) throw refused("The body is empty; it must be a JSON object.");
  if (!isUtf8(body)) throw refused("The body is not valid UTF-8.");
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const outline = outlineJson(bytes);
  if (outline.depth > MAX_DEPTH) throw refused(`The body is nested more than ${MAX_DEPTH} levels deep.`);
  if (outline.values > MAX_VALUES) throw refused(`The body has more than ${MAX_VALUES} values.`);
  const value = parse(bytes.toString("utf8"));
  if (!isObject(value)) throw refused("The body must be a JSON object.");
  if (Object.keys(value).length !== outline.topLevelFields) {
    throw refused("The body names a field twice at its top level, and readers differ in which of the two they take.");
  }
  return value;
}

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser quotes the text around the mistake, which may be a prompt; only the position is passed on.
    const position =
      error instanceof Error ? /position \d+(?: \(line \d+ column \d+\))?/.exec(error.message)?.[0] : null;
    throw refused(`The body is not valid JSON${position === undefined || position === null ? "" : ` at ${position}`}.`);
  }
}

interface Outline {
  readonly depth: number;
  readonly values: number;
  readonly topLevelFields: number;
}

/**
 * Counts brackets, commas and colons outside strings, in one pass; stops at the first limit. What is no JSON gives some
 * outline, and then the parser refuses it.
 */
function outlineJson(bytes: Buffer): Outline {
  let depth = 0;
  let deepest = 0;
  let values = 0;
  let topLevelFields = 0;
  for (let index = 0; index < bytes.length && deepest <= MAX_DEPTH && values <= MAX_VALUES; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) index = endOfString(bytes, index + 1);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      values += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    else if (byte === COMMA) values += 1;
    else if (byte === COLON && depth === 1) topLevelFields += 1;
  }
  return { depth: deepest, values, topLevelFields };
}

/** Index of the quote that closes the string whose text begins at `start`, or the end of the bytes. */
export function endOfString(bytes: Buffer, start: number): number {
  let index = start;
  for (;;) {
    const until = Math.min(bytes.length, index + NATIVE_SEARCH_AFTER_BYTES);
    while (index < until) {
      const byte = bytes[index];
      if (byte === QUOTE) return index;
      index += byte === BACKSLASH ? 2 : 1;
    }
    if (index >= bytes.length) return bytes.length;
    const quote = bytes.indexOf(QUOTE, index);
    if (quote === -1) return bytes.length;
    if (!isEscaped(bytes, quote, index)) return quote;
    index = quote + 1;
  }
}

/** Whether an odd number of backslashes stands before the byte; `from` is known to begin outside an escape. */
function isEscaped(bytes: Buffer, at: number, from: number): boolean {
  let before = at - 1;
  while (before >= from && bytes[before] === BACKSLASH) before -= 1;
  return (at - 1 - before) % 2 === 1;
}

function refused(message: string): SignalboxError {
  return new SignalboxError("invalid_request", message);
}
