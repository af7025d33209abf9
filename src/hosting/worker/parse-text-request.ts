import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { invalidField } from "./invalid-field.ts";
import { generationFields, type Sampling, samplingOf, stopOf } from "./parse-sampling.ts";

/** Prompts of one request, and texts in all: they are generated one after the other on one slot. */
const MAX_PROMPTS = 128;
const MAX_TEXTS = 128;
const MAX_LOGPROBS = 20;

/** OpenAI's own, and the reason why most callers state a limit. */
const DEFAULT_MAX_TOKENS = 16;

const tokens = z.array(z.int().min(0)).min(1);

/** What this server reads of the body of `POST /v1/completions`. @see https://platform.openai.com/docs/api-reference/completions/create */
const bodySchema = z.looseObject({
  prompt: z.union([
    z.string(),
    tokens,
    z
      .array(z.union([z.string(), tokens]))
      .min(1)
      .max(MAX_PROMPTS),
  ]),
  suffix: z.string().nullish(),
  max_tokens: z.int().min(0).nullish(),
  n: z.int().min(1).max(MAX_TEXTS).nullish(),
  best_of: z.int().min(1).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(MAX_LOGPROBS).nullish(),
  ...generationFields,
});

/** A prompt as a text, or in the tokens of the model. */
export type TextPrompt = string | readonly number[];

/** A request to go on with texts, as this process understands it. */
export interface TextRequest {
  readonly prompts: readonly TextPrompt[];
  /** What follows the text to write. */
  readonly suffix?: string;
  /** 0 only with `echo`: then the prompt is scored and nothing is written. */
  readonly maxTokens: number;
  /** Texts for each prompt. */
  readonly choiceCount: number;
  readonly echo: boolean;
  /** Alternatives to report for each token; absent: no log probabilities. */
  readonly topLogprobs?: number;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** Checks a parsed body. Throws SignalboxError `invalid_request` or `unsupported_parameter` that names the field. */
export function parseTextRequest(json: unknown): TextRequest {
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) throw invalidField(parsed.error);
  const body = parsed.data;
  const prompts = promptsOf(body.prompt);
  const choiceCount = body.n ?? 1;
  const echo = body.echo ?? false;
  const maxTokens = body.max_tokens ?? DEFAULT_MAX_TOKENS;
  const suffix = body.suffix ?? "";
  if ((body.best_of ?? choiceCount) !== choiceCount)
    throw unsupported("best_of", "`best_of` is not supported; ask for `n` texts and choose among them.");
  if (prompts.length * choiceCount > MAX_TEXTS)
    throw invalid("n", `\`n\` times the prompts is more than ${MAX_TEXTS} texts.`);
  if (maxTokens === 0 && !echo)
    throw invalid("max_tokens", "`max_tokens` of 0 needs `echo`: there is nothing to answer.");
  if (suffix !== "" && echo) throw unsupported("echo", "`echo` can't be had together with `suffix`.");
  return {
    prompts,
    maxTokens,
    choiceCount,
    echo,
    sampling: samplingOf(body),
    stop: stopOf(body),
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    ...(suffix === "" ? {} : { suffix }),
    ...(body.logprobs === null || body.logprobs === undefined ? {} : { topLogprobs: body.logprobs }),
  };
}

function promptsOf(prompt: z.infer<typeof bodySchema>["prompt"]): readonly TextPrompt[] {
  if (typeof prompt === "string") return [prompt];
  const isTokens = (list: readonly (TextPrompt | number)[]): list is readonly number[] => typeof list[0] === "number";
  return isTokens(prompt) ? [prompt] : prompt;
}

function invalid(param: string, message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param });
}

function unsupported(param: string, message: string): SignalboxError {
  return new SignalboxError("unsupported_parameter", message, { param });
}
