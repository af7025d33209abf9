import { open } from "node:fs/promises";
import {
  type ChatWrapper,
  type EvaluationPriority,
  getLlama,
  InsufficientMemoryError,
  type Llama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  NoBinaryFoundError,
  resolveChatWrapper,
  type Token,
} from "node-llama-cpp";
import type { WorkerOptions } from "../worker-protocol.ts";
import { type AnswerSyntax, readAnswerSyntax } from "./answer-syntax.ts";
import { EngineContext } from "./engine-context.ts";
import { manyDevices } from "./many-devices.ts";
import { NativeGarbage } from "./native-garbage.ts";
import type { PooledSlot } from "./slot-pool.ts";
import { SpeedMeter } from "./speed-meter.ts";
import { StateCache } from "./state-cache.ts";
import { StepCosts } from "./step-costs.ts";
import { StepGate } from "./step-gate.ts";

/** The first bytes of every GGUF file. @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const GGUF_MAGIC = "GGUF";

/** One sequence of the context. Only the holder of the slot may evaluate on it. */
export interface EngineSlot extends PooledSlot {
  readonly sequence: LlamaContextSequence;
  /** Whose prompts its state comes from; others reuse nothing of it. */
  scope: string;
}

/** A loaded model with its context, ready to evaluate. */
export interface Engine {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly syntax: AnswerSyntax;
  readonly slots: readonly EngineSlot[];
  readonly context: EngineContext;
  /** Tokens of prompt and answer together, per slot. */
  readonly contextTokens: number;
  readonly prefillChunkTokens: number;
  readonly device: "cpu" | "gpu";
  readonly threads: number;
  readonly speed: SpeedMeter;
  /** Decides which slots evaluate together; every evaluation of a request MUST go through it. */
  readonly gate: StepGate;
  readonly garbage: NativeGarbage;
  /** Of steps that confirm drafts, by their tokens. */
  readonly verifyCosts: StepCosts;
  /** Tokens of drafts since the start, counted as they are confirmed or not. */
  readonly drafts: { proposedTokens: number; confirmedTokens: number };
  /** Absent where it is switched off, the machine has no place for it, or the model's states cannot be cut. */
  readonly stateCache?: StateCache;
  /** Prompt and answer tokens evaluated since the start. */
  evaluatedTokens(): number;
}

/** A model in memory that can't evaluate yet. */
export interface OpenedModel {
  readonly llama: Llama;
  readonly model: LlamaModel;
}

/** Loads the model and makes its context. Rejects with the engine's error; `explainLoadFailure` says it in words. */
export async function loadEngine(options: WorkerOptions, onProgress: (progress: number) => void): Promise<Engine> {
  return await makeEngine(await openModel(options, onProgress), options);
}

/** Loads the model alone. Rejects as `loadEngine` does. */
export async function openModel(options: WorkerOptions, onProgress: (progress: number) => void): Promise<OpenedModel> {
  await refuseUnreadableFile(options.modelFile);
  // The driver reads it when the backend starts; it is how one process is held to one device.
  if (options.device.kind === "gpu" && options.device.uuid !== undefined)
    process.env["CUDA_VISIBLE_DEVICES"] = options.device.uuid;
  const llama = await getLlama({
    build: "never",
    skipDownload: true,
    gpu: options.device.kind === "gpu" ? "auto" : false,
    maxThreads: options.threads,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    logger: (level, message) => process.stderr.write(`${level}: ${message.trimEnd()}\n`),
  });
  if (options.device.kind === "gpu" && llama.gpu === false)
    throw new LoadRefusal(
      "No GPU of this machine can be used by the engine: its build may need a newer driver or other libraries, which `signalbox engines list` names",
    );
  const unbound = await manyDevices(llama);
  if (unbound !== undefined) throw new LoadRefusal(unbound);
  const model = await llama.loadModel({
    modelPath: options.modelFile,
    onLoadProgress: onProgress,
    ...(options.device.kind === "gpu"
      ? { gpuLayers: { fitContext: { contextSize: options.contextTokens * options.slots } } }
      : {}),
  });
  return { llama, model };
}

