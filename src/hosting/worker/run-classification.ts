import type { Token } from "node-llama-cpp";
import { SignalboxError } from "../../core/errors.ts";
import type { Engine, EngineSlot } from "./load-engine.ts";
import type { ClassifyRequest, Label } from "./parse-classify-request.ts";
import { prepareSlot } from "./prepare-slot.ts";
import { renderPrompt } from "./render-prompt.ts";
import { forgetState } from "./run-completion.ts";
import { type LabelScorer, scoreLabels, toShares } from "./score-labels.ts";
import { scoreNext, scoreTokens } from "./score-tokens.ts";
import type { SlotPool } from "./slot-pool.ts";

/** What the model makes of one text. */
export interface Classification {
  /** The likeliest label. */
  readonly label: string;
  /** In the order of the request. They sum to 1, unless each label was asked about by itself. */
  readonly labels: readonly { readonly label: string; readonly probability: number }[];
  /** How much of the model's own mind the labels have: near 0, it would rather have said something else. Absent where each was asked about by itself. */
  readonly mass?: number;
  /** Where all labels are numbers: their average by probability. */
  readonly score?: number;
}

/** The classifications of a request's texts, and the tokens that were read for them. */
export interface ClassificationResult {
  readonly values: readonly Classification[];
  readonly promptTokens: number;
}

const YES_OR_NO = ["yes", "no"] as const;

/**
 * Weighs labels with a model that writes text, without writing any: the probability of a label is how likely the model's
 * answer would begin with it, among the labels. The instructions and labels come first in the prompt, so that they are
 * read once for many texts.
 */
export class Classifier {
  readonly engine: Engine;
  readonly #pool: SlotPool<EngineSlot>;

  constructor(engine: Engine, pool: SlotPool<EngineSlot>) {
    this.engine = engine;
    this.#pool = pool;
  }

  /** Throws SignalboxError before anything is read, or the signal's reason between two steps; the slot is free again in any case. What was evaluated for one scope is reused for it alone. */
  async classify(request: ClassifyRequest, signal: AbortSignal, scope: string): Promise<ClassificationResult> {
    const choices = request.inputs.map((input, index) => this.#choicesFor(request, input, index));
    const first = choices[0]?.[0]?.prompt ?? [];
    const slot = await this.#pool.acquire(first, signal, scope);
    try {
      await prepareSlot(this.engine, slot, first, scope);
      const values: Classification[] = [];
      const meter = { tokens: 0 };
      for (const ofInput of choices) {
        const weighed = [];
        for (const choice of ofInput) weighed.push(await this.#weigh(choice, slot, signal, meter));
        values.push(request.multiple ? eachLabel(request.labels, weighed) : oneLabel(request.labels, weighed[0]));
      }
      return { values, promptTokens: meter.tokens };
    } catch (error) {
      if (!signal.aborted && !(error instanceof SignalboxError)) await forgetState(slot);
      throw error;
    } finally {
      this.#pool.release(slot);
    }
  }

  /** The questions about one text: one about all labels, or one about each. */
  #choicesFor(request: ClassifyRequest, input: string, index: number): readonly Choice[] {
    const param = request.inputs.length === 1 ? "input" : `input[${index}]`;
    if (!request.multiple) {
      const answers = request.labels.map(({ label }) => label);
      return [this.#choice(chooseOne(request), input, answers, param)];
    }
    const system = withInstructions(
      'Answer the question about the text with "yes" or "no", and with nothing else.',
      request,
    );
    return request.labels.map((label) => {
      // The text comes first: it is read once for all labels.
      const user = `${input}\n\nDoes the label ${described(label, ", which means: ")} fit the text above?`;
      return this.#choice(system, user, YES_OR_NO, param);
    });
  }

  #choice(system: string, user: string, answers: readonly string[], param: string): Choice {
    const { contextTokens, model } = this.engine;
    const rendered = renderPrompt(this.engine, {
      messages: [
        { role: "system", content: system },
        { role: "user", content: user },
      ],
      tools: [],
      toolChoice: { kind: "none" },
      reasoning: "off",
    });
    const prompt = rendered.tokens;
    const labels = answers.map((answer) => model.tokenize(answer, false, "trimLeadingSpace"));
    const tokens = prompt.length + Math.max(...labels.map(({ length }) => length));
    if (tokens <= contextTokens)
      return { prompt, labels, endTokens: [...endTokensOf(this.engine), ...rendered.endTokens] };
    const message = `The model's context holds ${contextTokens} tokens, and \`${param}\` takes ${tokens} together with the labels.`;
    throw new SignalboxError("context_length_exceeded", message, {
      param,
      metadata: { context_tokens: contextTokens, prompt_tokens: tokens },
    });
  }

  async #weigh(
    { prompt, labels, endTokens }: Choice,
    slot: EngineSlot,
    signal: AbortSignal,
    meter: { tokens: number },
  ): Promise<ReturnType<typeof toShares>> {
    const job = { engine: this.engine, slot, signal };
    meter.tokens += prompt.length;
    const scorer: LabelScorer = {
      next: async (prefix, candidates) => {
        if (prefix.length > 0) meter.tokens += 1;
        return await scoreNext(job, [...prompt, ...(prefix as readonly Token[])], candidates as readonly Token[]);
      },
      tail: async (prefix, tail) => {
        meter.tokens += tail.length;
        const before = [...prompt, ...(prefix as readonly Token[])];
        const tokens = [...before, ...(tail as readonly Token[])];
        const scores = await scoreTokens(job, tokens, before.length, 1);
        return tail.reduce((sum, token, index) => sum + (scores[index]?.get(token as Token) ?? -Infinity), 0);
      },
    };
    return toShares(await scoreLabels(labels, endTokens, scorer));
  }
}

