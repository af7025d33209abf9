import type { ContextPlan } from "../context-plan.ts";
import { contextMemory, rowElements } from "./context-memory.ts";
import type { ModelShape, ShapeTensor } from "./model-shape.ts";

const MIB = 1024 ** 2;

/**
 * What the process takes beside a model: Node, its modules, the engine's libraries and their state. Measured with
 * `npm run bench:fit` as what is left of small models.
 */
const PROCESS_BYTES = 138 * MIB;
/** What it takes beside that for moments while it loads, before its garbage is collected; measured, up to 42 MiB. */
const LOADING_BYTES = 40 * MIB;
/** The driver's context and libraries in the process that uses a GPU. Not measured here: a usual size for CUDA. */
const GPU_PROCESS_BYTES = 400 * MIB;
/** What the driver takes on the device for the process itself. Not measured here: a usual size for CUDA. */
const GPU_CONTEXT_BYTES = 400 * MIB;
/** Of one entry of the vocabulary, in the engine's tables and in the JavaScript heap; measured, 780 to 930 bytes. */
const TOKEN_BYTES = 880;
/** Of one rule for merging tokens; measured with 128,000 of them, up to 690 bytes. */
const MERGE_BYTES = 600;
const TOKEN_TABLE = "token_embd.weight";
const OUTPUT_MATRIX = "output.weight";
/** Intermediate results are single precision. */
const RESULT_BYTES = 4;
/** The attention mask is kept at single and at half precision. */
const MASK_BYTES = 6;

/**
 * Types whose matrices the engine copies into a layout that the CPU multiplies faster. The mapped file stays resident
 * beside the copy, but is not used any more and is given back when memory is short.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-cpu/repack.cpp (ggml_repack_get_optimal_repack_type)
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-cpu/amx/amx.cpp
 */
const REPACKED = {
  avx2: ["Q4_0", "Q4_K", "IQ4_NL"],
  avx512f: ["Q2_K"],
  amx_int8: ["Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K", "IQ4_XS"],
  asimddp: ["Q4_0", "IQ4_NL", "Q4_K", "Q5_K", "Q6_K", "Q8_0"],
} as const;

/** How a model is to be loaded: with the context that `planContext` gives. */
export interface LoadPlan extends ContextPlan {
  readonly device: "cpu" | "gpu";
  /** Instruction sets of the CPU, in the kernel's spelling. */
  readonly cpuFlags: readonly string[];
}

/** Bytes of each thing that a loaded model holds. On a GPU `processBytes` and `hostWeightBytes` are the machine's. */
export interface MemoryParts {
  readonly weightBytes: number;
  /** Copies of weights in a faster layout. */
  readonly repackedBytes: number;
  /** Weights that stay in the machine's memory although the model is on a GPU: the table of the tokens' vectors. */
  readonly hostWeightBytes: number;
  readonly cacheBytes: number;
  readonly stateBytes: number;
  readonly computeBytes: number;
  readonly vocabularyBytes: number;
  readonly processBytes: number;
}

/**
 * An estimate in bytes. `hostBytes` and `deviceBytes` are what must be free for the load, `residentBytes` what the process
 * shows once it is used.
 */
export interface MemoryEstimate {
  readonly parts: MemoryParts;
  /** Resident in the process with a full context, with file pages that could be given back. */
  readonly residentBytes: number;
  /** Of the machine's memory. */
  readonly hostBytes: number;
  /** Of the GPU's memory; 0 on the CPU. */
  readonly deviceBytes: number;
  /** False: some part is unknown and counted as nothing, so the true need is larger. */
  readonly complete: boolean;
  readonly notes: readonly string[];
}

/**
 * What a model will hold once its context is full: weights + repacked copies + cache and states + compute buffers +
 * vocabulary + the process. Pure; the constants are calibrated on the CPU by `npm run bench:fit`.
 */
