import type { GgufHeader } from "../../../src/hosting/gguf/gguf-header.ts";
import type { LoadPlan } from "../../../src/hosting/fit/estimate-memory.ts";
import type { ModelShape } from "../../../src/hosting/fit/model-shape.ts";

/** A shape of one file with a token table, an output matrix and `layerBytes` of other weights. */
export function shapeOf(
  header: Partial<GgufHeader> = {},
  rest: { numbers?: Readonly<Record<string, number | readonly number[]>>; type?: string; layerBytes?: number } = {},
): ModelShape {
  const { numbers = {}, type = "F16", layerBytes = 1_000_000 } = rest;
  return {
    kind: "shape",
    header: {
      kind: "header",
      version: 3,
      architecture: "llama",
      layers: 4,
      embeddingLength: 128,
      feedForwardLength: 384,
      kvHeads: 2,
      keyLength: 32,
      valueLength: 32,
      vocabularySize: 1_000,
      contextTokens: 32_768,
      hasChatTemplate: false,
      chatTemplateMentionsTools: false,
      chatTemplateMarksReasoning: false,
      tensorCount: 3,
      parameterCount: 1_000,
      weightBytes: layerBytes + 200,
      fileBytes: layerBytes + 300,
      ...header,
    },
    parts: [
      [
        { name: "token_embd.weight", type, dimensions: 2, fromByte: 0, bytes: 100 },
        { name: "blk.0.ffn_up.weight", type, dimensions: 2, fromByte: 100, bytes: layerBytes },
        { name: "output.weight", type, dimensions: 2, fromByte: 100 + layerBytes, bytes: 100 },
      ],
    ],
    mergeCount: 0,
    numbers: new Map(Object.entries(numbers)),
  };
}

/** A load on a CPU without special instructions. */
export function planOf(changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    device: "cpu",
    contextTokens: 1024,
    sequences: 1,
    batchTokens: 128,
    scoredTokens: 33,
    cpuFlags: [],
    ...changes,
  };
}
