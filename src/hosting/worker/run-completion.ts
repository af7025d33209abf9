import { SignalboxError } from "../../core/errors.ts";
import { AnswerFormatCompiler } from "./answer-format.ts";
import type { AnswerEvent, AnswerJob } from "./answer-state.ts";
import { type AnswerEnd, generateAnswer } from "./generate-answer.ts";
import { InvalidAnswer, type SpentTokens } from "./invalid-answer.ts";
import type { Engine, EngineSlot } from "./load-engine.ts";
import type { CompletionRequest } from "./parse-completion-request.ts";
import { reasoningLimit } from "./parse-reasoning.ts";
import { prepareSlot } from "./prepare-slot.ts";
import { type Prompt, reasoningModeOf, renderPrompt } from "./render-prompt.ts";
import type { SlotPool } from "./slot-pool.ts";

/** What one answer of a request consists of. `discard` takes back all of the choice so far; it comes only when the request is no stream. */
export type CompletionEvent =
  | { readonly kind: "answer"; readonly choice: number; readonly event: AnswerEvent }
  | { readonly kind: "discard"; readonly choice: number }
  | { readonly kind: "end"; readonly choice: number; readonly end: AnswerEnd };

/** Tokens of a whole request. */
export interface CompletionUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

/** Serves chat requests with one loaded model. */
export class CompletionRunner {
  readonly engine: Engine;
  readonly #pool: SlotPool<EngineSlot>;
  readonly #formats: AnswerFormatCompiler;

  constructor(engine: Engine, pool: SlotPool<EngineSlot>) {
    this.engine = engine;
    this.#pool = pool;
    this.#formats = new AnswerFormatCompiler(engine);
  }

  /** Tokens of the prompt that the request makes, exactly. */
  countPromptTokens(request: CompletionRequest): number {
    return this.#render(request).tokens.length;
  }

  /**
   * Checks, waits for a slot and generates every choice on it, one after the other. Throws SignalboxError, or the
   * signal's reason; the slot is free again in any case. What was evaluated for one scope is reused for it alone.
   */
  async *run(
    request: CompletionRequest,
    signal: AbortSignal,
    scope = "",
  ): AsyncGenerator<CompletionEvent, CompletionUsage> {
    const format = await this.#formats.compile(request);
    const prompt = this.#render(request);
    const maxTokens = this.#answerLimit(prompt, request);
    const maxReasoningTokens = reasoningLimit(request.reasoning, maxTokens);
    const limits = { maxTokens, ...(maxReasoningTokens === undefined ? {} : { maxReasoningTokens }) };
    const slot = await this.#pool.acquire(prompt.tokens, signal, scope);
    const usage = { promptTokens: prompt.tokens.length, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };
    try {
      await prepareSlot(this.engine, slot, prompt.tokens, scope);
      for (let choice = 0; choice < request.choiceCount; choice++) {
        const seeded = withSeedOffset(request, choice);
        const end = yield* this.#choose({ choice, slot, prompt, request: seeded, format, ...limits, signal });
        if (choice === 0) usage.cachedTokens = end.cachedTokens;
        usage.completionTokens += end.completionTokens;
        usage.reasoningTokens += end.reasoningTokens;
        yield { kind: "end", choice, end };
      }
      return usage;
    } catch (error) {
      if (!signal.aborted && !(error instanceof SignalboxError)) await forgetState(slot);
      throw error;
    } finally {
      this.#pool.release(slot);
    }
  }

  /** One answer; if it misses its format and nothing was sent yet, the model is told why and gets one more chance. */
  async *#choose(job: ChoiceJob): AsyncGenerator<CompletionEvent, AnswerEnd> {
    try {
      return yield* this.#generate(job);
    } catch (error) {
      if (!(error instanceof InvalidAnswer)) throw error;
      const repair = job.request.stream ? undefined : this.#repairJob(job, error);
      if (repair === undefined) throw notAsAsked(error);
      yield { kind: "discard", choice: job.choice };
      try {
        return withAttempt(yield* this.#generate(repair), error.spent);
      } catch (second) {
        throw second instanceof InvalidAnswer ? notAsAsked(second) : second;
      }
    }
  }

  async *#generate({ choice, ...job }: ChoiceJob): AsyncGenerator<CompletionEvent, AnswerEnd> {
    const answer = generateAnswer({ ...job, engine: this.engine });
    try {
      for (;;) {
        const { value, done } = await answer.next();
        if (done) return value;
        yield { kind: "answer", choice, event: value };
      }
    } finally {
      await answer.return(undefined as never);
    }
  }

  /** The same job with the failed answer and its problem in the conversation; undefined when the context has no room for it. */
  #repairJob(job: ChoiceJob, failure: InvalidAnswer): ChoiceJob | undefined {
    const request: CompletionRequest = {
      ...job.request,
      messages: [
        ...job.request.messages,
        { role: "assistant", content: failure.text },
        { role: "user", content: `That does not work: ${failure.message}. Answer again, correctly this time.` },
      ],
    };
    const prompt = this.#render(request);
    const room = this.engine.contextTokens - prompt.tokens.length;
    return room <= 0 ? undefined : { ...job, request, prompt, maxTokens: Math.min(job.maxTokens, room) };
  }

  #render(request: CompletionRequest): Prompt {
    return renderPrompt(this.engine, { ...request, reasoning: reasoningModeOf(request) });
  }

  /** What was asked for, as far as the context has room; an answer cut there says `length`. */
  #answerLimit(prompt: Prompt, { maxTokens }: CompletionRequest): number {
    const { contextTokens } = this.engine;
    const promptTokens = prompt.tokens.length;
    const room = contextTokens - promptTokens;
    if (room > 0) return Math.min(maxTokens ?? room, room);
    const message = `The model's context holds ${contextTokens} tokens and the messages take ${promptTokens}, which leaves no room for an answer.`;
    throw new SignalboxError("context_length_exceeded", message, {
      param: "messages",
      metadata: { context_tokens: contextTokens, prompt_tokens: promptTokens },
    });
  }
}

/** One of the answers that a request asks for. */
interface ChoiceJob extends Omit<AnswerJob, "engine"> {
  readonly choice: number;
}

/** The end of a repaired answer, with the tokens of the attempt that failed: the model wrote those, too. */
function withAttempt(end: AnswerEnd, spent: SpentTokens | undefined): AnswerEnd {
  if (spent === undefined) return end;
  return {
    finishReason: end.finishReason,
    ...(end.stopText === undefined ? {} : { stopText: end.stopText }),
    completionTokens: end.completionTokens + spent.completionTokens,
    reasoningTokens: end.reasoningTokens + spent.reasoningTokens,
    cachedTokens: spent.cachedTokens,
  };
}

/** Choices differ though the request has one seed. */
function withSeedOffset(request: CompletionRequest, choice: number): CompletionRequest {
  const { seed } = request.sampling;
  if (seed === undefined || choice === 0) return request;
  return { ...request, sampling: { ...request.sampling, seed: seed + choice * 1_000 } };
}

/** After a failure of the engine nobody knows what the slot has evaluated. */
export async function forgetState(slot: EngineSlot): Promise<void> {
  try {
    await slot.sequence.clearHistory();
  } catch (error) {
    // The failure that led here is the one to report; a slot that cannot be cleared fails its next request by itself.
    process.stderr.write(`slot ${slot.id} could not be cleared: ${String(error)}\n`);
  }
}

function notAsAsked(failure: InvalidAnswer): SignalboxError {
  return new SignalboxError("invalid_answer", `The model did not keep to the form asked for: ${failure.message}.`);
}
