import type { LlamaGrammar, Token } from "node-llama-cpp";
import type { AnswerFormat } from "./answer-format.ts";
import { type DecodedToken, decodeTokens } from "./decode-tokens.ts";
import { IncrementalDetokenizer } from "./incremental-detokenizer.ts";
import type { Engine, EngineSlot } from "./load-engine.ts";
import type { CompletionRequest } from "./parse-completion-request.ts";
import type { Prompt } from "./render-prompt.ts";
import type { TokenLogprob } from "./token-logprob.ts";

/** One answer to generate. */
export interface AnswerJob {
  readonly engine: Engine;
  readonly slot: EngineSlot;
  readonly prompt: Prompt;
  readonly request: CompletionRequest;
  readonly format: AnswerFormat;
  /** Tokens that the answer may have. */
  readonly maxTokens: number;
  /** Of these, for reasoning; absent: all. */
  readonly maxReasoningTokens?: number;
  readonly signal: AbortSignal;
}

/** What an answer consists of, as it is generated. */
export type AnswerEvent =
  | { readonly kind: "content-delta"; readonly text: string; readonly logprobs: readonly TokenLogprob[] }
  | { readonly kind: "reasoning-delta"; readonly text: string }
  | { readonly kind: "call-start"; readonly index: number; readonly id: string; readonly name: string }
  | { readonly kind: "call-delta"; readonly index: number; readonly text: string };

/** The tokens of one answer while it grows; each stage of it generates after what is there. */
export class AnswerState {
  readonly job: AnswerJob;
  /** Prompt and answer so far. */
  readonly tokens: Token[];
  /** Prompt tokens that the slot had evaluated for an earlier request. */
  cachedTokens = 0;
  /** Of the answer's tokens, those spent on reasoning. */
  reasoningTokens = 0;
  /** The text that ended it, of those that the request or the chat's format has for that. */
  endedBy: string | undefined;
  #stages = 0;

  constructor(job: AnswerJob) {
    this.job = job;
    this.tokens = [...job.prompt.tokens];
  }

  get completionTokens(): number {
    return this.tokens.length - this.job.prompt.tokens.length;
  }

  get isFull(): boolean {
    return this.completionTokens >= this.job.maxTokens;
  }

  /** Generates after the present tokens. The caller MUST push each token that it accepts before it asks for the next. */
  decode(grammar?: LlamaGrammar, topLogprobs?: number): AsyncGenerator<DecodedToken, void> {
    const { engine, slot, prompt, request, signal } = this.job;
    const stage = this.#stages++;
    const { seed } = request.sampling;
    return decodeTokens({
      engine,
      slot,
      tokens: this.tokens,
      promptLength: prompt.tokens.length - (prompt.begunTokens ?? 0),
      // Every stage starts the generator of chance anew, so each has its own seed.
      sampling: seed === undefined ? request.sampling : { ...request.sampling, seed: seed + stage },
      ...(grammar === undefined ? {} : { grammar }),
      ...(topLogprobs === undefined ? {} : { topLogprobs }),
      signal,
      onReused: (tokens) => {
        if (stage === 0) this.cachedTokens = Math.min(tokens, prompt.tokens.length);
      },
    });
  }

  /** `continues`: what follows belongs to the same text as what is there. */
  detokenizer(continues = false): IncrementalDetokenizer {
    const { model, syntax } = this.job.engine;
    const detokenize = (tokens: readonly Token[]): string => model.detokenize(tokens, false);
    return new IncrementalDetokenizer(detokenize, syntax.controlTexts, continues ? this.tokens : []);
  }
}
