import type { LlamaContext, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import { planContext } from "../context-plan.ts";
import type { WorkerOptions } from "../worker-protocol.ts";

/**
 * The context in which a model writes: its sequences with all that they have read. It can be given back while nothing is
 * evaluated, and made anew, empty; the weights stay.
 */
export class EngineContext {
  readonly #model: LlamaModel;
  readonly #options: WorkerOptions;
  #context: LlamaContext | undefined;
  #sequences: readonly LlamaContextSequence[] = [];
  /** Of contexts that were given back. */
  #evaluatedBefore = 0;

  private constructor(model: LlamaModel, options: WorkerOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** Rejects with the engine's error where it can't be allocated. */
  static async make(model: LlamaModel, options: WorkerOptions): Promise<EngineContext> {
    const made = new EngineContext(model, options);
    await made.restore();
    return made;
  }

  /** Absent while the context is given back. */
  find(slot: number): LlamaContextSequence | undefined {
    return this.#sequences[slot];
  }

  /** Whoever evaluates holds a slot, and slots are given only while there is a context. */
  sequence(slot: number): LlamaContextSequence {
    const sequence = this.find(slot);
    if (sequence === undefined) throw new Error("The context was given back while it was in use.");
    return sequence;
  }

  /** Of each sequence, in tokens. */
  get size(): number {
    return this.#context?.contextSize ?? this.#options.contextTokens;
  }

  evaluatedTokens(): number {
    return this.#sequences.reduce((sum, sequence) => sum + usedTokens(sequence), this.#evaluatedBefore);
  }

  async giveBack(): Promise<void> {
    this.#evaluatedBefore = this.evaluatedTokens();
    this.#sequences = [];
    await this.#context?.dispose();
    this.#context = undefined;
  }

  /** Rejects as `make` does. */
  async restore(): Promise<void> {
    const { contextTokens, sequences, batchTokens } = planContext({ ...this.#options, reads: false });
    const context = await this.#model.createContext({
      contextSize: contextTokens,
      sequences,
      threads: this.#options.threads,
      batchSize: batchTokens,
      failedCreationRemedy: false,
      // Together with `evaluationOrder`: a batch is evaluated at once only when its sequences ascend.
      batching: { itemPrioritizationStrategy: "firstInFirstOut" },
    });
    this.#context = context;
    this.#sequences = Array.from({ length: sequences }, () =>
      context.getSequence({ contextShift: { strategy: refuseShift } }),
    );
  }
}

/** The engine would drop the beginning of the conversation in silence; requests are measured first, so this is a defect. */
function refuseShift(): never {
  throw new Error("The context of the slot is full.");
}

function usedTokens(sequence: LlamaContextSequence): number {
  return sequence.tokenMeter.usedInputTokens + sequence.tokenMeter.usedOutputTokens;
}