/** Makes the context in which an opened model writes text. Rejects as `loadEngine` does. */
export async function makeEngine({ llama, model }: OpenedModel, options: WorkerOptions): Promise<Engine> {
  const context = await EngineContext.make(model, options);
  const slots = Array.from({ length: options.slots }, (_, id) => makeSlot(id, context));
  const stateCache = await openStateCache(options, slots);
  const wrapper = resolveChatWrapper(model, { warningLogs: false });
  const garbage = new NativeGarbage(vocabularySizeOf(model));
  return {
    llama,
    model,
    wrapper,
    syntax: readAnswerSyntax(model, wrapper),
    slots,
    contextTokens: Math.min(options.contextTokens, context.size),
    prefillChunkTokens: options.prefillChunkTokens,
    device: llama.gpu === false ? "cpu" : "gpu",
    threads: options.threads,
    speed: new SpeedMeter(),
    gate: new StepGate(
      () => performance.now(),
      (pieces) => garbage.add(pieces),
    ),
    garbage,
    verifyCosts: new StepCosts(),
    drafts: { proposedTokens: 0, confirmedTokens: 0 },
    ...(stateCache === undefined ? {} : { stateCache }),
    context,
    evaluatedTokens: () => context.evaluatedTokens(),
  };
}

/**
 * The place of a slot's tokens in a batch, as the engine's priority: the lowest slot comes first. The engine only sorts
 * by it, so it need not be one of the five that its types name.
 */
export function evaluationOrder(slot: EngineSlot): EvaluationPriority {
  return -slot.id as EvaluationPriority;
}

/** Why a model could not be loaded, for the person who configured it. */
export function explainLoadFailure(error: unknown, options: WorkerOptions): string {
  if (error instanceof LoadRefusal) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InsufficientMemoryError)
    return `There is not enough memory for ${options.modelFile} with ${options.slots} slots of ${options.contextTokens} tokens: ${message}`;
  if (error instanceof NoBinaryFoundError) return `The inference engine has no build for this machine: ${message}`;
  return `${options.modelFile} could not be loaded; it may be truncated, damaged or of an unsupported kind: ${message}`;
}

/** Whether a load failed for want of memory, so that a smaller one may succeed. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof InsufficientMemoryError) return true;
  // llama.cpp gives up a context or a buffer that it can't allocate without saying why in the error itself.
  return error instanceof Error && /failed to (create context|allocate)|out of memory/i.test(error.message);
}

class LoadRefusal extends Error {}

async function refuseUnreadableFile(path: string): Promise<void> {
  try {
    await using file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GGUF_MAGIC.length), 0, GGUF_MAGIC.length, 0);
    if (bytesRead === 0) throw new LoadRefusal(`The model file ${path} is empty.`);
    if (buffer.toString("latin1") !== GGUF_MAGIC) throw new LoadRefusal(`${path} is not a GGUF file.`);
  } catch (error) {
    if (error instanceof LoadRefusal) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new LoadRefusal(`The model file ${path} does not exist.`);
    if (code === "EACCES") throw new LoadRefusal(`The model file ${path} may not be read by this user.`);
    throw new LoadRefusal(`The model file ${path} could not be opened: ${String(error)}`);
  }
}

function makeSlot(id: number, context: EngineContext): EngineSlot {
  return {
    id,
    get sequence() {
      return context.sequence(id);
    },
    scope: "",
    commonPrefix(tokens, scope) {
      if (this.scope !== scope) return 0;
      return context.find(id)?.compareContextTokens(tokens as Token[]).firstDifferentIndex ?? 0;
    },
    heldTokens: () => context.find(id)?.nextTokenIndex ?? 0,
  };
}

/** A model with a sliding window or a recurrent state can't go back to the middle of a restored one. */
async function openStateCache(
  { stateCacheBytes = 0 }: WorkerOptions,
  slots: readonly EngineSlot[],
): Promise<StateCache | undefined> {
  return slots.some(({ sequence }) => sequence.needsCheckpoints) ? undefined : await StateCache.open(stateCacheBytes);
}

/** Tokens that the vocabulary has. */
export function vocabularySizeOf(model: LlamaModel): number {
  return model.iterateAllTokens().reduce((count) => count + 1, 0);
}
