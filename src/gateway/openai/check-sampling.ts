import { MAX_STOP_LENGTH, MAX_STOP_SEQUENCES } from "../../core/parameters.ts";
import {
  invalidField,
  optionalBoolean,
  optionalInteger,
  optionalList,
  optionalNumber,
  optionalObject,
  optionalString,
  type JsonObject,
} from "./read-fields.ts";

/**
 * Ranges that hold for every vendor that has the parameter. What is absent stays absent: no default is ever sent on.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 * @see https://openrouter.ai/docs/api-reference/parameters
 */
const NUMBER_RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  temperature: [0, 2],
  top_p: [0, 1],
  min_p: [0, 1],
  top_a: [0, 1],
  frequency_penalty: [-2, 2],
  presence_penalty: [-2, 2],
  repetition_penalty: [0, 2],
};

const INTEGER_RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  top_k: [-1, Number.MAX_SAFE_INTEGER],
  top_logprobs: [0, 20],
  seed: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const BOOLEANS: readonly string[] = [
  "logprobs",
  "parallel_tool_calls",
  "include_reasoning",
  "structured_outputs",
  "store",
];

/** Tokens that one request may bias; OpenAI's own limit. */
const MAX_BIASED_TOKENS = 1_024;

/** Characters of a short word such as an effort. */
const MAX_WORD_LENGTH = 64;

/** Checks types and ranges of the sampling parameters. Nothing is read from them: they travel in the caller's bytes. */
export function checkSampling(body: JsonObject): void {
  for (const [name, [min, max]] of Object.entries(NUMBER_RANGES)) optionalNumber(body[name], name, min, max);
  for (const [name, [min, max]] of Object.entries(INTEGER_RANGES)) optionalInteger(body[name], name, min, max);
  for (const name of BOOLEANS) optionalBoolean(body[name], name);
  checkStop(body["stop"]);
  checkLogitBias(body["logit_bias"]);
  optionalObject(body["reasoning"], "reasoning");
  optionalString(body["reasoning_effort"], "reasoning_effort", MAX_WORD_LENGTH);
  optionalString(body["verbosity"], "verbosity", MAX_WORD_LENGTH);
}

function checkStop(stop: unknown): void {
  if (typeof stop === "string") return void optionalString(stop, "stop", MAX_STOP_LENGTH);
  if (stop !== undefined && stop !== null && !Array.isArray(stop)) {
    throw invalidField("stop", `a string or a list of at most ${MAX_STOP_SEQUENCES} strings`, stop);
  }
  optionalList(stop, "stop", MAX_STOP_SEQUENCES)?.forEach((text, index) => {
    if (typeof text !== "string" || text.length > MAX_STOP_LENGTH) {
      throw invalidField(`stop[${index}]`, `a string of at most ${MAX_STOP_LENGTH} characters`, text);
    }
  });
}

function checkLogitBias(value: unknown): void {
  const bias = optionalObject(value, "logit_bias");
  if (bias === undefined) return;
  const entries = Object.entries(bias);
  if (entries.length > MAX_BIASED_TOKENS) {
    throw invalidField("logit_bias", `an object of at most ${MAX_BIASED_TOKENS} tokens`, value);
  }
  for (const [token, weight] of entries)
    optionalNumber(weight, `logit_bias.${token.slice(0, MAX_WORD_LENGTH)}`, -100, 100);
}
