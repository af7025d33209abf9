import { randomInt } from "node:crypto";
import {
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  type SequenceEvaluateOptions,
  type Token,
  TokenBias,
} from "node-llama-cpp";
import { AnswerSteps } from "./answer-steps.ts";
import { type Engine, type EngineSlot, evaluationOrder } from "./load-engine.ts";
import type { Sampling } from "./parse-sampling.ts";
import { prefillPrompt } from "./prefill-prompt.ts";

/** Seeds are 32 bits wide in the engine. */
const SEED_RANGE = 2 ** 32;
/** Tokens that frequency and presence penalties count; older ones of a very long answer are forgotten. */
const MAX_PENALIZED_TOKENS = 4_096;

/** One step of an answer. */
export interface DecodedToken {
  readonly token: Token;
  /** Log probabilities of the chosen and at least the asked number of other candidates, likeliest first, when they were asked for. */
  readonly logprobs?: ReadonlyMap<Token, number>;
}

/** What to generate after which tokens. */
export interface DecodeJob {
  readonly engine: Engine;
  readonly slot: EngineSlot;
  /** Prompt and answer so far. The generator appends nothing to it; the caller does. */
  readonly tokens: readonly Token[];
  /** Tokens of `tokens` that belong to the prompt. */
  readonly promptLength: number;
  readonly sampling: Sampling;
  readonly grammar?: LlamaGrammar;
  /** Candidates whose log probabilities are wanted; absent: none. */
  readonly topLogprobs?: number;
  readonly signal: AbortSignal;
  /** Called once the reusable part of the slot's state is known. */
  readonly onReused?: (tokens: number) => void;
}

/**
 * Generates tokens after `tokens` until the model ends its turn, the consumer stops, or the signal aborts (then it
 * throws the reason). What the slot has evaluated already is reused; the rest of the prompt is evaluated in chunks, so
 * that a cancel and the other slots wait for one chunk at most. The gate decides which slots evaluate together.
 */
export async function* decodeTokens(job: DecodeJob): AsyncGenerator<DecodedToken, void> {
  const { engine, signal } = job;
  const rest = await prefillPrompt(job);
  signal.throwIfAborted();
  // The engine counts penalties over what it is given here; the caller appends to `tokens` while we generate.
  const options = evaluateOptions(job);
  const steps = new AnswerSteps(job, rest, options);
  let startedAtMs = 0;
  let count = 0;
  try {
    for (let isEnd = false; !isEnd;) {
      const step = await steps.next();
      ({ isEnd } = step);
      for (const found of step.found) {
        // The first token came with the last chunk of the prompt, so decoding is measured from it on.
        if (count++ === 0) startedAtMs = performance.now();
        yield found;
        signal.throwIfAborted();
      }
    }
  } finally {
    await steps.end();
    engine.speed.recordDecode(count - 1, performance.now() - startedAtMs);
  }
}

function evaluateOptions({
  engine,
  slot,
  tokens,
  promptLength,
  sampling,
  grammar,
}: DecodeJob): SequenceEvaluateOptions {
  const bias = new TokenBias(engine.model.tokenizer);
  for (const [token, logit] of sampling.logitBias) bias.set(token as Token, { logit });
  return {
    temperature: sampling.temperature,
    topK: sampling.topK,
    topP: sampling.topP,
    minP: sampling.minP,
    evaluationPriority: evaluationOrder(slot),
    seed: sampling.seed === undefined ? randomInt(SEED_RANGE) : sampling.seed >>> 0,
    ...(sampling.logitBias.size === 0 ? {} : { tokenBias: bias }),
    ...(grammar === undefined
      ? {}
      : { grammarEvaluationState: new LlamaGrammarEvaluationState({ model: engine.model, grammar }) }),
    ...penalties(tokens, promptLength, sampling),
  };
}

/**
 * `frequency_penalty` and `presence_penalty` count the answer, as OpenAI defines them; `repeat_penalty` looks back over
 * the last tokens of prompt and answer, as llama.cpp defines it.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
function penalties(
  tokens: readonly Token[],
  promptLength: number,
  sampling: Sampling,
): Pick<SequenceEvaluateOptions, "repeatPenalty"> {
  const { frequencyPenalty, presencePenalty, repeatPenalty, repeatLastN } = sampling;
  if (frequencyPenalty === 0 && presencePenalty === 0 && repeatPenalty === 1) return {};
  const looksBack = repeatPenalty !== 1;
  const window = looksBack && repeatLastN >= 0 ? repeatLastN : MAX_PENALIZED_TOKENS;
  return {
    repeatPenalty: {
      penalty: repeatPenalty,
      frequencyPenalty,
      presencePenalty,
      maxPunishTokens: window,
      punishTokens: () => tokens.slice(Math.max(looksBack ? 0 : promptLength, tokens.length - window)),
    },
  };
}
