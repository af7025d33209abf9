import { ByteCursor, malformed, ParseStop } from "./byte-cursor.ts";
import {
  DEFAULT_ALIGNMENT,
  GGUF_MAGIC,
  GGUF_VERSIONS,
  MAX_TENSOR_DIMENSIONS,
  tensorTypeOf,
  VALUE_TYPES,
} from "./gguf-format.ts";
import type { GgufProblem } from "./gguf-problem.ts";

/** Metadata entries; known models have under 100. */
const MAX_METADATA_ENTRIES = 10_000;
/** Tensors; the largest known models have a few thousand. */
const MAX_TENSORS = 100_000;
/** Text kept of one value, in bytes: chat templates reach 100 KiB, embedded tokenizers many MiB. */
const MAX_KEPT_TEXT_BYTES = 512 * 1024;
/** Elements kept of one number array: enough for one value per layer, far less than one per token. */
const MAX_KEPT_ARRAY_ELEMENTS = 1024;
/** Text of a key or of a tensor's name, in bytes. */
const MAX_NAME_BYTES = 65_535;

/** An array in the metadata. Its numbers are kept when they are few; text never is. */
export interface GgufArray {
  readonly length: number;
  readonly numbers?: readonly number[];
}

/** A metadata value; undefined when it is too large to be kept. */
export type GgufValue = string | number | boolean | GgufArray | undefined;

/** One tensor as the header lists it: its name, shape, type and place in the file. */
export interface GgufTensorInfo {
  readonly name: string;
  readonly shape: readonly number[];
  readonly typeId: number;
  /** From the start of the tensor data. */
  readonly offset: number;
  readonly elements: number;
  /** Absent for a tensor type that is newer than this reader. */
  readonly bytes?: number;
}

/** The whole header of a GGUF file. */
export interface GgufContent {
  readonly kind: "content";
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensorInfo[];
  /** Where the tensor data starts. */
  readonly dataOffset: number;
}

/**
 * Parses the header of a GGUF file from its front part. Never throws, and never allocates or loops beyond what
 * `prefix` holds, whatever it says. `incomplete`: call again with a longer prefix.
 */
export function parseGguf(
  prefix: Uint8Array,
  fileBytes: number,
): GgufContent | GgufProblem | { readonly kind: "incomplete" } {
  try {
    return parseContent(new ByteCursor(prefix, fileBytes), fileBytes);
  } catch (stopped) {
    if (stopped instanceof ParseStop) return stopped.outcome;
    throw stopped;
  }
}

function parseContent(cursor: ByteCursor, fileBytes: number): GgufContent {
  const version = parsePreamble(cursor);
  const tensorCount = boundedCount(cursor, MAX_TENSORS, "tensors");
  const metadataCount = boundedCount(cursor, MAX_METADATA_ENTRIES, "metadata entries");

  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < metadataCount; index++) {
    const key = parseName(cursor, "metadata key");
    if (metadata.has(key)) throw malformed(`The metadata key ${quote(key)} appears twice.`);
    metadata.set(key, parseValue(cursor, cursor.uint32(), key));
  }

  const alignment = alignmentOf(metadata);
  const names = new Set<string>();
  const tensors: GgufTensorInfo[] = [];
  for (let index = 0; index < tensorCount; index++) {
    const tensor = parseTensorInfo(cursor, alignment);
    if (names.has(tensor.name)) throw malformed(`The tensor ${quote(tensor.name)} appears twice.`);
    names.add(tensor.name);
    tensors.push(tensor);
  }

  const dataOffset = Math.ceil(cursor.position / alignment) * alignment;
  for (const tensor of tensors) expectInsideFile(tensor, dataOffset, fileBytes);
  return { kind: "content", version, metadata, tensors, dataOffset };
}

function parsePreamble(cursor: ByteCursor): number {
  if (cursor.uint32() !== GGUF_MAGIC) {
    throw new ParseStop({ kind: "problem", problem: "not-gguf", message: "The file does not begin with GGUF." });
  }
  const version = cursor.uint32();
  if (GGUF_VERSIONS.includes(version)) return version;
  // A big-endian file has the version's one non-zero byte at the other end.
  const reason =
    version > 0xffff
      ? "The file was written for big-endian machines."
      : `The file has GGUF version ${version}; ${GGUF_VERSIONS.join(" and ")} can be read.`;
  throw new ParseStop({ kind: "problem", problem: "unsupported-version", message: reason });
}

function boundedCount(cursor: ByteCursor, limit: number, what: string): number {
  const count = cursor.count(what);
  if (count > limit) throw malformed(`The header announces ${count} ${what}; at most ${limit} are accepted.`);
  return count;
}

function parseName(cursor: ByteCursor, what: string): string {
  const name = cursor.string(MAX_NAME_BYTES);
  if (name === undefined || name === "") throw malformed(`A ${what} is empty or longer than ${MAX_NAME_BYTES} bytes.`);
  return name;
}

function parseValue(cursor: ByteCursor, type: number, key: string): GgufValue {
  if (type === VALUE_TYPES.array) return parseArray(cursor, key);
  if (type === VALUE_TYPES.string) return cursor.string(MAX_KEPT_TEXT_BYTES);
  if (type === VALUE_TYPES.bool) return cursor.uint8() !== 0;
  return parseNumber(cursor, type, key);
}

