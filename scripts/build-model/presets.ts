import type { ModelShape, Weights } from "./architectures.ts";
import { BENCH_PRESETS } from "./bench-presets.ts";
import { composeModel } from "./compose-model.ts";
import { text } from "./metadata.ts";
import { noiseWeights } from "./noise-weights.ts";
import { randomWeights } from "./random-weights.ts";
import { buildScriptedModel, DEFAULT_SCRIPT, DEFAULT_THOUGHT, DEFAULT_TOOL_SCRIPT } from "./scripted-model.ts";
import type { StorageType } from "./tensor-encoding.ts";
import { buildTokenizer, CHAT_TEMPLATE, END_OF_TEXT, tokenizerMetadata, TURN_END } from "./tokenizer.ts";
import { trainEnglishMerges } from "./train-bpe.ts";
import type { ModelSource } from "./write-gguf.ts";

/** What a caller may change about a preset; what is left out has the preset's own value. */
export interface PresetOptions {
  readonly seed?: number;
  readonly layers?: number;
  readonly contextTokens?: number;
  readonly type?: StorageType;
  /** For scripted presets: what the model says. */
  readonly script?: string;
  /** For `scripted-tools`: the function that it calls when functions are offered, with which arguments, and what it says afterwards. */
  readonly toolName?: string;
  readonly toolArguments?: string;
  readonly resultScript?: string;
  /** For `scripted-reasoning`: what it thinks before it says its script, and whether the template opens the thought. */
  readonly thought?: string;
  readonly templateOpensThought?: boolean;
}

/** A kind of model that can be built by name. */
export interface Preset {
  readonly description: string;
  readonly build: (options: PresetOptions) => ModelSource;
}

/** What `scripted-endless` says unless told otherwise. */
const ENDLESS_SCRIPT = " one two three four five six seven eight nine ten";
const DEFAULT_SEED = 1;

/** Models that load and run. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  noise: {
    description: "a small llama with an English tokenizer and a chat template with tools; what it says is noise",
    build: (options) => buildNoise(options),
  },
  ...BENCH_PRESETS,
  embed: {
    description: "an embedding model: texts that share words have similar vectors",
    build: (options) => buildEmbed(options),
  },
  rank: {
    description: "a reranking model: scores between 0 and 1 without a meaning",
    build: (options) => buildRank(options),
  },
  scripted: {
    description: "says exactly one text, given with --script, and ends",
    build: (options) =>
      buildScriptedModel({ plainScript: options.script ?? DEFAULT_SCRIPT, ...scriptedOptions(options) }),
  },
  "scripted-endless": {
    description: "says one text, given with --script, over and over and never ends",
    build: (options) =>
      buildScriptedModel({
        plainScript: options.script ?? ENDLESS_SCRIPT,
        endless: true,
        ...scriptedOptions(options),
      }),
  },
  "scripted-reasoning": {
    description: "thinks one text, given with --thought, says another, given with --script, and ends",
    build: (options) =>
      buildScriptedModel({
        plainScript: options.script ?? DEFAULT_SCRIPT,
        thought: { script: options.thought ?? DEFAULT_THOUGHT, templateOpens: options.templateOpensThought ?? false },
        ...scriptedOptions(options),
      }),
  },
  "scripted-tools": {
    description: "calls one function if functions are offered, says another text after its outcome, and ends",
    build: (options) =>
      buildScriptedModel({
        plainScript: options.script ?? DEFAULT_SCRIPT,
        tool: {
          name: options.toolName ?? DEFAULT_TOOL_SCRIPT.name,
          arguments: options.toolArguments ?? DEFAULT_TOOL_SCRIPT.arguments,
          resultScript: options.resultScript ?? DEFAULT_TOOL_SCRIPT.resultScript,
        },
        ...scriptedOptions(options),
      }),
  },
};

function scriptedOptions({ contextTokens, type }: PresetOptions) {
  return { contextTokens: contextTokens ?? 4096, type: type ?? "F16" } as const;
}

function buildNoise(options: PresetOptions): ModelSource {
  const tokenizer = buildTokenizer({ merges: trainEnglishMerges() });
  const shape: ModelShape = {
    architecture: "llama",
    layers: options.layers ?? 4,
    embeddingLength: 128,
    heads: 4,
    kvHeads: 2,
    feedForwardLength: 384,
    contextTokens: options.contextTokens ?? 8192,
    vocabularySize: tokenizer.tokens.length,
    ropeBase: 10_000,
    tiedOutput: false,
  };
  return composeModel({
    name: "Signalbox Noise",
    description: "Untrained: shows that hosting works. Its text is noise.",
    shape,
    type: options.type ?? "Q8_0",
    weights: noiseWeights(shape, tokenizer, options.seed ?? DEFAULT_SEED),
    tokenizer: tokenizerMetadata(tokenizer, { endToken: TURN_END, chatTemplate: CHAT_TEMPLATE }),
  });
}

/** Every token has a random direction and nothing is done to it, so a text's mean is the bag of its words. */
function buildEmbed(options: PresetOptions): ModelSource {
  const tokenizer = buildTokenizer({ merges: trainEnglishMerges() });
  const shape: ModelShape = {
    architecture: "llama",
    layers: options.layers ?? 1,
    embeddingLength: 256,
    heads: 4,
    kvHeads: 4,
    feedForwardLength: 64,
    contextTokens: options.contextTokens ?? 2048,
    vocabularySize: tokenizer.tokens.length,
    ropeBase: 10_000,
    tiedOutput: true,
    pooling: "mean",
  };
  const random = randomWeights(shape, options.seed ?? DEFAULT_SEED);
  const bagOfWords: Weights = (plan) =>
    plan.role === "attention-output" || plan.role === "down" ? (_, into) => into.fill(0) : random(plan);
  return composeModel({
    name: "Signalbox Embed",
    description: "A bag of words: similar texts are texts that share words.",
    shape,
    type: options.type ?? "F16",
    weights: bagOfWords,
    tokenizer: tokenizerMetadata(tokenizer, { endToken: END_OF_TEXT }),
  });
}

function buildRank(options: PresetOptions): ModelSource {
  const tokenizer = buildTokenizer({ merges: trainEnglishMerges() });
  const shape: ModelShape = {
    architecture: "qwen3",
    layers: options.layers ?? 2,
    embeddingLength: 128,
    heads: 4,
    kvHeads: 2,
    feedForwardLength: 384,
    contextTokens: options.contextTokens ?? 2048,
    vocabularySize: tokenizer.tokens.length,
    ropeBase: 1_000_000,
    tiedOutput: true,
    pooling: "rank",
  };
  return composeModel({
    name: "Signalbox Rank",
    description: "Untrained: its scores have no meaning.",
    shape,
    type: options.type ?? "F16",
    weights: randomWeights(shape, options.seed ?? DEFAULT_SEED),
    tokenizer: [
      ...tokenizerMetadata(tokenizer, { endToken: END_OF_TEXT }),
      ["tokenizer.chat_template.rerank", text("Question: {query}\nText: {document}\nRelevant:")],
    ],
  });
}
