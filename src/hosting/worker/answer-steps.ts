import type { SequenceEvaluateOptions, Token } from "node-llama-cpp";
import { chooseLikeliestWithLogprobs, sampleWithLogprobs } from "./decode-with-logprobs.ts";
import type { DecodedToken, DecodeJob } from "./decode-tokens.ts";
import { Speculation } from "./speculation.ts";
import { verifyDraft } from "./verify-draft.ts";

/** What a step brought; nothing more comes after the end. */
export interface AnswerStep {
  readonly found: readonly DecodedToken[];
  readonly isEnd: boolean;
}

/** Takes the steps of one answer's text as the gate lets them, with drafts where they pay. */
export class AnswerSteps {
  readonly #job: DecodeJob;
  readonly #options: SequenceEvaluateOptions;
  readonly #chosen: AsyncIterator<DecodedToken, void, Token | undefined>;
  readonly #speculation: Speculation | undefined;
  /** What the first step evaluates beside a token: the end of the prompt. */
  #prefillTokens: number;

  /** `rest` is what of the job's tokens is not evaluated yet. */
  constructor(job: DecodeJob, rest: Token[], options: SequenceEvaluateOptions) {
    this.#job = job;
    this.#options = options;
    this.#chosen = chooseTokens(job, rest, options);
    this.#speculation = allowsDrafts(job)
      ? new Speculation({ decode: job.engine.gate.costs, verify: job.engine.verifyCosts })
      : undefined;
    this.#prefillTokens = rest.length - 1;
  }

  /** The caller MUST have appended the tokens of the step before to the job's tokens. */
  async next(): Promise<AnswerStep> {
    const draft = this.#planDraft();
    const step = draft.length === 0 ? await this.#decode() : await this.#verify(draft);
    for (const { token } of step.found) this.#speculation?.observe(token);
    return step;
  }

  async end(): Promise<void> {
    await this.#chosen.return?.();
  }

  #planDraft(): readonly Token[] {
    const { engine, tokens } = this.#job;
    if (this.#speculation === undefined || this.#prefillTokens >= 0) return [];
    // The engine needs a free place beside those that it evaluates.
    const room = Math.min(engine.prefillChunkTokens, engine.contextTokens - tokens.length - 1);
    const draft = this.#speculation.plan(tokens, Math.max(0, room)) as readonly Token[];
    // Several slots together are faster than one with drafts.
    return engine.gate.isShared ? [] : draft;
  }

  async #decode(): Promise<AnswerStep> {
    const { engine, slot, signal, tokens } = this.#job;
    const kind = this.#prefillTokens > 0 ? "prefill" : "decode";
    this.#prefillTokens = -1;
    // After a confirmed draft it is not the token that the engine chose last.
    const last = tokens.at(-1);
    const { value, done } = await engine.gate.run(slot.id, kind, signal, () => this.#chosen.next(last));
    // Each of these is an evaluation of its own for the library.
    if (this.#job.topLogprobs !== undefined) engine.garbage.add();
    return done ? { found: [], isEnd: true } : { found: [value], isEnd: false };
  }

  async #verify(draft: readonly Token[]): Promise<AnswerStep> {
    const { engine, slot, signal, tokens } = this.#job;
    const last = tokens.at(-1);
    if (last === undefined) throw new Error("There is nothing that a draft could follow.");
    const verified = await engine.gate.run(slot.id, "verify", signal, async () => {
      const startedAtMs = performance.now();
      const result = await verifyDraft(slot.sequence, last, draft, this.#options);
      engine.verifyCosts.record(draft.length + 1, performance.now() - startedAtMs);
      engine.drafts.proposedTokens += draft.length;
      engine.drafts.confirmedTokens += result.tokens.length - (result.isEnd ? 0 : 1);
      return result;
    });
    return { found: verified.tokens.map((token) => ({ token })), isEnd: verified.isEnd };
  }
}

/** A draft is confirmed by the likeliest tokens; chance, a grammar and penalties depend on each token before. */
function allowsDrafts({ slot, sampling, grammar, topLogprobs }: DecodeJob): boolean {
  const { temperature, frequencyPenalty, presencePenalty, repeatPenalty } = sampling;
  const isPlain = frequencyPenalty === 0 && presencePenalty === 0 && repeatPenalty === 1;
  const isGreedy = temperature === 0 && grammar === undefined && topLogprobs === undefined;
  return isGreedy && isPlain && !slot.sequence.needsCheckpoints;
}

function chooseTokens(
  job: DecodeJob,
  rest: Token[],
  options: SequenceEvaluateOptions,
): AsyncIterator<DecodedToken, void, Token | undefined> {
  const { sequence } = job.slot;
  if (job.topLogprobs === undefined) return sequence.evaluateWithMetadata(rest, {}, options);
  if (job.sampling.temperature > 0 || job.grammar !== undefined) return sampleWithLogprobs(sequence, rest, options);
  return chooseLikeliestWithLogprobs(sequence, rest, options, job.topLogprobs);
}