export function estimateMemory(shape: ModelShape, plan: LoadPlan): MemoryEstimate {
  const { header } = shape;
  const context = contextMemory(shape, plan);
  const tensors = shape.parts.flat();
  const allBytes = sum(tensors);
  const onGpu = plan.device === "gpu";
  const repacks = onGpu ? () => false : repackingOf(plan.cpuFlags);
  const parts: MemoryParts = {
    weightBytes: onGpu ? allBytes - deviceAbsentBytes(tensors) : mappedBytes(shape.parts, repacks),
    repackedBytes: sum(tensors.filter(repacks)) + (onGpu ? 0 : copiedTableBytes(tensors, plan.cpuFlags)),
    hostWeightBytes: onGpu ? sum(tensors.filter(isTokenTable)) : 0,
    cacheBytes: context.cacheBytes ?? 0,
    stateBytes: context.stateBytes,
    computeBytes: computeBytes(shape, plan),
    vocabularyBytes: (header.vocabularySize ?? 0) * TOKEN_BYTES + shape.mergeCount * MERGE_BYTES,
    processBytes: PROCESS_BYTES + (onGpu ? GPU_PROCESS_BYTES : 0),
  };
  const notes = [
    ...context.notes,
    ...(onGpu ? ["GPU figures are not calibrated: they come from the file and from usual sizes."] : []),
  ];
  const working = parts.cacheBytes + parts.stateBytes + parts.computeBytes;
  const own = parts.vocabularyBytes + parts.processBytes;
  const complete = context.cacheBytes !== undefined && !context.notes.some((note) => note.includes("unknown"));
  if (onGpu) {
    const hostBytes = own + parts.hostWeightBytes + LOADING_BYTES;
    return {
      parts,
      residentBytes: own + parts.hostWeightBytes,
      hostBytes,
      deviceBytes: parts.weightBytes + working + GPU_CONTEXT_BYTES,
      complete,
      notes,
    };
  }
  const usedWeights = allBytes - sum(tensors.filter(repacks));
  return {
    parts,
    residentBytes: own + working + parts.weightBytes + parts.repackedBytes,
    hostBytes: own + working + usedWeights + parts.repackedBytes + LOADING_BYTES,
    deviceBytes: 0,
    complete,
    notes,
  };
}

/**
 * Buffers of one step: the results for every word, the widest layer's results for each token of the batch, and, for the
 * tokens before, the mask and one layer's keys and values at single precision. A model that reads has results for every
 * token of the batch; one that writes for as many as are scored at once, in the engine's buffer and in a copy to read.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-context.cpp (graph_reserve, output_reserve)
 */
function computeBytes(shape: ModelShape, { contextTokens, batchTokens, scoredTokens }: LoadPlan): number {
  const { vocabularySize = 0, feedForwardLength = 0, embeddingLength = 0 } = shape.header;
  const row = rowElements(shape, 0, false) ?? 0;
  // A reranker has two results for a whole text.
  const readTokens = shape.header.pooling === "rank" ? 0 : batchTokens;
  const results = (scoredTokens === 0 ? readTokens : 2 * scoredTokens) * vocabularySize * RESULT_BYTES;
  const step = batchTokens * (feedForwardLength + embeddingLength) * RESULT_BYTES;
  return results + step + contextTokens * (batchTokens * MASK_BYTES + row * RESULT_BYTES);
}

/** Which tensors are copied: matrices other than the token table, of a type that this CPU has a layout for. */
function repackingOf(cpuFlags: readonly string[]): (tensor: ShapeTensor) => boolean {
  const types = repackedTypes(cpuFlags);
  return (tensor) =>
    tensor.type !== undefined && types.has(tensor.type) && tensor.dimensions >= 2 && !isTokenTable(tensor);
}

/** The token table of a model without an output matrix is read in its own layout, and multiplied in a copy. */
function copiedTableBytes(tensors: readonly ShapeTensor[], cpuFlags: readonly string[]): number {
  const types = repackedTypes(cpuFlags);
  if (tensors.some(({ name }) => name === OUTPUT_MATRIX)) return 0;
  return sum(tensors.filter(({ name, type }) => name === TOKEN_TABLE && type !== undefined && types.has(type)));
}

function repackedTypes(cpuFlags: readonly string[]): ReadonlySet<string> {
  return new Set(Object.entries(REPACKED).flatMap(([flag, names]) => (cpuFlags.includes(flag) ? names : [])));
}

/** The engine unmaps what lies before the first and behind the last tensor that is used from the file itself. */
function mappedBytes(parts: readonly (readonly ShapeTensor[])[], isRepacked: (tensor: ShapeTensor) => boolean): number {
  return parts.reduce((total, tensors) => {
    const used = tensors.filter((tensor) => !isRepacked(tensor));
    if (used.length === 0) return total;
    const start = used.reduce((least, { fromByte }) => Math.min(least, fromByte), Number.POSITIVE_INFINITY);
    const end = used.reduce((most, { fromByte, bytes }) => Math.max(most, fromByte + bytes), 0);
    return total + end - start;
  }, 0);
}

/** A model without an output matrix of its own has the token table on the device as well. */
function deviceAbsentBytes(tensors: readonly ShapeTensor[]): number {
  return tensors.some(({ name }) => name === OUTPUT_MATRIX) ? sum(tensors.filter(isTokenTable)) : 0;
}

function isTokenTable({ name }: ShapeTensor): boolean {
  return name === TOKEN_TABLE || name === "per_layer_token_embd.weight";
}

function sum(tensors: readonly ShapeTensor[]): number {
  return tensors.reduce((total, { bytes }) => total + bytes, 0);
}
