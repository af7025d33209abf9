import { float32, text, textArray, uint32 } from "./metadata.ts";
import type { MetadataEntry } from "./metadata.ts";
import type { StorageType } from "./tensor-encoding.ts";
import { STORAGE_TYPE_IDS } from "./tensor-encoding.ts";
import type { TensorSource } from "./write-gguf.ts";

/** The numbers that fix a transformer's tensors. Lengths in elements. */
export interface ModelShape {
  readonly architecture: "llama" | "qwen2" | "qwen3" | "qwen3moe" | "gemma3";
  readonly layers: number;
  readonly embeddingLength: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly feedForwardLength: number;
  readonly contextTokens: number;
  readonly vocabularySize: number;
  /** Of the positions' rotation. */
  readonly ropeBase: number;
  /** Whether the answer is read off with the embedding's own matrix; there is no `output.weight` then. */
  readonly tiedOutput: boolean;
  readonly pooling?: "mean" | "rank";
  /** For `qwen3moe`: how many experts there are, how many a token takes, and how wide each is. */
  readonly experts?: { readonly count: number; readonly used: number; readonly feedForwardLength: number };
  /** For `gemma3`: what five of six layers see of the text before. */
  readonly slidingWindowTokens?: number;
}

/** What a tensor is for; weights are chosen by it. */
export type TensorRole =
  | "embedding"
  | "output"
  | "norm"
  | "output-norm"
  | "query"
  | "key"
  | "value"
  | "bias"
  | "gate"
  | "up"
  /** Writes into the residual stream. */
  | "attention-output"
  | "down"
  /** Chooses the experts. */
  | "router"
  | "classifier";

/** A tensor before its numbers are known. */
export interface TensorPlan {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: TensorRole;
}

/** Gives each tensor its numbers. */
export type Weights = (plan: TensorPlan) => TensorSource["fillRow"];

/** llama.h's numbers for how vectors are pooled, and for what most weights are stored as. */
const POOLING_NUMBERS = { mean: 1, rank: 4 } as const;
const FILE_TYPE_NUMBERS: Readonly<Record<StorageType, number>> = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 7 };
const QUANTIZATION_VERSION = 2;
const RMS_EPSILON = 1e-6;
const HAS_HEAD_NORMS: ReadonlySet<ModelShape["architecture"]> = new Set(["qwen3", "qwen3moe", "gemma3"]);
/** Stay in full precision, as llama.cpp requires. */
const FULL_PRECISION_ROLES: ReadonlySet<TensorRole> = new Set(["classifier", "router"]);

/** The metadata that says what the model is. */
export function identityMetadata(identity: {
  readonly architecture: string;
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly type: StorageType;
}): MetadataEntry[] {
  return [
    ["general.architecture", text(identity.architecture)],
    ["general.type", text("model")],
    ["general.name", text(identity.name)],
    ["general.description", text(identity.description)],
    ["general.license", text(identity.license)],
    ["general.quantization_version", uint32(QUANTIZATION_VERSION)],
    ["general.file_type", uint32(FILE_TYPE_NUMBERS[identity.type])],
  ];
}

/**
 * The metadata that says how large the model is.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md#llm
 */
export function shapeMetadata(shape: ModelShape): MetadataEntry[] {
  const key = (name: string): string => `${shape.architecture}.${name}`;
  const headLength = shape.embeddingLength / shape.heads;
  return [
    [key("block_count"), uint32(shape.layers)],
    [key("context_length"), uint32(shape.contextTokens)],
    [key("embedding_length"), uint32(shape.embeddingLength)],
    [key("feed_forward_length"), uint32(shape.feedForwardLength)],
    [key("attention.head_count"), uint32(shape.heads)],
    [key("attention.head_count_kv"), uint32(shape.kvHeads)],
    [key("attention.key_length"), uint32(headLength)],
    [key("attention.value_length"), uint32(headLength)],
    [key("attention.layer_norm_rms_epsilon"), float32(RMS_EPSILON)],
    [key("rope.dimension_count"), uint32(headLength)],
    [key("rope.freq_base"), float32(shape.ropeBase)],
    [key("vocab_size"), uint32(shape.vocabularySize)],
    ...(shape.slidingWindowTokens === undefined
      ? []
      : [[key("attention.sliding_window"), uint32(shape.slidingWindowTokens)] satisfies MetadataEntry]),
    ...expertMetadata(shape),
    ...(shape.pooling === undefined
      ? []
      : [[key("pooling_type"), uint32(POOLING_NUMBERS[shape.pooling])] satisfies MetadataEntry]),
    ...(shape.pooling === "rank"
      ? [[key("classifier.output_labels"), textArray(["yes", "no"])] satisfies MetadataEntry]
      : []),
  ];
}

