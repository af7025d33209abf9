import type { ModelShape } from "./architectures.ts";
import { composeModel } from "./compose-model.ts";
import type { Preset, PresetOptions } from "./presets.ts";
import { randomWeights } from "./random-weights.ts";
import { buildTokenizer, CHAT_TEMPLATE, tokenizerMetadata, TURN_END } from "./tokenizer.ts";
import { trainEnglishMerges } from "./train-bpe.ts";
import type { ModelSource } from "./write-gguf.ts";

type BenchShape = Omit<ModelShape, "vocabularySize">;

/** Lengths of the 0.5 B models of the Qwen2 family. @see https://huggingface.co/Qwen/Qwen2-0.5B/blob/main/config.json */
const DENSE: BenchShape = {
  architecture: "qwen2",
  layers: 24,
  embeddingLength: 896,
  heads: 14,
  kvHeads: 2,
  feedForwardLength: 4864,
  contextTokens: 32_768,
  ropeBase: 1_000_000,
  tiedOutput: true,
};

/** Few layers of the kind that the mixtures of the Qwen3 family have, with fewer and narrower experts. */
const MIXTURE: BenchShape = {
  architecture: "qwen3moe",
  layers: 6,
  embeddingLength: 512,
  heads: 8,
  kvHeads: 2,
  feedForwardLength: 1536,
  contextTokens: 32_768,
  ropeBase: 1_000_000,
  tiedOutput: false,
  experts: { count: 32, used: 4, feedForwardLength: 256 },
};

/** The layout of the Gemma 3 family: of six layers five see a window. */
const WINDOWED: BenchShape = {
  architecture: "gemma3",
  layers: 12,
  embeddingLength: 640,
  heads: 10,
  kvHeads: 2,
  feedForwardLength: 2048,
  contextTokens: 32_768,
  ropeBase: 1_000_000,
  tiedOutput: true,
  slidingWindowTokens: 512,
};

/** Models of random weights for measurements of throughput and memory. */
export const BENCH_PRESETS: Readonly<Record<string, Preset>> = {
  "bench-0.5b": {
    description: "the size and shape of a 0.5 B parameter model (530 MB at Q8_0), for throughput and memory",
    build: (options) => buildBench(DENSE, 151_936, options),
  },
  "bench-moe": {
    description: "a small mixture of 32 experts, of which each token takes 4 (110 MB at Q8_0)",
    build: (options) => buildBench(MIXTURE, 32_000, options),
  },
  "bench-window": {
    description: "a small model in which five of six layers see a window of 512 tokens (90 MB at Q8_0)",
    build: (options) => buildBench(WINDOWED, 64_000, options),
  },
};

function buildBench(lengths: BenchShape, vocabularySize: number, options: PresetOptions): ModelSource {
  const tokenizer = buildTokenizer({ merges: trainEnglishMerges(), vocabularySize });
  const shape: ModelShape = {
    ...lengths,
    layers: options.layers ?? lengths.layers,
    contextTokens: options.contextTokens ?? lengths.contextTokens,
    vocabularySize: tokenizer.tokens.length,
  };
  return composeModel({
    name: "Signalbox Bench",
    description: "Random weights for measurements.",
    shape,
    type: options.type ?? "Q8_0",
    weights: randomWeights(shape, options.seed ?? 1),
    tokenizer: tokenizerMetadata(tokenizer, { endToken: TURN_END, chatTemplate: CHAT_TEMPLATE }),
  });
}
