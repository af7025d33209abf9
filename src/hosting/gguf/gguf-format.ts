/**
 * The numbers of the GGUF file format, shared by everything that reads or writes such a file.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */

/** The first four bytes of every GGUF file: `GGUF`, read as a little-endian number. */
export const GGUF_MAGIC = 0x46554747;

/** Versions that llama.cpp reads. 2 and 3 have the same layout; 1 had 32-bit counts. */
export const GGUF_VERSIONS: readonly number[] = [2, 3];

/** Tensor data starts at a multiple of this many bytes unless `general.alignment` says otherwise. */
export const DEFAULT_ALIGNMENT = 32;

/** The most dimensions a tensor may have. */
export const MAX_TENSOR_DIMENSIONS = 4;

/** Metadata value types by their number in the file. */
export const VALUE_TYPES = {
  uint8: 0,
  int8: 1,
  uint16: 2,
  int16: 3,
  uint32: 4,
  int32: 5,
  float32: 6,
  bool: 7,
  string: 8,
  array: 9,
  uint64: 10,
  int64: 11,
  float64: 12,
} as const;

/** A type of metadata value, by the name that the format's description gives it. */
export type ValueTypeName = keyof typeof VALUE_TYPES;

/** How a tensor's numbers are stored: `blockElements` of them together take `blockBytes`. */
export interface TensorType {
  readonly id: number;
  readonly name: string;
  readonly blockElements: number;
  readonly blockBytes: number;
}

const row = (id: number, name: string, blockElements: number, blockBytes: number): TensorType => ({
  id,
  name,
  blockElements,
  blockBytes,
});

/**
 * Every tensor type whose size is fixed by the format. A type that is missing here is not an error: its size is unknown.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/constants.py (GGML_QUANT_SIZES)
 */
const TENSOR_TYPES: readonly TensorType[] = [
  row(0, "F32", 1, 4),
  row(1, "F16", 1, 2),
  row(2, "Q4_0", 32, 18),
  row(3, "Q4_1", 32, 20),
  row(6, "Q5_0", 32, 22),
  row(7, "Q5_1", 32, 24),
  row(8, "Q8_0", 32, 34),
  row(10, "Q2_K", 256, 84),
  row(11, "Q3_K", 256, 110),
  row(12, "Q4_K", 256, 144),
  row(13, "Q5_K", 256, 176),
  row(14, "Q6_K", 256, 210),
  row(15, "Q8_K", 256, 292),
  row(16, "IQ2_XXS", 256, 66),
  row(17, "IQ2_XS", 256, 74),
  row(18, "IQ3_XXS", 256, 98),
  row(19, "IQ1_S", 256, 50),
  row(20, "IQ4_NL", 32, 18),
  row(21, "IQ3_S", 256, 110),
  row(22, "IQ2_S", 256, 82),
  row(23, "IQ4_XS", 256, 136),
  row(24, "I8", 1, 1),
  row(25, "I16", 1, 2),
  row(26, "I32", 1, 4),
  row(27, "I64", 1, 8),
  row(28, "F64", 1, 8),
  row(29, "IQ1_M", 256, 56),
  row(30, "BF16", 1, 2),
  row(34, "TQ1_0", 256, 54),
  row(35, "TQ2_0", 256, 66),
  row(39, "MXFP4", 32, 17),
];

const TENSOR_TYPE_BY_ID = new Map(TENSOR_TYPES.map((type) => [type.id, type]));

/** The tensor type with this number; undefined for one that is newer than this table. */
export function tensorTypeOf(id: number): TensorType | undefined {
  return TENSOR_TYPE_BY_ID.get(id);
}

/**
 * Names of `general.file_type`: what most of the weights are stored as.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h (enum llama_ftype)
 */
const QUANTIZATION_NAMES: Readonly<Record<number, string>> = {
  0: "F32",
  1: "F16",
  2: "Q4_0",
  3: "Q4_1",
  7: "Q8_0",
  8: "Q5_0",
  9: "Q5_1",
  10: "Q2_K",
  11: "Q3_K_S",
  12: "Q3_K_M",
  13: "Q3_K_L",
  14: "Q4_K_S",
  15: "Q4_K_M",
  16: "Q5_K_S",
  17: "Q5_K_M",
  18: "Q6_K",
  19: "IQ2_XXS",
  20: "IQ2_XS",
  21: "Q2_K_S",
  22: "IQ3_XS",
  23: "IQ3_XXS",
  24: "IQ1_S",
  25: "IQ4_NL",
  26: "IQ3_S",
  27: "IQ3_M",
  28: "IQ2_S",
  29: "IQ2_M",
  30: "IQ4_XS",
  31: "IQ1_M",
  32: "BF16",
  36: "TQ1_0",
  37: "TQ2_0",
  38: "MXFP4",
};

/** The usual name of a file type; undefined for one that is newer than this table. */
export function quantizationNameOf(fileType: number): string | undefined {
  return QUANTIZATION_NAMES[fileType];
}
