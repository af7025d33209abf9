import { VALUE_TYPES } from "../../src/hosting/gguf/gguf-format.ts";

type NumberType = "uint16" | "uint32" | "int32" | "float32";

/** A value as it is written: the type is part of the format and is never guessed from the value. */
export type MetadataValue =
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "int32-array"; readonly value: readonly number[] }
  | { readonly type: "string-array"; readonly value: readonly string[] };

/** One key with its value; a file keeps the order. */
export type MetadataEntry = readonly [key: string, value: MetadataValue];

/** The number and the count of the parts of a split model. */
export const uint16 = (value: number): MetadataValue => ({ type: "uint16", value });
/** A count, length or id. */
export const uint32 = (value: number): MetadataValue => ({ type: "uint32", value });
/** A number that may be negative. */
export const int32 = (value: number): MetadataValue => ({ type: "int32", value });
/** A number with a fraction, such as a frequency or an epsilon. */
export const float32 = (value: number): MetadataValue => ({ type: "float32", value });
/** A yes or no. */
export const bool = (value: boolean): MetadataValue => ({ type: "bool", value });
/** A text in UTF-8. */
export const text = (value: string): MetadataValue => ({ type: "string", value });
/** Many numbers, such as the types of all tokens. */
export const int32Array = (value: readonly number[]): MetadataValue => ({ type: "int32-array", value });
/** Many texts, such as all tokens. */
export const textArray = (value: readonly string[]): MetadataValue => ({ type: "string-array", value });

/** Collects little-endian bytes. */
export class ByteWriter {
  readonly #parts: Buffer[] = [];
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  bytes(part: Buffer): void {
    this.#parts.push(part);
    this.#byteLength += part.byteLength;
  }

  number(type: NumberType, value: number): void {
    const part = Buffer.alloc(type === "uint16" ? 2 : 4);
    if (type === "uint16") part.writeUInt16LE(value);
    else if (type === "float32") part.writeFloatLE(value);
    else if (type === "int32") part.writeInt32LE(value);
    else part.writeUInt32LE(value);
    this.bytes(part);
  }

  uint64(value: number): void {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    this.bytes(part);
  }

  string(value: string): void {
    const part = Buffer.from(value, "utf8");
    this.uint64(part.byteLength);
    this.bytes(part);
  }

  concat(): Buffer {
    return Buffer.concat(this.#parts, this.#byteLength);
  }
}

/** Writes one metadata entry: key, type, value. */
export function writeMetadataEntry(writer: ByteWriter, [key, value]: MetadataEntry): void {
  writer.string(key);
  switch (value.type) {
    case "bool":
      writer.number("uint32", VALUE_TYPES.bool);
      writer.bytes(Buffer.from([value.value ? 1 : 0]));
      return;
    case "string":
      writer.number("uint32", VALUE_TYPES.string);
      writer.string(value.value);
      return;
    case "int32-array":
      writeArrayHead(writer, VALUE_TYPES.int32, value.value.length);
      for (const element of value.value) writer.number("int32", element);
      return;
    case "string-array":
      writeArrayHead(writer, VALUE_TYPES.string, value.value.length);
      for (const element of value.value) writer.string(element);
      return;
    default:
      writer.number("uint32", VALUE_TYPES[value.type]);
      writer.number(value.type, value.value);
  }
}

function writeArrayHead(writer: ByteWriter, elementType: number, length: number): void {
  writer.number("uint32", VALUE_TYPES.array);
  writer.number("uint32", elementType);
  writer.uint64(length);
}
