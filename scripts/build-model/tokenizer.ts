import { readFileSync } from "node:fs";
import { bool, int32Array, text, textArray, uint32 } from "./metadata.ts";
import type { MetadataEntry } from "./metadata.ts";
import { toByteCharacters } from "./byte-alphabet.ts";
import { tokensOf } from "./train-bpe.ts";
import type { Merge } from "./train-bpe.ts";

/** What a token is to llama.cpp. @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (llama_token_type) */
const TOKEN_TYPES = { normal: 1, control: 3, userDefined: 4, unused: 5 } as const;

/** Ends a document; also fills what a batch leaves empty. */
export const END_OF_TEXT = "<|endoftext|>";
const TURN_START = "<|im_start|>";
/** Ends a turn, and with it an answer. */
export const TURN_END = "<|im_end|>";
/** Open and close what the model says to call a function. */
export const CALL_START = "<tool_call>";
/** The token after a tool call. */
export const CALL_END = "</tool_call>";
/** Stands before the list of functions in the prompt. */
export const TOOLS_START = "<tools>";
/** Stands before the outcome of a call. */
export const RESPONSE_START = "<tool_response>";

/** Only the chat template can write these: the same characters in a message are plain text. */
const CONTROL_TOKENS: readonly string[] = [
  END_OF_TEXT,
  TURN_START,
  TURN_END,
  TOOLS_START,
  "</tools>",
  RESPONSE_START,
  "</tool_response>",
];
/** Part of what a model answers, so they are shown in its text. */
const ANSWER_TOKENS: readonly string[] = [CALL_START, CALL_END];

/** Vocabularies are filled up to a multiple of this, so that every matrix is whole blocks. */
const VOCABULARY_MULTIPLE = 32;

/** The template that all presets carry: system, user, assistant and tool turns. */
export const CHAT_TEMPLATE = readFileSync(new URL("./chat-template.jinja", import.meta.url), "utf8").trimEnd();

/** Open and close what a model thinks before it speaks. */
export const THOUGHT_START = "<think>";
/** The token after a thought. */
export const THOUGHT_END = "</think>";

/** The template of a model that thinks: it repeats the thoughts of the present turn, and may open each answer's. */
export function templateWithThoughts({ templateOpens }: { readonly templateOpens: boolean }): string {
  const answer = "{%- if message.content -%}{{- message.content -}}{%- endif -%}";
  const end = "{%- endif -%}";
  if (!CHAT_TEMPLATE.includes(answer) || !CHAT_TEMPLATE.endsWith(end))
    throw new Error("The chat template has changed: thoughts have no place in it.");
  const thought = `{%- if message.reasoning_content -%}{{- '${THOUGHT_START}' + message.reasoning_content + '${THOUGHT_END}' -}}{%- endif -%}`;
  const withThoughts = CHAT_TEMPLATE.replace(answer, `${thought}${answer}`);
  return templateOpens ? `${withThoughts.slice(0, -end.length)}{{- '${THOUGHT_START}' -}}${end}` : withThoughts;
}

/** A byte-level BPE tokenizer: tokens in the order of their ids. */
export interface Tokenizer {
  readonly tokens: readonly string[];
  readonly types: readonly number[];
  readonly merges: readonly Merge[];
}

/**
 * The bytes, the merges, then `pieces` (texts that the model can say as one token but that no prompt is cut into),
 * then the marks of the chat template, then `phrases` (texts that are one token wherever they stand, in prompts too),
 * then unused tokens up to `vocabularySize`.
 */
export function buildTokenizer(options: {
  readonly merges: readonly Merge[];
  readonly pieces?: readonly string[];
  readonly phrases?: readonly string[];
  readonly vocabularySize?: number;
}): Tokenizer {
  const plain = [...tokensOf(options.merges), ...(options.pieces ?? []).map(toByteCharacters)];
  const answerTokens = [...ANSWER_TOKENS, ...(options.phrases ?? [])];
  const named = [...plain, ...CONTROL_TOKENS, ...answerTokens];
  const size = Math.max(
    options.vocabularySize ?? 0,
    Math.ceil(named.length / VOCABULARY_MULTIPLE) * VOCABULARY_MULTIPLE,
  );
  const unused = Array.from({ length: size - named.length }, (_, index) => `<|unused_${index}|>`);
  if (new Set(named).size !== named.length) throw new Error("A vocabulary must not have the same text twice.");
  return {
    tokens: [...named, ...unused],
    types: [
      ...plain.map(() => TOKEN_TYPES.normal),
      ...CONTROL_TOKENS.map(() => TOKEN_TYPES.control),
      ...answerTokens.map(() => TOKEN_TYPES.userDefined),
      ...unused.map(() => TOKEN_TYPES.unused),
    ],
    merges: options.merges,
  };
}

/** The id of a token by its text as a reader sees it, not as the vocabulary spells it. */
export function tokenIdOf(tokenizer: Tokenizer, tokenText: string): number {
  const plain = tokenizer.tokens.indexOf(toByteCharacters(tokenText));
  const id = plain === -1 ? tokenizer.tokens.indexOf(tokenText) : plain;
  if (id === -1) throw new Error(`The vocabulary has no token ${JSON.stringify(tokenText)}.`);
  return id;
}

/** The tokenizer's part of a model's metadata. `endToken` is what ends an answer or a text. */
export function tokenizerMetadata(
  tokenizer: Tokenizer,
  options: { readonly endToken: string; readonly chatTemplate?: string },
): MetadataEntry[] {
  const endOfText = tokenIdOf(tokenizer, END_OF_TEXT);
  return [
    ["tokenizer.ggml.model", text("gpt2")],
    ["tokenizer.ggml.pre", text("qwen2")],
    ["tokenizer.ggml.tokens", textArray(tokenizer.tokens)],
    ["tokenizer.ggml.token_type", int32Array(tokenizer.types)],
    ["tokenizer.ggml.merges", textArray(tokenizer.merges.map(([left, right]) => `${left} ${right}`))],
    ["tokenizer.ggml.bos_token_id", uint32(endOfText)],
    ["tokenizer.ggml.eos_token_id", uint32(tokenIdOf(tokenizer, options.endToken))],
    ["tokenizer.ggml.padding_token_id", uint32(endOfText)],
    ["tokenizer.ggml.add_bos_token", bool(false)],
    ...(options.chatTemplate === undefined
      ? []
      : [["tokenizer.chat_template", text(options.chatTemplate)] satisfies MetadataEntry]),
  ];
}