/** A number of any width; undefined for an integer that a double can't hold exactly. */
function parseNumber(cursor: ByteCursor, type: number, key: string): number | undefined {
  switch (type) {
    case VALUE_TYPES.uint8:
      return cursor.uint8();
    case VALUE_TYPES.int8:
      return cursor.int8();
    case VALUE_TYPES.uint16:
      return cursor.uint16();
    case VALUE_TYPES.int16:
      return cursor.int16();
    case VALUE_TYPES.uint32:
      return cursor.uint32();
    case VALUE_TYPES.int32:
      return cursor.int32();
    case VALUE_TYPES.float32:
      return cursor.float32();
    case VALUE_TYPES.float64:
      return cursor.float64();
    case VALUE_TYPES.uint64:
      return toSafeNumber(cursor.uint64());
    case VALUE_TYPES.int64:
      return toSafeNumber(cursor.int64());
    default:
      throw malformed(`The metadata key ${quote(key)} has the unknown value type ${type}.`);
  }
}

function toSafeNumber(value: bigint): number | undefined {
  const converted = Number(value);
  return Number.isSafeInteger(converted) ? converted : undefined;
}

/** Bytes of one array element by value type; strings are handled on their own, and arrays of arrays are not read. */
const ELEMENT_BYTES: Readonly<Record<number, number>> = {
  [VALUE_TYPES.uint8]: 1,
  [VALUE_TYPES.int8]: 1,
  [VALUE_TYPES.bool]: 1,
  [VALUE_TYPES.uint16]: 2,
  [VALUE_TYPES.int16]: 2,
  [VALUE_TYPES.uint32]: 4,
  [VALUE_TYPES.int32]: 4,
  [VALUE_TYPES.float32]: 4,
  [VALUE_TYPES.uint64]: 8,
  [VALUE_TYPES.int64]: 8,
  [VALUE_TYPES.float64]: 8,
};
/** A string is at least its length prefix. */
const MIN_STRING_BYTES = 8;

function parseArray(cursor: ByteCursor, key: string): GgufArray {
  const type = cursor.uint32();
  const length = cursor.count(`elements of ${quote(key)}`);
  if (type === VALUE_TYPES.string) {
    cursor.expectRoomFor(length, MIN_STRING_BYTES, `texts in ${quote(key)}`);
    for (let index = 0; index < length; index++) cursor.string(0);
    return { length };
  }
  const elementBytes = ELEMENT_BYTES[type];
  if (elementBytes === undefined) throw malformed(`The array ${quote(key)} has elements of the unknown type ${type}.`);
  cursor.expectRoomFor(length, elementBytes, `elements in ${quote(key)}`);
  if (length > MAX_KEPT_ARRAY_ELEMENTS || type === VALUE_TYPES.bool) {
    cursor.skip(length * elementBytes);
    return { length };
  }
  const numbers: number[] = [];
  for (let index = 0; index < length; index++) numbers.push(parseNumber(cursor, type, key) ?? Number.NaN);
  return { length, numbers };
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const value = metadata.get("general.alignment");
  if (value === undefined) return DEFAULT_ALIGNMENT;
  const isPowerOfTwo =
    typeof value === "number" && Number.isInteger(value) && value > 0 && 2 ** Math.round(Math.log2(value)) === value;
  if (!isPowerOfTwo) throw malformed("general.alignment is not a power of two.");
  return value;
}

function parseTensorInfo(cursor: ByteCursor, alignment: number): GgufTensorInfo {
  const name = parseName(cursor, "tensor name");
  const dimensions = cursor.uint32();
  if (dimensions > MAX_TENSOR_DIMENSIONS) throw malformed(`The tensor ${quote(name)} has ${dimensions} dimensions.`);
  const shape: number[] = [];
  let elements = 1;
  for (let index = 0; index < dimensions; index++) {
    const length = cursor.count(`elements of ${quote(name)}`);
    shape.push(length);
    elements *= length;
  }
  if (!Number.isSafeInteger(elements))
    throw malformed(`The tensor ${quote(name)} has more elements than can be counted.`);
  const typeId = cursor.uint32();
  const offset = cursor.count(`bytes before ${quote(name)}`);
  if (offset % alignment !== 0)
    throw malformed(`The tensor ${quote(name)} does not start at a multiple of ${alignment}.`);

  const type = tensorTypeOf(typeId);
  if (type === undefined) return { name, shape, typeId, offset, elements };
  if ((shape[0] ?? 1) % type.blockElements !== 0) {
    throw malformed(`The rows of ${quote(name)} are not whole blocks of ${type.blockElements} (${type.name}).`);
  }
  return { name, shape, typeId, offset, elements, bytes: (elements / type.blockElements) * type.blockBytes };
}

function expectInsideFile(tensor: GgufTensorInfo, dataOffset: number, fileBytes: number): void {
  const end = dataOffset + tensor.offset + (tensor.bytes ?? 0);
  if (end <= fileBytes) return;
  const message = `The tensor ${quote(tensor.name)} ends at byte ${end}, but the file has only ${fileBytes}.`;
  throw new ParseStop({ kind: "problem", problem: "truncated", message });
}

/** A name from the file, shortened and made safe to print. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
