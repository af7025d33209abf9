import type { Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import { AnswerState } from "./answer-state.ts";
import { generateText } from "./generate-text.ts";
import type { Engine, EngineSlot } from "./load-engine.ts";
import type { CompletionRequest } from "./parse-completion-request.ts";
import type { TextRequest } from "./parse-text-request.ts";
import { tokenizePrompt } from "./tokenize-prompt.ts";
import { prepareSlot } from "./prepare-slot.ts";
import { type CompletionUsage, forgetState } from "./run-completion.ts";
import { scoreTokens } from "./score-tokens.ts";
import type { SlotPool } from "./slot-pool.ts";
import { type TokenLogprob, toTokenLogprob } from "./token-logprob.ts";

/** What a completed text consists of, as it is generated. A log probability of `null` stands for the first token of all, which nothing comes before. */
export type TextEvent =
  | {
      readonly kind: "text";
      readonly choice: number;
      readonly text: string;
      readonly logprobs: readonly (TokenLogprob | FirstToken)[];
    }
  | { readonly kind: "end"; readonly choice: number; readonly finishReason: "stop" | "length" };

/** The first token of a text has no probability. */
export interface FirstToken {
  readonly token: string;
  readonly logprob: null;
}

/** Goes on with texts, with one loaded model. */
export class TextRunner {
  readonly engine: Engine;
  readonly #pool: SlotPool<EngineSlot>;

  constructor(engine: Engine, pool: SlotPool<EngineSlot>) {
    this.engine = engine;
    this.#pool = pool;
  }

  /**
   * Checks every prompt, waits for a slot and writes all texts on it, one after the other. Throws SignalboxError, or the
   * signal's reason; the slot is free again in any case. What was evaluated for one scope is reused for it alone.
   */
  async *run(request: TextRequest, signal: AbortSignal, scope: string): AsyncGenerator<TextEvent, CompletionUsage> {
    const prompts = request.prompts.map((prompt, index) => {
      const tokens = tokenizePrompt(this.engine.model, prompt, request.suffix, paramOf(request, index));
      return { tokens, maxTokens: this.#answerLimit(tokens, request, paramOf(request, index)) };
    });
    const first = prompts[0]?.tokens ?? [];
    const slot = await this.#pool.acquire(first, signal, scope);
    const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
    try {
      await prepareSlot(this.engine, slot, first, scope);
      for (const [index, { tokens, maxTokens }] of prompts.entries()) {
        usage.promptTokens += tokens.length;
        for (let number = 0; number < request.choiceCount; number++) {
          const choice = index * request.choiceCount + number;
          const job = { request: withSeedOffset(request, choice), tokens, maxTokens, slot, choice, signal };
          const state = yield* this.#complete(job);
          if (number === 0) usage.cachedTokens += state?.cachedTokens ?? 0;
          usage.completionTokens += state?.completionTokens ?? 0;
        }
      }
      return usage;
    } catch (error) {
      if (!signal.aborted && !(error instanceof SignalboxError)) await forgetState(slot);
      throw error;
    } finally {
      this.#pool.release(slot);
    }
  }

  async *#complete(job: TextJob): AsyncGenerator<TextEvent, AnswerState | undefined> {
    const { request, tokens, maxTokens, slot, choice, signal } = job;
    if (request.echo) yield await this.#echo(job);
    if (maxTokens === 0) {
      yield { kind: "end", choice, finishReason: "length" };
      return undefined;
    }
    const state = new AnswerState({
      engine: this.engine,
      slot,
      prompt: { tokens, endTokens: new Set(), endTexts: [], opensReasoning: false },
      request: asCompletion(request),
      format: { tools: new Map() },
      maxTokens,
      signal,
    });
    const stage = generateText(state, {
      texts: { ends: request.stop, callTriggers: [], reasoning: undefined },
      startsInReasoning: false,
      continues: true,
    });
    try {
      for (;;) {
        const { value, done } = await stage.next();
        if (done) {
          yield { kind: "end", choice, finishReason: value === "length" ? "length" : "stop" };
          return state;
        }
        if (value.kind === "content-delta") yield { kind: "text", choice, text: value.text, logprobs: value.logprobs };
      }
    } finally {
      await stage.return("stop");
    }
  }

  /** The prompt's own text, with how likely the model finds it where that is asked for. */
  async #echo({ request, tokens, slot, choice, signal }: TextJob): Promise<TextEvent> {
    const { model } = this.engine;
    // A beginning that the model wants and nobody wrote is no part of the text.
    const shown = tokens[0] === model.tokens.bos && model.tokens.shouldPrependBosToken ? tokens.slice(1) : tokens;
    const text = model.detokenize(shown, true);
    const { topLogprobs } = request;
    if (topLogprobs === undefined || shown.length === 0) return { kind: "text", choice, text, logprobs: [] };
    const from = Math.max(tokens.length - shown.length, 1);
    const scores = await scoreTokens({ engine: this.engine, slot, signal }, tokens, from, topLogprobs);
    const scored = tokens
      .slice(from)
      .map((token, index) => toTokenLogprob(model, token, scores[index] ?? new Map(), topLogprobs));
    const first: readonly FirstToken[] =
      scored.length < shown.length ? [{ token: model.detokenize(shown.slice(0, 1), true), logprob: null }] : [];
    return { kind: "text", choice, text, logprobs: [...first, ...scored] };
  }

  /** What was asked for, as far as the context has room; a text cut there says `length`. */
  #answerLimit(tokens: readonly Token[], { maxTokens }: TextRequest, param: string): number {
    const { contextTokens } = this.engine;
    const room = contextTokens - tokens.length;
    if (room > 0 || (room === 0 && maxTokens === 0)) return Math.min(maxTokens, room);
    const message = `The model's context holds ${contextTokens} tokens and \`${param}\` takes ${tokens.length}, which leaves no room for more.`;
    throw new SignalboxError("context_length_exceeded", message, {
      param,
      metadata: { context_tokens: contextTokens, prompt_tokens: tokens.length },
    });
  }
}

interface TextJob {
  readonly request: TextRequest;
  readonly tokens: readonly Token[];
  readonly maxTokens: number;
  readonly slot: EngineSlot;
  readonly choice: number;
  readonly signal: AbortSignal;
}

function paramOf({ prompts }: TextRequest, index: number): string {
  return prompts.length === 1 ? "prompt" : `prompt[${index}]`;
}

/** Texts differ though the request has one seed. */
function withSeedOffset(request: TextRequest, choice: number): TextRequest {
  const { seed } = request.sampling;
  if (seed === undefined || choice === 0) return request;
  return { ...request, sampling: { ...request.sampling, seed: seed + choice * 1_000 } };
}

/** The part of a chat request that the writing of text reads. */
function asCompletion(request: TextRequest): CompletionRequest {
  return {
    ...request,
    messages: [],
    tools: [],
    toolChoice: { kind: "none" },
    parallelToolCalls: false,
    responseFormat: { kind: "text" },
    reasoning: { mode: "off", isExcluded: false },
  };
}
