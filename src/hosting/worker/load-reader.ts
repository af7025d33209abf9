import type { LlamaModel, Token } from "node-llama-cpp";
import { planContext } from "../context-plan.ts";
import type { WorkerOptions } from "../worker-protocol.ts";
import { type OpenedModel, vocabularySizeOf } from "./load-engine.ts";
import { NativeGarbage } from "./native-garbage.ts";
import type { PooledSlot } from "./slot-pool.ts";
import { SpeedMeter } from "./speed-meter.ts";

/** Values of `<architecture>.pooling_type`. @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (enum llama_pooling_type) */
const POOLING = { none: 0, rank: 4 } as const;

/** Enough for a first estimate, few enough to be ready soon; real requests refine it. */
const WARM_UP_TOKENS = 64;

/** What a model that writes no text is made for. */
export type ReaderKind = "embedding" | "rerank";

/** One of the requests that may be served at the same time; a reader keeps nothing between two texts. */
export type ReaderSlot = PooledSlot;

/**
 * A loaded model that reads and writes nothing: it evaluates one text at a time, whichever request it belongs to, so
 * that requests with many texts and those with one get their turns.
 */
export interface Reader {
  readonly kind: ReaderKind;
  readonly model: LlamaModel;
  readonly slots: readonly ReaderSlot[];
  /** Tokens of one text, with those that the model adds. */
  readonly contextTokens: number;
  readonly device: "cpu" | "gpu";
  readonly threads: number;
  readonly speed: SpeedMeter;
  readonly garbage: NativeGarbage;
  /** For an embedding model: one text's tokens with those that the model adds, and the vector of such tokens. */
  readonly embedder?: {
    lengthOf(text: Token[] | string): number;
    vectorOf(text: Token[] | string): Promise<readonly number[]>;
  };
  /** For a reranker: the same for a query and a document, and the document's score from 0 to 1. */
  readonly ranker?: {
    lengthOf(query: string, document: string): number;
    scoreOf(query: string, document: string): Promise<number>;
  };
  /** Counts what was read, for the speed and for whoever watches the process. */
  record(tokens: number, durationMs: number): void;
  evaluatedTokens(): number;
}

/** What an opened model is made for, by its file's pooling; `undefined` for one that writes text. */
export function readerKindOf(model: LlamaModel): ReaderKind | undefined {
  const pooling: unknown = model.fileInfo.architectureMetadata.pooling_type;
  if (typeof pooling !== "number" || pooling === POOLING.none) return undefined;
  return pooling === POOLING.rank ? "rerank" : "embedding";
}

/** Makes the context in which an opened model reads. Rejects as `loadEngine` does. */
export async function makeReader(
  { llama, model }: OpenedModel,
  options: WorkerOptions,
  kind: ReaderKind,
): Promise<Reader> {
  let evaluatedTokens = 0;
  const speed = new SpeedMeter();
  const garbage = new NativeGarbage(vocabularySizeOf(model));
  const { contextTokens: contextSize, batchTokens: batchSize } = planContext({ ...options, reads: true });
  const context = { contextSize, batchSize, threads: options.threads };
  const reader: Reader = {
    kind,
    model,
    slots: Array.from({ length: options.slots }, (_, id) => ({ id, commonPrefix: () => 0, heldTokens: () => 0 })),
    contextTokens: options.contextTokens,
    device: llama.gpu === false ? "cpu" : "gpu",
    threads: options.threads,
    speed,
    garbage,
    ...(kind === "embedding"
      ? { embedder: await makeEmbedder(model, context) }
      : { ranker: await makeRanker(model, context) }),
    record(tokens, durationMs) {
      evaluatedTokens += tokens;
      garbage.add();
      speed.recordPrefill(tokens, durationMs);
    },
    evaluatedTokens: () => evaluatedTokens,
  };
  await warmUp(reader);
  return reader;
}

type ContextOptions = Parameters<LlamaModel["createEmbeddingContext"]>[0];

async function makeEmbedder(model: LlamaModel, options: ContextOptions): Promise<NonNullable<Reader["embedder"]>> {
  const context = await model.createEmbeddingContext(options);
  return {
    lengthOf: (text) => context.calculateInputLength(text),
    vectorOf: async (text) => (await context.getEmbeddingFor(text)).vector,
  };
}

async function makeRanker(model: LlamaModel, options: ContextOptions): Promise<NonNullable<Reader["ranker"]>> {
  const context = await model.createRankingContext(options);
  return {
    lengthOf: (query, document) => context.calculateInputLength(query, document),
    scoreOf: (query, document) => context.rank(query, document),
  };
}

/** Reads a little text, so that the weights are in memory before the first request, and records how fast that was. */
async function warmUp({ model, contextTokens, embedder, ranker, speed }: Reader): Promise<void> {
  const words = model.tokenize("The quick brown fox jumps over the lazy dog. ");
  const count = Math.min(WARM_UP_TOKENS, Math.floor(contextTokens / 2));
  const filler = Array.from({ length: count }, (_, index) => words[index % words.length] ?? (0 as Token));
  const text = model.detokenize(filler);
  const read = async (): Promise<unknown> => embedder?.vectorOf(filler) ?? ranker?.scoreOf("", text);
  await read();
  const startedAtMs = performance.now();
  await read();
  speed.recordPrefill(count, performance.now() - startedAtMs);
}
