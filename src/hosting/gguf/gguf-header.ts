import { quantizationNameOf } from "./gguf-format.ts";
import type { GgufProblem } from "./gguf-problem.ts";
import type { GgufContent, GgufValue } from "./parse-gguf.ts";

/** What a model file says about itself. A fact that the file does not state is absent. Sizes in bytes, lengths in tokens. */
export interface GgufHeader {
  readonly kind: "header";
  readonly version: number;
  /** For example `llama`, `qwen2`, `gemma3`. */
  readonly architecture: string;
  readonly name?: string;
  readonly license?: string;
  /** `general.file_type` in words, for example `Q4_K_M`. */
  readonly quantization?: string;
  readonly contextTokens?: number;
  readonly layers?: number;
  readonly embeddingLength?: number;
  readonly feedForwardLength?: number;
  /** Where a model has a different number in each layer: the largest. */
  readonly heads?: number;
  readonly kvHeads?: number;
  /** Present when the layers differ. */
  readonly kvHeadsPerLayer?: readonly number[];
  /** Elements of one key and of one value of one head. */
  readonly keyLength?: number;
  readonly valueLength?: number;
  readonly slidingWindowTokens?: number;
  readonly experts?: number;
  readonly expertsUsed?: number;
  readonly vocabularySize?: number;
  /** `tokenizer.ggml.model`, for example `gpt2` (byte-level BPE) or `llama` (SentencePiece). */
  readonly tokenizer?: string;
  readonly hasChatTemplate: boolean;
  readonly chatTemplateMentionsTools: boolean;
  /** Whether the template has marks around a model's reasoning. */
  readonly chatTemplateMarksReasoning: boolean;
  /** How an embedding is made of the tokens' vectors; `rank` marks a reranker. */
  readonly pooling?: PoolingName;
  readonly tensorCount: number;
  readonly parameterCount: number;
  readonly weightBytes: number;
  readonly fileBytes: number;
  /** For one part of a model that is split over several files. */
  readonly part?: { readonly index: number; readonly count: number };
}

/** @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (enum llama_pooling_type) */
const POOLING_NAMES = ["none", "mean", "cls", "last", "rank"] as const;

/** How a sequence's vectors become one, by llama.cpp's names. */
export type PoolingName = (typeof POOLING_NAMES)[number];

/** The facts of a parsed file, or the reason why it can't be a model. Pure. */
export function describeGguf(content: GgufContent, fileBytes: number): GgufHeader | GgufProblem {
  const architecture = textOf(content.metadata.get("general.architecture"));
  if (architecture === undefined || architecture === "") {
    return { kind: "problem", problem: "malformed", message: "The metadata has no general.architecture." };
  }
  return {
    kind: "header",
    version: content.version,
    architecture,
    ...identityFacts(content.metadata),
    ...shapeFacts(content.metadata, architecture),
    ...tokenizerFacts(content.metadata),
    ...sizeFacts(content, fileBytes),
  };
}

type Metadata = ReadonlyMap<string, GgufValue>;

function identityFacts(metadata: Metadata): Pick<GgufHeader, "name" | "license" | "quantization" | "part"> {
  const fileType = countOf(metadata.get("general.file_type"));
  const partIndex = countOf(metadata.get("split.no"));
  const partCount = countOf(metadata.get("split.count"));
  return definedOnly({
    name: textOf(metadata.get("general.name")),
    license: textOf(metadata.get("general.license")),
    quantization: fileType === undefined ? undefined : quantizationNameOf(fileType),
    part: partIndex === undefined || partCount === undefined ? undefined : { index: partIndex, count: partCount },
  });
}

