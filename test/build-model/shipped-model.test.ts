import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { buildModel } from "../../scripts/build-model/build-model.ts";
import { readGgufHeader } from "../../src/hosting/gguf/read-gguf-header.ts";

// Goal: the shipped file is what its description says and what the generator writes.
// Method: hash the committed bytes, and build them again.

const MODELS_FOLDER = join(import.meta.dirname, "../../models");
const description = parse(readFileSync(join(MODELS_FOLDER, "nano.yaml"), "utf8")) as Record<string, unknown>;
const shippedFile = join(MODELS_FOLDER, "nano.gguf");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-shipped-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the shipped model has the size and the hash that its description states", () => {
  const bytes = readFileSync(shippedFile);
  expect(bytes.byteLength).toBe(description["bytes"]);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(description["sha256"]);
});

test("building the shipped model again gives the same bytes", async () => {
  const built = await buildModel("nano", join(folder, "nano.gguf"));
  expect(built.sha256).toBe(description["sha256"]);
  expect(readFileSync(join(folder, "nano.gguf")).equals(readFileSync(shippedFile))).toBe(true);
});

test("another seed gives another model of the same size", async () => {
  const other = await buildModel("nano", join(folder, "other.gguf"), { seed: 2 });
  expect(other.sha256).not.toBe(description["sha256"]);
  expect(other.bytes).toBe(description["bytes"]);
});

test("the shipped model's header says what its description says", async () => {
  expect(await readGgufHeader(shippedFile)).toMatchObject({
    kind: "header",
    architecture: description["architecture"],
    quantization: description["quantization"],
    contextTokens: description["contextTokens"],
    parameterCount: description["parameters"],
    license: "apache-2.0",
    hasChatTemplate: true,
    chatTemplateMentionsTools: true,
  });
});
