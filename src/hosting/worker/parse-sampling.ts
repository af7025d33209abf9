import { z } from "zod";
import { MAX_STOP_LENGTH, MAX_STOP_SEQUENCES } from "../../core/parameters.ts";

/**
 * What is used when a request leaves a setting out: llama-server's defaults. OpenAI's (temperature 1, the whole
 * vocabulary) are meant for large models; small ones derail on the long tail that these cut off.
 * @see https://github.com/ggml-org/llama.cpp/tree/master/tools/server
 */
const DEFAULTS = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, repeatPenalty: 1, repeatLastN: 64 } as const;

const stopText = z.string().max(MAX_STOP_LENGTH);
const penalty = z.number().min(-2).max(2).nullish();

/** The fields of every request for text: how it is chosen, where it ends, how it is sent. */
export const generationFields = {
  stop: z.union([stopText, z.array(stopText).max(MAX_STOP_SEQUENCES)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(5).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(-1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: penalty,
  presence_penalty: penalty,
  repeat_penalty: z.number().positive().nullish(),
  repetition_penalty: z.number().positive().nullish(),
  repeat_last_n: z.int().min(-1).nullish(),
  logit_bias: z.record(z.string().regex(/^\d+$/u, "must be a token id"), z.number().min(-100).max(100)).nullish(),
};

const generationSchema = z.looseObject(generationFields);

type GenerationFields = z.infer<typeof generationSchema>;

/** How the next token is chosen. */
export interface Sampling {
  /** 0 chooses the likeliest token always. */
  readonly temperature: number;
  /** 0: the whole vocabulary. */
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  /** The same seed gives the same text on the same machine. Absent: by chance. */
  readonly seed?: number;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
  readonly repeatPenalty: number;
  /** Tokens, prompt included, that `repeatPenalty` looks back at. */
  readonly repeatLastN: number;
  /** Added to the logit of each token. */
  readonly logitBias: ReadonlyMap<number, number>;
}

/** The sampling of a checked body. */
export function samplingOf(body: GenerationFields): Sampling {
  return {
    temperature: body.temperature ?? DEFAULTS.temperature,
    topK: Math.max(body.top_k ?? DEFAULTS.topK, 0),
    topP: body.top_p ?? DEFAULTS.topP,
    minP: body.min_p ?? DEFAULTS.minP,
    ...(typeof body.seed === "number" ? { seed: body.seed } : {}),
    frequencyPenalty: body.frequency_penalty ?? 0,
    presencePenalty: body.presence_penalty ?? 0,
    repeatPenalty: body.repeat_penalty ?? body.repetition_penalty ?? DEFAULTS.repeatPenalty,
    repeatLastN: body.repeat_last_n ?? DEFAULTS.repeatLastN,
    logitBias: new Map(Object.entries(body.logit_bias ?? {}).map(([token, bias]) => [Number(token), bias])),
  };
}

/** The texts that end an answer. */
export function stopOf({ stop }: GenerationFields): readonly string[] {
  return stop === null || stop === undefined ? [] : [stop].flat().filter((text) => text !== "");
}
