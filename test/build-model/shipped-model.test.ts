import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";
import { startWorker } from "../hosting/worker/worker-process.ts";
import type { WorkerProcess } from "../hosting/worker/worker-process.ts";

// Goal: the shipped file is what its card says, and says what the card says it says.
// Method: hash the committed bytes, read their header, and ask the sample prompts in a real worker.

const MODELS_FOLDER = join(import.meta.dirname, "../../models");
const card = parse(readFileSync(join(MODELS_FOLDER, "nano.yaml"), "utf8")) as Record<string, unknown> & {
  readonly samples: readonly { readonly prompt: string; readonly answer: string }[];
};
const shippedFile = join(MODELS_FOLDER, "nano.gguf");

test("the shipped model has the size and the hash that its card states", () => {
  const bytes = readFileSync(shippedFile);
  expect(bytes.byteLength).toBe(card["bytes"]);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(card["sha256"]);
});

test("the shipped model's header says what its card says", async () => {
  expect(await readGgufHeader(shippedFile)).toMatchObject({
    kind: "header",
    architecture: card["architecture"],
    quantization: card["quantization"],
    contextTokens: card["contextTokens"],
    parameterCount: card["parameters"],
    license: "apache-2.0",
    hasChatTemplate: true,
    chatTemplateMentionsTools: true,
  });
});

describe("in a worker", () => {
  let worker: WorkerProcess;
  beforeAll(async () => {
    worker = await startWorker(shippedFile);
  });
  afterAll(() => worker.stop());

  test("the shipped model answers each sample prompt of its card as the card says", async () => {
    for (const { prompt, answer } of card.samples) {
      const said = await worker.chat({ messages: [{ role: "user", content: prompt }], temperature: 0, max_tokens: 60 });
      expect([prompt, said.choices[0]?.message.content]).toEqual([prompt, answer]);
    }
  });
});
