import { open, truncate, writeFile } from "node:fs/promises";
import { uint32 } from "./metadata.ts";
import { PRESETS } from "./presets.ts";
import type { PresetOptions } from "./presets.ts";
import { encodeHeader, writeGguf } from "./write-gguf.ts";
import type { ModelSource } from "./write-gguf.ts";

/** A file that must be refused; what loading it does to an engine is part of its description. */
export interface BrokenModel {
  readonly description: string;
  readonly write: (file: string, options: PresetOptions) => Promise<void>;
}

/** Where the two counts of the header stand. */
const TENSOR_COUNT_OFFSET = 8;
const METADATA_COUNT_OFFSET = 16;
/** More than any machine could hold, less than 2^63. */
const HUGE_COUNT = 0x0fff_ffff_ffff_ffffn;

/** Files that test what happens to bad ones. */
export const BROKEN_MODELS: Readonly<Record<string, BrokenModel>> = {
  "broken-truncated": {
    description: "ends in the middle of its weights",
    write: async (file, options) => {
      const { bytes } = await writeGguf(file, smallModel(options));
      await truncate(file, Math.floor(bytes / 2));
    },
  },
  "broken-lying-header": {
    description: "announces 10^18 tensors and metadata entries",
    write: async (file, options) => {
      await writeGguf(file, smallModel(options));
      await overwriteUint64(file, TENSOR_COUNT_OFFSET, HUGE_COUNT);
      await overwriteUint64(file, METADATA_COUNT_OFFSET, HUGE_COUNT);
    },
  },
  "broken-tensor-offset": {
    description: "says that its last tensor lies beyond the end of the file",
    write: async (file, options) => {
      const model = smallModel(options);
      const { bytes } = await writeGguf(file, model);
      await overwriteUint64(file, lastTensorOffsetPosition(model), BigInt(Math.ceil(bytes / 32) * 32));
    },
  },
  "broken-head-count-0": {
    description: "has 0 attention heads: llama.cpp aborts its whole process",
    write: async (file, options) => {
      const model = smallModel(options);
      const metadata = model.metadata.map((entry) =>
        entry[0].endsWith(".attention.head_count") ? ([entry[0], uint32(0)] as const) : entry,
      );
      await writeGguf(file, { ...model, metadata });
    },
  },
  "broken-nan-weights": {
    description: "has weights that are not numbers: loads silently unless they are checked",
    write: async (file, options) => {
      const model = smallModel(options);
      const tensors = model.tensors.map((tensor) =>
        tensor.name.endsWith("ffn_up.weight")
          ? { ...tensor, fillRow: (_: number, into: Float32Array) => void into.fill(Number.NaN) }
          : tensor,
      );
      await writeGguf(file, { ...model, tensors });
    },
  },
  "broken-not-gguf": {
    description: "is no model at all",
    write: (file) => writeFile(file, "This is a text file, not a model.\n".repeat(100)),
  },
};

/** Full of ordinary numbers, so that what is broken is broken in one place. */
function smallModel(options: PresetOptions): ModelSource {
  const noise = PRESETS["noise"];
  if (noise === undefined) throw new Error("The preset noise is missing.");
  return noise.build({ layers: 1, type: "F16", ...options });
}

async function overwriteUint64(file: string, position: number, value: bigint): Promise<void> {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  const handle = await open(file, "r+");
  try {
    await handle.write(bytes, 0, bytes.byteLength, position);
  } finally {
    await handle.close();
  }
}

/** The offset is the last field of a tensor's entry, after name, dimension count, shape and type. */
function lastTensorOffsetPosition(model: ModelSource): number {
  const tensor = model.tensors.at(-1);
  if (tensor === undefined) throw new Error("The model has no tensors.");
  const namePosition = encodeHeader(model).lastIndexOf(tensor.name);
  return namePosition + Buffer.byteLength(tensor.name) + 4 + 8 * tensor.shape.length + 4;
}