function shapeFacts(metadata: Metadata, architecture: string) {
  const value = (key: string): GgufValue => metadata.get(`${architecture}.${key}`);
  const heads = largestOf(value("attention.head_count"));
  const kvHeads = largestOf(value("attention.head_count_kv")) ?? heads;
  const embeddingLength = countOf(value("embedding_length"));
  // Without a stated length, the heads share the embedding evenly.
  const headLength =
    embeddingLength === undefined || heads === undefined || heads === 0 ? undefined : embeddingLength / heads;
  const pooling = countOf(value("pooling_type"));
  return definedOnly({
    contextTokens: countOf(value("context_length")),
    layers: countOf(value("block_count")),
    embeddingLength,
    feedForwardLength: largestOf(value("feed_forward_length")),
    heads,
    kvHeads,
    kvHeadsPerLayer: numbersOf(value("attention.head_count_kv")),
    keyLength: countOf(value("attention.key_length")) ?? headLength,
    valueLength: countOf(value("attention.value_length")) ?? headLength,
    slidingWindowTokens: countOf(value("attention.sliding_window")),
    experts: countOf(value("expert_count")),
    expertsUsed: countOf(value("expert_used_count")),
    pooling: pooling === undefined ? undefined : POOLING_NAMES[pooling],
    vocabularySize: lengthOf(metadata.get("tokenizer.ggml.tokens")) ?? countOf(value("vocab_size")),
  });
}

/** What opens and closes reasoning in the chat templates of the families in use. */
const REASONING_MARKS: readonly (readonly [opening: string, closing: string])[] = [
  ["<think>", "</think>"],
  ["<thought>", "</thought>"],
  ["[THINK]", "[/THINK]"],
  ["<seed:think>", "</seed:think>"],
  ["<|START_THINKING|>", "<|END_THINKING|>"],
  ["<|begin_of_thought|>", "<|end_of_thought|>"],
  ["<|channel>thought", "<channel|>"],
  ["<|channel|>analysis", "<|end|>"],
];

function marksReasoning(template: string): boolean {
  return REASONING_MARKS.some(([opening, closing]) => template.includes(opening) && template.includes(closing));
}

function tokenizerFacts(metadata: Metadata) {
  const tokenizer = textOf(metadata.get("tokenizer.ggml.model"));
  const template = metadata.get("tokenizer.chat_template");
  // Models with several templates keep the one for tools under a name of its own.
  const hasToolTemplate = metadata.has("tokenizer.chat_template.tool_use");
  return {
    ...(tokenizer === undefined ? {} : { tokenizer }),
    hasChatTemplate: metadata.has("tokenizer.chat_template"),
    chatTemplateMentionsTools: hasToolTemplate || (typeof template === "string" && /\btools\b/.test(template)),
    chatTemplateMarksReasoning: typeof template === "string" && marksReasoning(template),
  };
}

/** How much there is of a model in one file: its tensors, their numbers, and their bytes. */
export function sizeFacts(
  content: GgufContent,
  fileBytes: number,
): Pick<GgufHeader, "tensorCount" | "parameterCount" | "weightBytes" | "fileBytes"> {
  let parameterCount = 0;
  let weightBytes = 0;
  let sizesKnown = true;
  for (const tensor of content.tensors) {
    parameterCount += tensor.elements;
    weightBytes += tensor.bytes ?? 0;
    sizesKnown &&= tensor.bytes !== undefined;
  }
  return {
    tensorCount: content.tensors.length,
    parameterCount,
    weightBytes: sizesKnown ? weightBytes : Math.max(0, fileBytes - content.dataOffset),
    fileBytes,
  };
}

function textOf(value: GgufValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function countOf(value: GgufValue): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function numbersOf(value: GgufValue): readonly number[] | undefined {
  if (typeof value !== "object" || value.numbers === undefined) return undefined;
  return value.numbers.every((number) => countOf(number) !== undefined) ? value.numbers : undefined;
}

function largestOf(value: GgufValue): number | undefined {
  const numbers = numbersOf(value);
  return numbers === undefined || numbers.length === 0 ? countOf(value) : Math.max(...numbers);
}

function lengthOf(value: GgufValue): number | undefined {
  return typeof value === "object" ? value.length : undefined;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The object without its undefined fields: a fact that is not known is absent. */
function definedOnly<T extends object>(facts: T): Defined<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Defined<T>;
}
