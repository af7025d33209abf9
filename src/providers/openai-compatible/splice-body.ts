import { SignalboxError } from "../../core/errors.ts";

/** What becomes of one top-level member: its value is replaced (or the member added), or the member is left out. */
export type MemberEdit =
  | { readonly kind: "set"; value(current: Uint8Array | undefined): Uint8Array }
  | { readonly kind: "drop" };

/** One member of an object, as offsets into its bytes. `start` to `end` includes the white space around it. */
interface Member {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * The JSON object `json` with `edits` applied to its members, and every other byte as it was: unknown members, order,
 * white space, escapes and numbers of any size. Of a name that occurs more than once only the last member is kept, as
 * `JSON.parse` does, so that a server that reads the first cannot see another request than the one that was judged.
 * Throws `invalid_request` when `json` is not an object.
 */
export function spliceMembers(json: Uint8Array, edits: ReadonlyMap<string, MemberEdit>): Uint8Array {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const members = scanMembers(bytes);
  const lastOf = new Map(members.map((member, index) => [member.name, index]));
  const pieces: Uint8Array[] = [];
  const add = (...parts: readonly Uint8Array[]): void => {
    pieces.push(pieces.length === 0 ? OPENING : SEPARATOR, ...parts);
  };
  for (const [index, member] of members.entries()) {
    if (lastOf.get(member.name) !== index) continue;
    const edit = edits.get(member.name);
    if (edit === undefined) {
      add(bytes.subarray(member.start, member.end));
    } else if (edit.kind === "set") {
      const value = edit.value(bytes.subarray(member.valueStart, member.valueEnd));
      add(bytes.subarray(member.start, member.valueStart), value, bytes.subarray(member.valueEnd, member.end));
    }
  }
  for (const [name, edit] of edits) {
    if (edit.kind === "set" && !lastOf.has(name)) add(Buffer.from(`${JSON.stringify(name)}:`), edit.value(undefined));
  }
  if (pieces.length === 0) pieces.push(OPENING);
  pieces.push(CLOSING);
  return Buffer.concat(pieces);
}

/** The value of one member of the object `json`, the last of that name; `undefined` where there is none. Only that value is parsed. */
export function readMember(json: Uint8Array, name: string): unknown {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const member = scanMembers(bytes).findLast((each) => each.name === name);
  return member === undefined ? undefined : JSON.parse(bytes.toString("utf8", member.valueStart, member.valueEnd));
}

const OPENING = Buffer.from("{");
const SEPARATOR = Buffer.from(",");
const CLOSING = Buffer.from("}");

/** The members of the object that `bytes` hold. Nested values are skipped over, not looked into. */
function scanMembers(bytes: Buffer): readonly Member[] {
  const members: Member[] = [];
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) throw notAnObject();
  at += 1;
  for (;;) {
    const start = at;
    const nameStart = skipSpace(bytes, at);
    if (bytes[nameStart] === CLOSE_BRACE && members.length === 0) return members;
    const nameEnd = skipString(bytes, nameStart);
    const colon = skipSpace(bytes, nameEnd);
    if (bytes[colon] !== COLON) throw notAnObject();
    const valueStart = skipSpace(bytes, colon + 1);
    const valueEnd = skipValue(bytes, valueStart);
    const end = skipSpace(bytes, valueEnd);
    members.push({ name: nameOf(bytes.subarray(nameStart, nameEnd)), start, valueStart, valueEnd, end });
    if (bytes[end] === CLOSE_BRACE) return members;
    if (bytes[end] !== COMMA) throw notAnObject();
    at = end + 1;
  }
}

/** A name as `JSON.parse` reads it: `"mod\u0065l"` is `model`. */
function nameOf(quoted: Buffer): string {
  const text = quoted.toString("utf8");
  return text.includes("\\") ? (JSON.parse(text) as string) : text.slice(1, -1);
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

/** The offset after the string that starts at `from`. */
function skipString(bytes: Buffer, from: number): number {
  if (bytes[from] !== QUOTE) throw notAnObject();
  let at = from + 1;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) throw notAnObject();
    let backslashes = 0;
    while (bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    at = quote + 1;
    if (backslashes % 2 === 0) return at;
  }
}

/** The offset after the value that starts at `from`. Strings are jumped over, so that text costs next to nothing. */
function skipValue(bytes: Buffer, from: number): number {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return endOfScalar(bytes, from, at);
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (byte === COMMA && depth === 0) return endOfScalar(bytes, from, at);
    at += 1;
  }
  throw notAnObject();
}

/** A number or word ends where the white space after it begins. */
function endOfScalar(bytes: Buffer, from: number, until: number): number {
  let end = until;
  while (end > from && skipSpace(bytes, end - 1) !== end - 1) end -= 1;
  if (end === from) throw notAnObject();
  return end;
}

function notAnObject(): SignalboxError {
  return new SignalboxError("invalid_request", "The body is not a JSON object.");
}