function expertMetadata({ architecture, experts }: ModelShape): MetadataEntry[] {
  if (experts === undefined) return [];
  return [
    [`${architecture}.expert_count`, uint32(experts.count)],
    [`${architecture}.expert_used_count`, uint32(experts.used)],
    [`${architecture}.expert_feed_forward_length`, uint32(experts.feedForwardLength)],
  ];
}

/** Every tensor that llama.cpp expects of a model of this shape, in the order in which it is written. */
export function planTensors(shape: ModelShape): TensorPlan[] {
  const width = shape.embeddingLength;
  const plans: TensorPlan[] = [
    { name: "token_embd.weight", shape: [width, shape.vocabularySize], role: "embedding" },
    { name: "output_norm.weight", shape: [width], role: "output-norm" },
  ];
  if (!shape.tiedOutput) plans.push({ name: "output.weight", shape: [width, shape.vocabularySize], role: "output" });
  if (shape.pooling === "rank") plans.push({ name: "cls.output.weight", shape: [width, 2], role: "classifier" });
  for (let layer = 0; layer < shape.layers; layer++) plans.push(...planLayer(shape, `blk.${layer}.`));
  return plans;
}

function planLayer(shape: ModelShape, prefix: string): TensorPlan[] {
  const width = shape.embeddingLength;
  const headLength = width / shape.heads;
  const kvWidth = shape.kvHeads * headLength;
  const plan = (name: string, dimensions: readonly number[], role: TensorRole): TensorPlan => ({
    name: `${prefix}${name}`,
    shape: dimensions,
    role,
  });
  return [
    plan("attn_norm.weight", [width], "norm"),
    plan("attn_q.weight", [width, width], "query"),
    plan("attn_k.weight", [width, kvWidth], "key"),
    plan("attn_v.weight", [width, kvWidth], "value"),
    plan("attn_output.weight", [width, width], "attention-output"),
    ...(shape.architecture === "qwen2"
      ? [
          plan("attn_q.bias", [width], "bias"),
          plan("attn_k.bias", [kvWidth], "bias"),
          plan("attn_v.bias", [kvWidth], "bias"),
        ]
      : []),
    ...(HAS_HEAD_NORMS.has(shape.architecture)
      ? [plan("attn_q_norm.weight", [headLength], "norm"), plan("attn_k_norm.weight", [headLength], "norm")]
      : []),
    plan("ffn_norm.weight", [width], "norm"),
    ...(shape.architecture === "gemma3"
      ? [plan("post_attention_norm.weight", [width], "norm"), plan("post_ffw_norm.weight", [width], "norm")]
      : []),
    ...planFeedForward(shape, plan),
  ];
}

function planFeedForward(
  { embeddingLength: width, feedForwardLength, experts }: ModelShape,
  plan: (name: string, dimensions: readonly number[], role: TensorRole) => TensorPlan,
): TensorPlan[] {
  if (experts === undefined)
    return [
      plan("ffn_gate.weight", [width, feedForwardLength], "gate"),
      plan("ffn_up.weight", [width, feedForwardLength], "up"),
      plan("ffn_down.weight", [feedForwardLength, width], "down"),
    ];
  return [
    plan("ffn_gate_inp.weight", [width, experts.count], "router"),
    plan("ffn_gate_exps.weight", [width, experts.feedForwardLength, experts.count], "gate"),
    plan("ffn_up_exps.weight", [width, experts.feedForwardLength, experts.count], "up"),
    plan("ffn_down_exps.weight", [experts.feedForwardLength, width, experts.count], "down"),
  ];
}

/** Joins plans and numbers. Vectors stay in full precision too. */
export function fillTensors(plans: readonly TensorPlan[], type: StorageType, weights: Weights): TensorSource[] {
  return plans.map((plan) => ({
    name: plan.name,
    shape: plan.shape,
    type: plan.shape.length === 1 || FULL_PRECISION_ROLES.has(plan.role) ? "F32" : type,
    fillRow: weights(plan),
  }));
}

/** Every type that a model may be stored as. */
export const STORAGE_TYPES = Object.keys(STORAGE_TYPE_IDS) as readonly StorageType[];
