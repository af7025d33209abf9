import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bool, float32, int32Array, text, textArray, uint32 } from "../../../scripts/build-model/metadata.ts";
import type { MetadataEntry } from "../../../scripts/build-model/metadata.ts";
import { encodeHeader, writeGguf } from "../../../scripts/build-model/write-gguf.ts";
import { describeGguf } from "../../../src/hosting/gguf/gguf-header.ts";
import { parseGguf } from "../../../src/hosting/gguf/parse-gguf.ts";
import { readGguf, readGgufHeader } from "../../../src/hosting/gguf/read-gguf-header.ts";
import { buildTestModel } from "../../support/build-test-model.ts";

// Goal: facts from good files; from bad ones a reason, at once and without memory, whatever their bytes are.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-gguf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const zeros = (_: number, into: Float32Array): void => void into.fill(0);

/** A small whole file with every kind of value, in memory. */
function smallFile(extra: readonly MetadataEntry[] = []): Buffer {
  const header = encodeHeader({
    metadata: [
      ["general.architecture", text("llama")],
      ["general.name", text("Small")],
      ["general.file_type", uint32(15)],
      ["llama.context_length", uint32(128)],
      ["llama.rope.freq_base", float32(10_000)],
      ["tokenizer.ggml.add_bos_token", bool(true)],
      ["tokenizer.ggml.tokens", textArray(["a", "b"])],
      ["tokenizer.ggml.token_type", int32Array([1, 3])],
      ...extra,
    ],
    tensors: [{ name: "token_embd.weight", shape: [4, 2], type: "F16", fillRow: zeros }],
  });
  return Buffer.concat([header, Buffer.alloc(32)]);
}

describe("a good file", () => {
  test("says what a chat model is", async () => {
    expect(await readGgufHeader(await buildTestModel("noise", { layers: 2 }))).toMatchObject({
      kind: "header",
      version: 3,
      architecture: "llama",
      name: "Signalbox Noise",
      license: "apache-2.0",
      quantization: "Q8_0",
      contextTokens: 8192,
      layers: 2,
      heads: 4,
      kvHeads: 2,
      keyLength: 32,
      embeddingLength: 128,
      tokenizer: "gpt2",
      hasChatTemplate: true,
      chatTemplateMentionsTools: true,
      chatTemplateMarksReasoning: false,
    });
  });

  test("says whether the chat template marks reasoning", async () => {
    expect(await readGgufHeader(await buildTestModel("scripted-reasoning"))).toMatchObject({
      chatTemplateMarksReasoning: true,
    });
    expect(await readGgufHeader(await buildTestModel("scripted"))).toMatchObject({ chatTemplateMarksReasoning: false });
  });

  test("says how an embedding and a reranking model pool", async () => {
    expect(await readGgufHeader(await buildTestModel("embed"))).toMatchObject({
      pooling: "mean",
      hasChatTemplate: false,
    });
    expect(await readGgufHeader(await buildTestModel("rank"))).toMatchObject({
      pooling: "rank",
      architecture: "qwen3",
    });
  });

  test("may have a header that is longer than the first read", async () => {
    const file = join(folder, "long-header.gguf");
    const tokens = Array.from({ length: 120_000 }, (_, index) => `token number ${index}`);
    await writeGguf(file, {
      metadata: [
        ["general.architecture", text("llama")],
        ["tokenizer.ggml.tokens", textArray(tokens)],
      ],
      tensors: [{ name: "output.weight", shape: [32, 4], type: "Q8_0", fillRow: zeros }],
    });
    expect(await readGgufHeader(file)).toMatchObject({ kind: "header", vocabularySize: 120_000, weightBytes: 136 });
  });

  test("leaves out what it does not say", async () => {
    const bytes = smallFile();
    const content = parseGguf(bytes, bytes.byteLength);
    if (content.kind !== "content") throw new Error(content.kind);
    const header = describeGguf(content, bytes.byteLength);
    expect(header).not.toHaveProperty("layers");
    expect(header).not.toHaveProperty("license");
    expect(header).not.toHaveProperty("pooling");
    expect(header).toMatchObject({ quantization: "Q4_K_M", vocabularySize: 2, parameterCount: 8, weightBytes: 16 });
  });

  test("may have a different number of heads in each layer", () => {
    const bytes = smallFile([
      ["llama.attention.head_count", uint32(8)],
      ["llama.attention.head_count_kv", int32Array([8, 2, 4])],
    ]);
    const content = parseGguf(bytes, bytes.byteLength);
    if (content.kind !== "content") throw new Error(content.kind);
    expect(describeGguf(content, bytes.byteLength)).toMatchObject({ kvHeads: 8, kvHeadsPerLayer: [8, 2, 4] });
  });
});

