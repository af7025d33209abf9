import fc from "fast-check";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { float32, int32Array, text, textArray, uint32 } from "../../scripts/build-model/metadata.ts";
import { encodeRow, rowBytes } from "../../scripts/build-model/tensor-encoding.ts";
import { writeGguf } from "../../scripts/build-model/write-gguf.ts";
import type { ModelSource } from "../../scripts/build-model/write-gguf.ts";
import { parseGguf } from "../../src/hosting/gguf/parse-gguf.ts";

// Goal: what is given to the writer is what a reader finds, to the bit.
// Method: write from outside data, parse the file with the product's own reader, decode the numbers by hand.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-write-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const weights = Float32Array.from({ length: 64 }, (_, index) => (index - 20) / 7);
const source: ModelSource = {
  metadata: [
    ["general.architecture", text("llama")],
    ["llama.block_count", uint32(3)],
    ["llama.rope.freq_base", float32(0.5)],
    ["tokenizer.ggml.tokens", textArray(["a", "é", ""])],
    ["llama.attention.head_count_kv", int32Array([4, 2, 1])],
  ],
  tensors: [
    { name: "vector", shape: [3], type: "F32", fillRow: (_, into) => into.set([1, -2, 0.25]) },
    {
      name: "matrix",
      shape: [32, 2],
      type: "F32",
      fillRow: (row, into) => into.set(weights.subarray(row * 32, row * 32 + 32)),
    },
  ],
};

test("metadata and tensors from outside are found again by a reader", async () => {
  const file = join(folder, "outside.gguf");
  const written = await writeGguf(file, source);
  const bytes = readFileSync(file);
  expect(written).toMatchObject({ bytes: bytes.byteLength, parameterCount: 67 });

  const parsed = parseGguf(bytes, bytes.byteLength);
  if (parsed.kind !== "content") throw new Error(parsed.kind);
  expect([...parsed.metadata]).toEqual([
    ["general.architecture", "llama"],
    ["llama.block_count", 3],
    ["llama.rope.freq_base", 0.5],
    ["tokenizer.ggml.tokens", { length: 3 }],
    ["llama.attention.head_count_kv", { length: 3, numbers: [4, 2, 1] }],
  ]);
  expect(parsed.tensors).toMatchObject([
    { name: "vector", shape: [3], offset: 0, bytes: 12 },
    { name: "matrix", shape: [32, 2], offset: 32, bytes: 256 },
  ]);
  const numbers = Array.from({ length: 64 }, (_, index) => bytes.readFloatLE(parsed.dataOffset + 32 + index * 4));
  expect(numbers).toEqual([...weights]);
});

test("progress ends at the whole size", async () => {
  const seen: [number, number][] = [];
  const { bytes } = await writeGguf(join(folder, "progress.gguf"), source, (written, total) =>
    seen.push([written, total]),
  );
  expect(seen.at(-1)).toEqual([bytes, bytes]);
});

test("a row that is not whole blocks is refused before anything is written", async () => {
  const broken: ModelSource = {
    metadata: [],
    tensors: [{ name: "odd", shape: [33], type: "Q8_0", fillRow: (_, into) => void into.fill(0) }],
  };
  await expect(writeGguf(join(folder, "odd.gguf"), broken)).rejects.toThrow("33 numbers");
});

describe("Q8_0", () => {
  const finite = fc.float({ min: -100, max: 100, noNaN: true });

  test("every number comes back within half a step of its block", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 64, maxLength: 64 }), (numbers) => {
        const row = Float32Array.from(numbers);
        const encoded = Buffer.alloc(rowBytes("Q8_0", 64));
        encodeRow("Q8_0", row, encoded);
        for (let block = 0; block < 2; block++) {
          const scale = new DataView(encoded.buffer, encoded.byteOffset).getFloat16(block * 34, true);
          const largest = Math.max(...row.subarray(block * 32, block * 32 + 32).map(Math.abs));
          // Half a step, the scale's own rounding over 127 steps, and the smallest half-precision number.
          const tolerance = (largest / 127) * (0.5 + 127 / 2048) + 127 * 2 ** -24;
          for (let index = 0; index < 32; index++) {
            const decoded = scale * encoded.readInt8(block * 34 + 2 + index);
            expect(Math.abs(decoded - (row[block * 32 + index] ?? 0))).toBeLessThanOrEqual(tolerance);
          }
        }
      }),
    );
  });

  test("halves are rounded away from zero", () => {
    const row = new Float32Array(32);
    row.set([127, 2.5, -2.5, -0.5]);
    const encoded = Buffer.alloc(34);
    encodeRow("Q8_0", row, encoded);
    expect([...new Int8Array(encoded.buffer, encoded.byteOffset + 2, 4)]).toEqual([127, 3, -3, -1]);
  });
});
