import { getLlama, type LlamaContext, type LlamaContextSequence, LlamaLogLevel, type Token } from "node-llama-cpp";
import type { BenchSettings, BenchText } from "./local.ts";

/** What to measure: so many texts at a time, by the library's sequences or by a plain loop over its native code. */
export interface RawJob {
  readonly concurrency: number;
  readonly by: "library" | "native";
}

/**
 * The engine with nothing around it: the yardsticks for the worker. Receives the settings once and then one `RawJob` for
 * each measurement; answers with the `BenchText`s.
 */
async function main(): Promise<void> {
  process.once("disconnect", () => process.exit(0));
  const settings = JSON.parse(process.argv[2] ?? "") as BenchSettings;
  const llama = await getLlama({
    build: "never",
    skipDownload: true,
    gpu: false,
    maxThreads: settings.threads,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath: settings.modelFile });
  const contextOptions = {
    contextSize: settings.contextTokens,
    sequences: settings.slots,
    threads: settings.threads,
  };
  const context = await model.createContext(contextOptions);
  const sequences = Array.from({ length: settings.slots }, () => context.getSequence());
  const native = new NativeLoop(await model.createContext(contextOptions), settings);
  process.on("message", ({ concurrency, by }: RawJob) => {
    const texts =
      by === "native"
        ? native.generate(concurrency)
        : Promise.all(sequences.slice(0, concurrency).map((sequence) => generate(sequence, settings)));
    void texts.then((done) => process.send?.({ texts: done }));
  });
  process.send?.("ready");
}

async function generate(sequence: LlamaContextSequence, settings: BenchSettings): Promise<BenchText> {
  const startedAtMs = Date.now();
  const prompt = sequence.model.tokenize(settings.prompt);
  // The worker reuses the prompt of the round before too.
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  const { temperature, topK, topP, minP, seed } = settings;
  const options = { temperature, topK, topP, minP, seed, yieldEogToken: true };
  let tokens = 0;
  for await (const _ of sequence.evaluate(prompt.slice(sequence.nextTokenIndex), options))
    if (++tokens === settings.answerTokens) break;
  return { tokens, startedAtMs, endedAtMs: Date.now() };
}

/** The binding below the library's own classes, which its types leave out. */
interface NativeContext {
  initBatch(tokens: number): void;
  /** Returns where each asked logit will be. */
  addToBatch(sequence: number, position: number, tokens: Uint32Array, logits: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(logit: number, sampler: NativeSampler): Promise<number>;
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
}
interface NativeSampler {
  applyConfig(config: Record<string, number>): void;
}

/**
 * As fast as this build of the engine can be driven from here: for each token one whole batch, in ascending order, and
 * all samples at once; nobody can join or leave.
 */
class NativeLoop {
  readonly #context: NativeContext;
  readonly #settings: BenchSettings;
  readonly #prompt: readonly Token[];
  readonly #newSampler: () => NativeSampler;
  readonly #hasPrompt = new Set<number>();

  constructor(context: LlamaContext, settings: BenchSettings) {
    const { model } = context;
    const { _ctx } = context as unknown as { readonly _ctx: NativeContext };
    const { _llama, _model } = model as unknown as {
      readonly _llama: { readonly _bindings: { readonly AddonSampler: new (model: unknown) => NativeSampler } };
      readonly _model: unknown;
    };
    this.#context = _ctx;
    this.#settings = settings;
    this.#prompt = model.tokenize(settings.prompt);
    this.#newSampler = () => {
      const { temperature, topK, topP, minP, seed } = settings;
      const sampler = new _llama._bindings.AddonSampler(_model);
      sampler.applyConfig({ temperature, topK, topP, minP, seed });
      return sampler;
    };
  }

  async generate(concurrency: number): Promise<BenchText[]> {
    const sequences = Array.from({ length: concurrency }, (_, sequence) => sequence);
    for (const sequence of sequences) if (!this.#hasPrompt.has(sequence)) await this.#read(sequence);
    const startedAtMs = Date.now();
    const samplers = sequences.map(this.#newSampler);
    let position = this.#prompt.length - 1;
    let next = sequences.map(() => Number(this.#prompt.at(-1)));
    for (let count = 0; count < this.#settings.answerTokens; count++) {
      this.#context.initBatch(concurrency);
      const logits = sequences.map((sequence) =>
        this.#context.addToBatch(sequence, position, Uint32Array.of(next[sequence] ?? 0), Uint32Array.of(0)),
      );
      await this.#context.decodeBatch();
      next = await Promise.all(
        logits.map(([logit = 0], at) => this.#context.sampleToken(logit, samplers[at] ?? this.#newSampler())),
      );
      position++;
    }
    const text = { tokens: this.#settings.answerTokens, startedAtMs, endedAtMs: Date.now() };
    for (const sequence of sequences)
      this.#context.removeTokenCellsFromSequence(sequence, this.#prompt.length - 1, position);
    return sequences.map(() => text);
  }

  /** All of the prompt but its last token, which begins every text. */
  async #read(sequence: number): Promise<void> {
    const tokens = this.#prompt.slice(0, -1);
    this.#context.initBatch(tokens.length);
    this.#context.addToBatch(sequence, 0, Uint32Array.from(tokens), Uint32Array.of());
    await this.#context.decodeBatch();
    this.#hasPrompt.add(sequence);
  }
}

await main();