describe("a bad file", () => {
  test.each([
    ["broken-not-gguf", "not-gguf"],
    ["broken-truncated", "truncated"],
    ["broken-tensor-offset", "truncated"],
    ["broken-lying-header", "malformed"],
  ])("%s is %s", async (preset, problem) => {
    expect(await readGgufHeader(await buildTestModel(preset))).toMatchObject({ kind: "problem", problem });
  });

  test("is a problem when it is missing, a folder or a pipe, without waiting", async () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const name of ["missing", ".", "pipe"]) {
      expect(await readGgufHeader(join(folder, name))).toMatchObject({ kind: "problem", problem: "unreadable" });
    }
  });

  test("is a problem when it was written for big-endian machines, or in the oldest version", () => {
    const bytes = smallFile();
    bytes.writeUInt32BE(3, 4);
    expect(parseGguf(bytes, bytes.byteLength)).toMatchObject({
      problem: "unsupported-version",
      message: expect.stringMatching(/big-endian/),
    });
    bytes.writeUInt32LE(1, 4);
    expect(parseGguf(bytes, bytes.byteLength)).toMatchObject({
      problem: "unsupported-version",
      message: expect.stringMatching(/version 1/),
    });
  });

  test("is a problem when it does not name its architecture", async () => {
    const file = join(folder, "nameless.gguf");
    await writeGguf(file, { metadata: [], tensors: [] });
    expect(await readGgufHeader(file)).toMatchObject({
      problem: "malformed",
      message: expect.stringMatching(/general.architecture/),
    });
    expect(await readGguf(file)).toMatchObject({ kind: "file" });
  });

  test("does not make the reader read on when a length lies, however large the file is", async () => {
    const file = join(folder, "sparse.gguf");
    const bytes = smallFile();
    // The first key's length: 100 MB of it would be there.
    bytes.writeBigUInt64LE(100_000_000n, 24);
    await writeFile(file, bytes);
    await truncate(file, 2 ** 40);
    expect(await readGgufHeader(file)).toMatchObject({ kind: "problem" });
  });
});

describe("any bytes", () => {
  const whole = smallFile();
  const KINDS = ["content", "problem", "incomplete"];

  test("a file cut at any byte is truncated, and a prefix cut at any byte is incomplete", () => {
    for (let length = 0; length < whole.byteLength - 16; length++) {
      const cut = whole.subarray(0, length);
      expect(parseGguf(cut, length), `cut at ${length}`).toMatchObject({ kind: "problem" });
    }
    const headerBytes = whole.byteLength - 64;
    for (let length = 0; length < headerBytes - 32; length++) {
      expect(parseGguf(whole.subarray(0, length), whole.byteLength)).toEqual({ kind: "incomplete" });
    }
  });

  test("flipping any bit gives a value and never throws", () => {
    for (let bit = 0; bit < whole.byteLength * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const parsed = parseGguf(flipped, flipped.byteLength);
      expect(KINDS).toContain(parsed.kind);
      if (parsed.kind === "content") describeGguf(parsed, flipped.byteLength);
    }
  });

  test("random bytes after a good start give a value and never throw", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(whole.byteLength),
        fc.nat(2 ** 40),
        (noise, keep, fileBytes) => {
          const bytes = Buffer.concat([whole.subarray(0, keep), noise]);
          const parsed = parseGguf(bytes, Math.max(bytes.byteLength, fileBytes));
          expect(KINDS).toContain(parsed.kind);
          if (parsed.kind === "content") describeGguf(parsed, bytes.byteLength);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("random numbers in place of any eight bytes give a value and never throw", () => {
    fc.assert(
      fc.property(fc.nat(whole.byteLength - 8), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (at, value) => {
        const bytes = Buffer.from(whole);
        bytes.writeBigUInt64LE(value, at);
        expect(KINDS).toContain(parseGguf(bytes, bytes.byteLength).kind);
      }),
      { numRuns: 3000 },
    );
  });

  test("the shipped model's file can be read in pieces of any size", () => {
    const shipped = readFileSync(join(import.meta.dirname, "../../../models/nano.gguf"));
    fc.assert(
      fc.property(fc.nat(shipped.byteLength), (length) => {
        const parsed = parseGguf(shipped.subarray(0, length), shipped.byteLength);
        expect(["content", "incomplete"]).toContain(parsed.kind);
      }),
      { numRuns: 50 },
    );
  });
});
