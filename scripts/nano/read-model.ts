import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readGgufFileInfo } from "node-llama-cpp";
import { tensorTypeOf } from "../../src/hosting/gguf/gguf-format.ts";
import { readGguf } from "../../src/hosting/gguf/read-gguf-header.ts";
import { STORAGE_TYPE_IDS } from "../build-model/tensor-encoding.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { Encoder } from "./encoder.ts";
import type { TrainedShape } from "./export.ts";

/** What torch is compared with: a model file's vocabulary and its weights. */
export interface ReadModel {
  readonly merges: readonly Merge[];
  readonly shape: TrainedShape;
  /** As numbers of single precision: exactly what the blocks of the file say. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly numbers: Float32Array }>;
}

/** Reads a model file that `export.ts` wrote, as Q8_0 or F32. */
export async function readModel(file: string): Promise<ReadModel> {
  const read = await readGguf(file);
  if (read.kind === "problem") throw new Error(`${file}: ${read.message}`);
  const { metadata, tensors, dataOffset } = read.content;
  const bytes = await readFile(file);
  const numberOf = (key: string): number => {
    const value = metadata.get(`llama.${key}`);
    if (typeof value !== "number") throw new Error(`${file} does not say llama.${key}.`);
    return value;
  };
  const found = new Map<string, { shape: readonly number[]; numbers: Float32Array }>();
  for (const { name, shape, typeId, offset, elements } of tensors) {
    const { blockElements = 1, blockBytes = 4 } = tensorTypeOf(typeId) ?? {};
    const start = dataOffset + offset;
    const data = bytes.subarray(start, start + (elements / blockElements) * blockBytes);
    found.set(name, { shape, numbers: decode(typeId, data, elements) });
  }
  const merges = await readMerges(file);
  return {
    merges,
    shape: {
      vocabulary: new Encoder(merges).tokenizer.tokens.length,
      width: numberOf("embedding_length"),
      layers: numberOf("block_count"),
      heads: numberOf("attention.head_count"),
      feedForward: numberOf("feed_forward_length"),
      ropeBase: numberOf("rope.freq_base"),
    },
    tensors: found,
  };
}

/** Writes `weights.json` and `weights.bin` into `folder`, as train.py does. */
export async function writeWeights(
  folder: string,
  { shape, tensors }: Pick<ReadModel, "shape" | "tensors">,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const listed = [...tensors].map(([name, { shape: lengths }]) => ({ name, shape: lengths }));
  const parts = [...tensors.values()].map(({ numbers }) =>
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  );
  await writeFile(join(folder, "weights.bin"), Buffer.concat(parts));
  await writeFile(join(folder, "weights.json"), JSON.stringify({ shape, tensors: listed }));
}

async function readMerges(file: string): Promise<Merge[]> {
  const { metadata } = await readGgufFileInfo(file, { readTensorInfo: false, logWarnings: false });
  const merges: unknown = metadata.tokenizer.ggml.merges;
  if (!Array.isArray(merges)) throw new Error(`${file} has no merges.`);
  return merges.map((merge) => {
    const [left, right] = String(merge).split(" ");
    if (left === undefined || right === undefined) throw new Error(`${file} has a merge of one symbol.`);
    return [left, right];
  });
}

const Q8_BLOCK_ELEMENTS = 32;
const Q8_BLOCK_BYTES = 34;

function decode(typeId: number, data: Buffer, elements: number): Float32Array {
  const numbers = new Float32Array(elements);
  if (typeId === STORAGE_TYPE_IDS.F32) {
    for (let index = 0; index < elements; index++) numbers[index] = data.readFloatLE(index * 4);
    return numbers;
  }
  if (typeId !== STORAGE_TYPE_IDS.Q8_0) throw new Error(`Tensors of type ${typeId} are not read here.`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let block = 0; block * Q8_BLOCK_ELEMENTS < elements; block++) {
    const at = block * Q8_BLOCK_BYTES;
    const scale = view.getFloat16(at, true);
    for (let index = 0; index < Q8_BLOCK_ELEMENTS; index++)
      numbers[block * Q8_BLOCK_ELEMENTS + index] = scale * view.getInt8(at + 2 + index);
  }
  return numbers;
}
