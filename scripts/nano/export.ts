import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelShape, Weights } from "../build-model/architectures.ts";
import { composeModel } from "../build-model/compose-model.ts";
import type { StorageType } from "../build-model/tensor-encoding.ts";
import { CHAT_TEMPLATE, tokenizerMetadata, TURN_END } from "../build-model/tokenizer.ts";
import type { Merge } from "../build-model/train-bpe.ts";
import { writeGguf } from "../build-model/write-gguf.ts";
import type { ModelSource, WrittenModel } from "../build-model/write-gguf.ts";
import { Encoder } from "./encoder.ts";

/** The lengths that the training chose. */
export interface TrainedShape {
  readonly vocabulary: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly ropeBase: number;
}

/** What train.py left: every number of every tensor, by the tensor's name in the file. */
export interface TrainedWeights {
  readonly shape: TrainedShape;
  readonly tensors: ReadonlyMap<string, Float32Array>;
}

/** Positions that the file allows; conversations in training had up to 2,048 tokens. */
const CONTEXT_TOKENS = 8192;

/** Reads `weights.json` and `weights.bin` of `folder`. */
export async function readTrainedWeights(folder: string): Promise<TrainedWeights> {
  const index = JSON.parse(await readFile(join(folder, "weights.json"), "utf8")) as {
    readonly shape: TrainedShape;
    readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
  };
  const bytes = await readFile(join(folder, "weights.bin"));
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const tensors = new Map<string, Float32Array>();
  let start = 0;
  for (const { name, shape } of index.tensors) {
    const end = start + shape.reduce((product, length) => product * length, 1);
    tensors.set(name, numbers.subarray(start, end));
    start = end;
  }
  if (start !== numbers.length) throw new Error(`${folder}/weights.bin has ${numbers.length} numbers, not ${start}.`);
  return { shape: index.shape, tensors };
}

/** The whole model: trained weights, the vocabulary of `merges` and the chat template of all our models. */
export function composeTrainedModel(
  { shape, tensors }: TrainedWeights,
  merges: readonly Merge[],
  type: StorageType = "Q8_0",
): ModelSource {
  const { tokenizer } = new Encoder(merges);
  if (tokenizer.tokens.length !== shape.vocabulary)
    throw new Error(`The weights are for ${shape.vocabulary} tokens, the vocabulary has ${tokenizer.tokens.length}.`);
  const modelShape: ModelShape = {
    architecture: "llama",
    layers: shape.layers,
    embeddingLength: shape.width,
    heads: shape.heads,
    kvHeads: shape.heads,
    feedForwardLength: shape.feedForward,
    contextTokens: CONTEXT_TOKENS,
    vocabularySize: shape.vocabulary,
    ropeBase: shape.ropeBase,
    tiedOutput: true,
  };
  const weights: Weights = ({ name, shape: [rowLength = 1] }) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`The trained weights lack ${name}.`);
    return (row, into) => into.set(tensor.subarray(row * rowLength, (row + 1) * rowLength));
  };
  return composeModel({
    name: "Signalbox Nano",
    description: "A tiny model trained on made-up office and support work. For demonstrations.",
    shape: modelShape,
    type,
    weights,
    tokenizer: tokenizerMetadata(tokenizer, { endToken: TURN_END, chatTemplate: CHAT_TEMPLATE }),
  });
}

/** Writes what was trained in `folder` as a model file. */
export async function exportModel(folder: string, file: string, type: StorageType = "Q8_0"): Promise<WrittenModel> {
  const merges = JSON.parse(await readFile(join(folder, "merges.json"), "utf8")) as Merge[];
  return await writeGguf(file, composeTrainedModel(await readTrainedWeights(folder), merges, type));
}
