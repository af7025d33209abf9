import { endianness } from "node:os";
import { tensorTypeOf } from "../../src/hosting/gguf/gguf-format.ts";
import type { TensorType } from "../../src/hosting/gguf/gguf-format.ts";

/** Storage types that this writer can produce. */
export const STORAGE_TYPE_IDS = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 8 } as const;

/** How a tensor's numbers are stored. */
export type StorageType = keyof typeof STORAGE_TYPE_IDS;

/** Elements and bytes of one block. */
export function storageTypeFacts(type: StorageType): TensorType {
  const facts = tensorTypeOf(STORAGE_TYPE_IDS[type]);
  if (facts === undefined) throw new Error(`The format has no tensor type ${type}.`);
  return facts;
}

/** Bytes of one row of `elements` numbers. */
export function rowBytes(type: StorageType, elements: number): number {
  const { blockElements, blockBytes } = storageTypeFacts(type);
  if (elements % blockElements !== 0) {
    throw new Error(`A row of ${elements} numbers is not a whole number of ${type} blocks of ${blockElements}.`);
  }
  return (elements / blockElements) * blockBytes;
}

/** Encodes a row of numbers at the start of `into`, which has `rowBytes` of room. */
export function encodeRow(type: StorageType, row: Float32Array, into: Buffer): void {
  if (type === "Q8_0") encodeQ8Row(row, into);
  else if (type === "Q4_0") encodeQ4Row(row, into);
  else if (type === "F16")
    for (let index = 0; index < row.length; index++) into.writeUInt16LE(float16Bits(row[index] ?? 0), index * 2);
  else encodeFloat32Row(row, into);
}

const IS_LITTLE_ENDIAN = endianness() === "LE";

function encodeFloat32Row(row: Float32Array, into: Buffer): void {
  if (IS_LITTLE_ENDIAN) into.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  else for (let index = 0; index < row.length; index++) into.writeFloatLE(row[index] ?? 0, index * 4);
}

const HALF = new Float16Array(1);
const HALF_BITS = new Uint16Array(HALF.buffer);

function float16Bits(value: number): number {
  HALF[0] = value;
  return HALF_BITS[0] ?? 0;
}

const Q8_BLOCK_ELEMENTS = 32;
const Q8_BLOCK_BYTES = 34;

/**
 * Blocks of 32 numbers as one half-precision scale and 32 signed bytes, computed in single precision and rounded away
 * from zero at one half, as llama.cpp's own quantizer does.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-quants.c (quantize_row_q8_0_ref)
 */
function encodeQ8Row(row: Float32Array, into: Buffer): void {
  for (let start = 0, at = 0; start < row.length; start += Q8_BLOCK_ELEMENTS, at += Q8_BLOCK_BYTES) {
    let largest = 0;
    for (let index = start; index < start + Q8_BLOCK_ELEMENTS; index++) {
      largest = Math.max(largest, Math.abs(row[index] ?? 0));
    }
    const scale = Math.fround(largest / 127);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    into.writeUInt16LE(float16Bits(scale), at);
    for (let index = 0; index < Q8_BLOCK_ELEMENTS; index++) {
      const scaled = Math.fround((row[start + index] ?? 0) * inverse);
      into[at + 2 + index] = scaled < 0 ? -Math.floor(0.5 - scaled) : Math.floor(0.5 + scaled);
    }
  }
}

const Q4_BLOCK_ELEMENTS = 32;
const Q4_BLOCK_BYTES = 18;

/**
 * Blocks of 32 numbers as one half-precision scale and 32 numbers of four bits, the second half of them in the upper bits.
 * The number furthest from zero becomes -8.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-quants.c (quantize_row_q4_0_ref)
 */
function encodeQ4Row(row: Float32Array, into: Buffer): void {
  const half = Q4_BLOCK_ELEMENTS / 2;
  for (let start = 0, at = 0; start < row.length; start += Q4_BLOCK_ELEMENTS, at += Q4_BLOCK_BYTES) {
    let furthest = 0;
    for (let index = start; index < start + Q4_BLOCK_ELEMENTS; index++) {
      const value = row[index] ?? 0;
      if (Math.abs(value) > Math.abs(furthest)) furthest = value;
    }
    const scale = Math.fround(furthest / -8);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    into.writeUInt16LE(float16Bits(scale), at);
    const fourBits = (value = 0): number => Math.min(15, Math.trunc(Math.fround(Math.fround(value * inverse) + 8.5)));
    for (let index = 0; index < half; index++)
      into[at + 2 + index] = fourBits(row[start + index]) | (fourBits(row[start + half + index]) << 4);
  }
}
