import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { DEFAULT_ALIGNMENT, GGUF_MAGIC } from "../../src/hosting/gguf/gguf-format.ts";
import { ByteWriter, writeMetadataEntry } from "./metadata.ts";
import type { MetadataEntry } from "./metadata.ts";
import { encodeRow, rowBytes, STORAGE_TYPE_IDS } from "./tensor-encoding.ts";
import type { StorageType } from "./tensor-encoding.ts";

/** Rows are gathered to this size before they are written. */
const WRITE_BYTES = 4 * 1024 * 1024;

/**
 * A tensor whose numbers are asked for row by row, so that a model need not fit into memory.
 * `fillRow` is called once for each row, in order, and MUST set every element of `into`.
 */
export interface TensorSource {
  readonly name: string;
  /** Row length first, as in the file. A tensor of one dimension is one row. */
  readonly shape: readonly number[];
  readonly type: StorageType;
  readonly fillRow: (row: number, into: Float32Array) => void;
}

/** A model to be written: whoever has metadata and tensors can write a file, trained or made up. */
export interface ModelSource {
  readonly metadata: readonly MetadataEntry[];
  readonly tensors: readonly TensorSource[];
}

/** What was written: its size and its hash. */
export interface WrittenModel {
  readonly bytes: number;
  readonly sha256: string;
  readonly parameterCount: number;
}

/**
 * Writes `model` as a GGUF v3 file, replacing what was there. The same source gives the same bytes.
 * @param onProgress bytes written so far, and in all
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function writeGguf(
  file: string,
  model: ModelSource,
  onProgress: (writtenBytes: number, totalBytes: number) => void = () => {},
): Promise<WrittenModel> {
  const header = encodeHeader(model);
  const totalBytes = model.tensors.reduce((sum, tensor) => sum + alignUp(tensorBytes(tensor)), header.byteLength);
  const hash = createHash("sha256");
  const handle = await open(file, "w");
  let writtenBytes = 0;
  try {
    const write = async (chunk: Buffer): Promise<void> => {
      hash.update(chunk);
      await handle.writeFile(chunk);
      writtenBytes += chunk.byteLength;
      onProgress(writtenBytes, totalBytes);
    };
    await write(header);
    for (const tensor of model.tensors) await writeTensor(tensor, write);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const parameterCount = model.tensors.reduce((sum, tensor) => sum + elementsOf(tensor.shape), 0);
  return { bytes: writtenBytes, sha256: hash.digest("hex"), parameterCount };
}

/** Everything before the tensor data, padded to where that starts. */
export function encodeHeader(model: ModelSource): Buffer {
  const writer = new ByteWriter();
  writer.number("uint32", GGUF_MAGIC);
  writer.number("uint32", 3);
  writer.uint64(model.tensors.length);
  writer.uint64(model.metadata.length);
  for (const entry of model.metadata) writeMetadataEntry(writer, entry);
  let offset = 0;
  for (const tensor of model.tensors) {
    writer.string(tensor.name);
    writer.number("uint32", tensor.shape.length);
    for (const length of tensor.shape) writer.uint64(length);
    writer.number("uint32", STORAGE_TYPE_IDS[tensor.type]);
    writer.uint64(offset);
    offset += alignUp(tensorBytes(tensor));
  }
  writer.bytes(Buffer.alloc(alignUp(writer.byteLength) - writer.byteLength));
  return writer.concat();
}

async function writeTensor(tensor: TensorSource, write: (chunk: Buffer) => Promise<void>): Promise<void> {
  const rowLength = tensor.shape[0] ?? 1;
  const rowCount = elementsOf(tensor.shape.slice(1));
  const bytesPerRow = rowBytes(tensor.type, rowLength);
  const rowsPerChunk = Math.max(1, Math.floor(WRITE_BYTES / bytesPerRow));
  const row = new Float32Array(rowLength);
  for (let first = 0; first < rowCount; first += rowsPerChunk) {
    const rows = Math.min(rowsPerChunk, rowCount - first);
    const chunk = Buffer.allocUnsafe(rows * bytesPerRow);
    for (let index = 0; index < rows; index++) {
      tensor.fillRow(first + index, row);
      encodeRow(tensor.type, row, chunk.subarray(index * bytesPerRow, (index + 1) * bytesPerRow));
    }
    await write(chunk);
  }
  const padding = alignUp(tensorBytes(tensor)) - tensorBytes(tensor);
  if (padding > 0) await write(Buffer.alloc(padding));
}

function tensorBytes(tensor: TensorSource): number {
  return rowBytes(tensor.type, tensor.shape[0] ?? 1) * elementsOf(tensor.shape.slice(1));
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function alignUp(byteCount: number): number {
  return Math.ceil(byteCount / DEFAULT_ALIGNMENT) * DEFAULT_ALIGNMENT;
}
