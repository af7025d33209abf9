import { endOfString } from "./parse-json-object.ts";

/** A value to put in a member's place, as JSON text, or `drop` to leave the member out. */
export type MemberEdit = Uint8Array | "drop";

/** One member of an object's top level, as positions in its bytes. */
export interface Member {
  readonly name: string;
  /** Of the quote before the name. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

/**
 * Finds the members of a JSON object without building it: answers and chunks are passed on in their own bytes, and
 * only a few members are changed. The bytes must be valid JSON, as endpoints promise; nothing for what is clearly not
 * an object.
 */
export function findMembers(json: Buffer): readonly Member[] | undefined {
  let index = skipSpace(json, 0);
  if (json[index] !== OPEN_BRACE) return undefined;
  const members: Member[] = [];
  index = skipSpace(json, index + 1);
  while (json[index] === QUOTE) {
    const nameEnd = endOfString(json, index + 1);
    const colon = skipSpace(json, nameEnd + 1);
    if (json[colon] !== COLON) return undefined;
    const valueStart = skipSpace(json, colon + 1);
    const valueEnd = endOfValue(json, valueStart);
    members.push({ name: json.toString("latin1", index + 1, nameEnd), start: index, valueStart, valueEnd });
    index = skipSpace(json, valueEnd);
    if (json[index] === CLOSE_BRACE) return members;
    if (json[index] !== COMMA) return undefined;
    index = skipSpace(json, index + 1);
  }
  return json[index] === CLOSE_BRACE ? members : undefined;
}

/**
 * The pieces of the object with `edits` applied, each named member replaced where it stands, and `appended` members
 * (`"name":value`) at the end. Unchanged bytes are views of `json`; runs of them are one piece.
 */
export function editMembers(
  json: Buffer,
  members: readonly Member[],
  edits: ReadonlyMap<string, MemberEdit>,
  appended: readonly Uint8Array[],
): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let runStart = -1;
  let runEnd = -1;
  const add = (piece: Uint8Array): void => {
    pieces.push(pieces.length === 0 ? OPENING : SEPARATOR, piece);
  };
  const endRun = (): void => {
    if (runStart >= 0) add(json.subarray(runStart, runEnd));
    runStart = -1;
  };
  for (const member of members) {
    const edit = edits.get(member.name);
    if (edit === undefined) {
      if (runStart < 0) runStart = member.start;
      runEnd = member.valueEnd;
      continue;
    }
    endRun();
    if (edit === "drop") continue;
    add(json.subarray(member.start, member.valueStart));
    pieces.push(edit);
  }
  endRun();
  for (const member of appended) add(member);
  if (pieces.length === 0) pieces.push(OPENING);
  pieces.push(CLOSING);
  return pieces;
}

const OPENING = Buffer.from("{");
const SEPARATOR = Buffer.from(",");
const CLOSING = Buffer.from("}");

function skipSpace(json: Buffer, start: number): number {
  let index = start;
  while ((json[index] ?? QUOTE) <= SPACE) index += 1;
  return index;
}

function endOfValue(json: Buffer, start: number): number {
  let depth = 0;
  for (let index = start; index < json.length; index++) {
    const byte = json[index] ?? 0;
    if (byte === QUOTE) {
      index = endOfString(json, index + 1);
      if (depth === 0) return index + 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return endOfScalar(json, start, index);
      depth -= 1;
      if (depth === 0) return index + 1;
    } else if (byte === COMMA && depth === 0) return endOfScalar(json, start, index);
  }
  return json.length;
}

/** A number or a word ends before the space that may follow it. */
function endOfScalar(json: Buffer, start: number, limit: number): number {
  let end = limit;
  while (end > start && (json[end - 1] ?? 0) <= SPACE) end -= 1;
  return end;
}