/** One question with its possible answers, in tokens. */
interface Choice {
  readonly prompt: readonly Token[];
  readonly labels: readonly (readonly Token[])[];
  readonly endTokens: readonly Token[];
}

type Shares = ReturnType<typeof toShares>;

function chooseOne({ labels, ...request }: ClassifyRequest): string {
  const list = labels.map((label) => `- ${described(label, ": ")}`).join("\n");
  const task = "Classify the text that the user sends. Answer with exactly one of these labels, and with nothing else:";
  return withInstructions(`${task}\n${list}`, request);
}

function withInstructions(task: string, { instructions }: Pick<ClassifyRequest, "instructions">): string {
  return instructions === undefined ? task : `${task}\n\n${instructions}`;
}

function described({ label, description }: Label, between: string): string {
  return description === undefined ? label : `${label}${between}${description}`;
}

function endTokensOf({ model }: Engine): readonly Token[] {
  return [...new Set([model.tokens.eos, model.tokens.eot])].filter((token) => token !== null);
}

function oneLabel(labels: readonly Label[], { shares, mass }: Shares = { shares: [], mass: 0 }): Classification {
  const weighed = labels.map(({ label }, index) => ({ label, probability: shares[index] ?? 0 }));
  const numbers = labels.map(({ label }) => (label.trim() === "" ? Number.NaN : Number(label)));
  const score = numbers.reduce((sum, number, index) => sum + number * (shares[index] ?? 0), 0);
  return { label: likeliest(weighed), labels: weighed, mass, ...(Number.isFinite(score) ? { score } : {}) };
}

function eachLabel(labels: readonly Label[], weighed: readonly Shares[]): Classification {
  const probabilities = labels.map(({ label }, index) => ({ label, probability: weighed[index]?.shares[0] ?? 0 }));
  return { label: likeliest(probabilities), labels: probabilities };
}

function likeliest(labels: Classification["labels"]): string {
  return labels.reduce((best, one) => (one.probability > best.probability ? one : best), { label: "", probability: -1 })
    .label;
}
