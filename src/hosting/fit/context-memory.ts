import type { ContextPlan } from "../context-plan.ts";
import type { ModelShape } from "./model-shape.ts";

/** Keys and values are kept at half precision. @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (type_k) */
const CACHE_ELEMENT_BYTES = 2;
/** Recurrent states are kept at single precision. */
const STATE_ELEMENT_BYTES = 4;
/** Cells of a cache are counted out in steps. @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-context.cpp */
const CELL_STEP = 256;

/**
 * Of how many layers in a row all but one see only a window, and whether the full one is the first of them. Without
 * an entry every layer sees everything, also where the file names a window: the engine does not use it then.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-model.cpp (set_swa_pattern)
 */
const WINDOW_PATTERNS: Readonly<Record<string, readonly [period: number, fullFirst: boolean]>> = {
  afmoe: [4, false],
  cohere2: [4, false],
  exaone4: [4, false],
  gemma2: [2, false],
  gemma3: [6, false],
  gemma3n: [5, false],
  "gemma-embedding": [6, false],
  "gpt-oss": [2, false],
  llama4: [4, false],
  olmo2: [4, false],
  smallthinker: [4, true],
};

/** Architectures without attention. */
const RECURRENT = /^(?:mamba2?|rwkv\d.*|arwkv7)$/;

/** What one context holds beside the compute buffers, in bytes, and what could not be told from the file. */
export interface ContextMemory {
  /** Absent: the file does not say enough. */
  readonly cacheBytes?: number;
  readonly stateBytes: number;
  readonly notes: readonly string[];
}

/**
 * The memory of a context of `contextTokens` for each of `sequences`. The engine gives each sequence its own
 * cells: `sequences × Σ layers (cells × kvHeads × (keyLength + valueLength) × 2 bytes)`. Layers with a sliding window have
 * `window + batch` cells at most, recurrent layers a fixed state, and latent attention one compressed row per token.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-kv-cache.cpp
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-memory-recurrent.cpp
 */
export function contextMemory(
  shape: ModelShape,
  { contextTokens, sequences, batchTokens }: ContextPlan,
): ContextMemory {
  const { layers } = shape.header;
  if (layers === undefined) return { stateBytes: 0, notes: ["The file does not say how many layers it has."] };
  const notes: string[] = [];
  const isRecurrent = recurrentLayers(shape, notes);
  const windowTokens = shape.header.slidingWindowTokens;
  const fullCells = roundUp(contextTokens);
  const windowCells = windowTokens === undefined ? fullCells : Math.min(fullCells, roundUp(windowTokens + batchTokens));
  const owners = layers - (single(shape, "attention.shared_kv_layers") ?? 0);
  const stateElements = recurrentStateElements(shape);
  let cacheElements: number | undefined = 0;
  let recurrentCount = 0;
  for (let layer = 0; layer < layers; layer++) {
    const recurrence = isRecurrent(layer);
    if (recurrence !== "no") recurrentCount++;
    if (recurrence === "only" || layer >= owners) continue;
    const windowed = windowTokens !== undefined && seesWindow(shape, layer);
    const row = rowElements(shape, layer, windowed);
    if (row === undefined || cacheElements === undefined) cacheElements = undefined;
    else cacheElements += row * (windowed ? windowCells : fullCells);
  }
  if (cacheElements === undefined)
    notes.push("The file does not say how long keys and values are: the cache is unknown.");
  if (recurrentCount > 0 && stateElements === 0) notes.push("The size of its recurrent state is unknown.");
  return {
    ...(cacheElements === undefined ? {} : { cacheBytes: cacheElements * CACHE_ELEMENT_BYTES * sequences }),
    stateBytes: recurrentCount * stateElements * STATE_ELEMENT_BYTES * sequences,
    notes,
  };
}

/** Elements that one layer keeps of one token. */
export function rowElements({ header, numbers }: ModelShape, layer: number, windowed: boolean): number | undefined {
  const latent = numbers.get("attention.kv_lora_rank");
  if (typeof latent === "number" && numbers.has("attention.key_length_mla")) {
    const position = numbers.get("rope.dimension_count");
    return latent + (typeof position === "number" ? position : 0);
  }
  const heads = header.kvHeadsPerLayer?.[layer] ?? header.kvHeads;
  const lengthOf = (name: "key_length" | "value_length", fallback: number | undefined): number | undefined => {
    const own = windowed ? numbers.get(`attention.${name}_swa`) : undefined;
    return typeof own === "number" ? own : fallback;
  };
  const keyLength = lengthOf("key_length", header.keyLength);
  const valueLength = lengthOf("value_length", header.valueLength);
  if (heads === undefined || keyLength === undefined || valueLength === undefined) return undefined;
  return heads * (keyLength + valueLength);
}

function seesWindow({ header, numbers }: ModelShape, layer: number): boolean {
  const stated = numbers.get("attention.sliding_window_pattern");
  if (typeof stated === "object") return (stated[layer] ?? 0) !== 0;
  const [usual, fullFirst] = WINDOW_PATTERNS[header.architecture] ?? [1, false];
  const period = stated ?? usual;
  if (period <= 0) return true;
  return fullFirst ? layer % period !== 0 : layer % period < period - 1;
}

/** For each layer: no recurrence, nothing else, or possibly both (counted as both). */
function recurrentLayers(
  { header, numbers }: ModelShape,
  notes: string[],
): (layer: number) => "no" | "only" | "possibly" {
  if (RECURRENT.test(header.architecture)) return () => "only";
  const interval = numbers.get("full_attention_interval");
  if (typeof interval === "number" && interval > 0) return (layer) => ((layer + 1) % interval === 0 ? "no" : "only");
  const perLayer = header.kvHeadsPerLayer;
  if (perLayer?.includes(0) === true) return (layer) => (perLayer[layer] === 0 ? "only" : "no");
  if (![...numbers.keys()].some((key) => key.startsWith("ssm."))) return () => "no";
  notes.push("The file does not say which layers are recurrent: each is counted as both.");
  return () => "possibly";
}

/** @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-hparams.cpp (n_embd_r, n_embd_s) */
function recurrentStateElements(shape: ModelShape): number {
  const value = (key: string): number => single(shape, key) ?? 0;
  const embedding = shape.header.embeddingLength ?? 0;
  const headSize = value("wkv.head_size");
  if (headSize > 0) return embedding * (value("token_shift_count") + headSize);
  const convolution = value("shortconv.l_cache");
  if (convolution > 0) return embedding * Math.max(0, convolution - 1);
  const [inner, state] = [value("ssm.inner_size"), value("ssm.state_size")];
  const width = inner + 2 * value("ssm.group_count") * state;
  return Math.max(0, value("ssm.conv_kernel") - 1) * width + state * inner;
}

function single({ numbers }: ModelShape, key: string): number | undefined {
  const value = numbers.get(key);
  return typeof value === "number" ? value : undefined;
}

function roundUp(cells: number): number {
  return Math.ceil(cells / CELL_STEP) * CELL_STEP;
}
