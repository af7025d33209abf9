import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { int32, uint16 } from "../../../scripts/build-model/metadata.ts";
import type { MetadataEntry } from "../../../scripts/build-model/metadata.ts";
import { PRESETS } from "../../../scripts/build-model/presets.ts";
import { writeGguf } from "../../../scripts/build-model/write-gguf.ts";
import { systemClock } from "../../../src/app/system-clock.ts";
import { importModel } from "../../../src/hosting/store/import-model.ts";
import type { ImportProgress } from "../../../src/hosting/store/import-model.ts";
import { listModels } from "../../../src/hosting/store/list-models.ts";
import { removeModel } from "../../../src/hosting/store/remove-model.ts";
import { resolveModelFile } from "../../../src/hosting/store/resolve-model-file.ts";
import { verifyModel } from "../../../src/hosting/store/verify-model.ts";
import { buildTestModel } from "../../support/build-test-model.ts";

// Goal: a model is in the store whole and tried out, or not at all.
// Method: a real data folder, real files, the real trial load in its own process.

const clock = systemClock;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "signalbox-store-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Everything in the store, so that leftovers are seen. */
async function namesInStore(): Promise<string[]> {
  return existsSync(join(dataDir, "models")) ? await readdir(join(dataDir, "models")) : [];
}

describe("import", () => {
  test("copies, hashes, tries out and lists a model", async () => {
    const source = await buildTestModel("scripted");
    const progress: ImportProgress[] = [];
    const result = await importModel({
      dataDir,
      source,
      id: "maker/small",
      clock,
      onProgress: (step) => progress.push(step),
    });

    const bytes = readFileSync(source);
    expect(result).toMatchObject({
      kind: "imported",
      manifest: {
        id: "maker/small",
        source,
        linked: false,
        validation: "loaded",
        files: [{ bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") }],
        header: { architecture: "llama", contextTokens: 4096 },
      },
    });
    const { models, problems } = await listModels(dataDir);
    expect(problems).toEqual([]);
    expect(models.map(({ manifest }) => manifest.id)).toEqual(["maker/small"]);
    expect(readFileSync(models[0]?.file ?? "").equals(bytes)).toBe(true);
    expect(progress.at(-1)).toEqual({ kind: "validating", doneBytes: bytes.byteLength, totalBytes: bytes.byteLength });
    expect(progress[0]?.kind).toBe("copying");
    expect(await namesInStore()).toEqual(["maker%2Fsmall"]);
  });

  test("names a model after its file, and takes a folder with one model in it", async () => {
    const folder = join(dataDir, "usb");
    await mkdir(folder);
    await copyFile(await buildTestModel("scripted"), join(folder, "My model (v2).gguf"));
    await writeFile(join(folder, "README.txt"), "not a model");
    expect(await importModel({ dataDir, source: folder, clock })).toMatchObject({ manifest: { id: "My-model-v2-" } });
  });

  test("refuses a folder with several models or none, and says which there are", async () => {
    const folder = join(dataDir, "usb");
    await mkdir(folder);
    expect(await importModel({ dataDir, source: folder, clock })).toMatchObject({
      message: expect.stringMatching(/no \.gguf/),
    });
    for (const name of ["a.gguf", "b.gguf"]) await writeFile(join(folder, name), "x");
    expect(await importModel({ dataDir, source: folder, clock })).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("a.gguf, b.gguf"),
    });
  });

  test("refuses a split model of which a part is missing", async () => {
    const folder = join(dataDir, "usb");
    await mkdir(folder);
    await copyFile(await buildTestModel("scripted"), join(folder, "big-00001-of-00002.gguf"));
    expect(await importModel({ dataDir, source: folder, clock })).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("big-00002-of-00002.gguf"),
    });
  });

  test("takes all parts of a split model, whichever of them is named", async () => {
    const folder = join(dataDir, "usb");
    await mkdir(folder);
    const files = await writeSplitModel(folder);
    const result = await importModel({ dataDir, source: files[1] ?? "", id: "split", clock });
    expect(result).toMatchObject({
      kind: "imported",
      manifest: {
        validation: "loaded",
        files: [{ name: "split-00001-of-00002.gguf" }, { name: "split-00002-of-00002.gguf" }],
        header: { part: { index: 0, count: 2 }, tensorCount: 12 },
      },
    });
    if (result.kind === "imported") expect(result.file).toMatch(/split-00001-of-00002\.gguf$/);
    expect(await verifyModel({ dataDir, id: "split" })).toMatchObject({ kind: "intact" });
  });

  test("links instead of copying when asked", async () => {
    const source = join(dataDir, "source.gguf");
    await copyFile(await buildTestModel("scripted"), source);
    const result = await importModel({ dataDir, source, id: "linked", link: true, clock });
    expect(result).toMatchObject({ kind: "imported", manifest: { linked: true } });
    if (result.kind === "imported") expect(statSync(result.file).ino).toBe(statSync(source).ino);
  });

  test("refuses an id that is taken and leaves the model alone", async () => {
    const source = await buildTestModel("scripted");
    await importModel({ dataDir, source, id: "taken", clock });
    const other = await buildTestModel("scripted-endless");
    expect(await importModel({ dataDir, source: other, id: "taken", clock })).toMatchObject({ kind: "refused" });
    expect(await verifyModel({ dataDir, id: "taken" })).toMatchObject({ kind: "intact" });
  });

  test("lets one of two imports of the same id at the same time win", async () => {
    const source = await buildTestModel("scripted");
    const results = await Promise.all([1, 2].map(() => importModel({ dataDir, source, id: "race", clock })));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["imported", "refused"]);
    expect(await namesInStore()).toEqual(["race"]);
  });

  test.each([
    ["broken-not-gguf", "does not begin with GGUF"],
    ["broken-truncated", "the file has only"],
    ["broken-lying-header", "more than the file has room for"],
    ["broken-head-count-0", "SIGABRT"],
    ["broken-nan-weights", "can't be loaded"],
  ])("refuses %s, says why, and leaves nothing behind", async (preset, reason) => {
    const result = await importModel({ dataDir, source: await buildTestModel(preset), id: "bad", clock });
    expect(result).toMatchObject({ kind: "refused", message: expect.stringContaining(reason) });
    expect(await namesInStore()).toEqual([]);
  });

  test("refuses a model that the disk has no room for before it copies anything", async () => {
    const source = join(dataDir, "huge.gguf");
    await copyFile(await buildTestModel("scripted"), source);
    await truncate(source, 2 ** 43);
    const result = await importModel({ dataDir, source, clock });
    expect(result).toMatchObject({ kind: "refused", message: expect.stringContaining("disk space") });
  });

  test("refuses a source that grows while it is copied", async () => {
    const source = join(dataDir, "growing.gguf");
    await copyFile(await buildTestModel("noise"), source);
    const onProgress = (): void => appendFileSync(source, Buffer.alloc(1024 * 1024));
    const result = await importModel({ dataDir, source, clock, onProgress });
    expect(result).toMatchObject({ kind: "refused", message: expect.stringContaining("grows") });
    expect(await namesInStore()).toEqual([]);
  });

  test("stops when it is aborted and leaves nothing behind", async () => {
    const source = await buildTestModel("noise");
    for (const at of ["copying", "validating"]) {
      const abort = new AbortController();
      const onProgress = ({ kind }: ImportProgress): void => void (kind === at && abort.abort(new Error("enough")));
      const running = importModel({ dataDir, source, id: "aborted", clock, onProgress, signal: abort.signal });
      await expect(running).rejects.toThrow("enough");
      expect(await namesInStore()).toEqual([]);
    }
  });

  test("tries the vocabulary alone when memory is short", async () => {
    const source = await buildTestModel("scripted");
    const result = await importModel({ dataDir, source, id: "large", clock, availableBytes: 1_000_000 });
    expect(result).toMatchObject({ kind: "imported", manifest: { validation: "vocabulary" } });
  });

  test("refuses what is no id before it touches anything", async () => {
    const source = await buildTestModel("scripted");
    for (const id of ["..", "", "a/../b", ".hidden", "a b"]) {
      await expect(importModel({ dataDir, source, id, clock })).rejects.toMatchObject({ code: "invalid_request" });
      await expect(removeModel({ dataDir, id, configuredFiles: [] })).rejects.toMatchObject({
        code: "invalid_request",
      });
    }
    expect(await namesInStore()).toEqual([]);
  });

  test("cleans up what an interrupted import left a day ago, and nothing younger", async () => {
    const old = join(dataDir, "models", ".staging-old");
    const young = join(dataDir, "models", ".staging-young");
    for (const folder of [old, young]) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "half.gguf"), "half");
    }
    const longAgo = new Date(clock.wallMs() - 25 * 3600 * 1000);
    await utimes(join(old, "half.gguf"), longAgo, longAgo);
    await utimes(old, longAgo, longAgo);
    await importModel({ dataDir, source: await buildTestModel("scripted"), id: "new", clock });
    expect((await namesInStore()).toSorted()).toEqual([".staging-young", "new"]);
    expect((await listModels(dataDir)).problems).toEqual([]);
  });
});

describe("an imported model", () => {
  let file: string;
  beforeEach(async () => {
    const result = await importModel({ dataDir, source: await buildTestModel("scripted"), id: "maker/small", clock });
    if (result.kind !== "imported") throw new Error(result.message);
    file = result.file;
  });

  test("is verified byte by byte", async () => {
    const seen: number[] = [];
    const onProgress = (doneBytes: number): void => void seen.push(doneBytes);
    expect(await verifyModel({ dataDir, id: "maker/small", onProgress })).toMatchObject({ kind: "intact" });
    expect(seen.at(-1)).toBe(statSync(file).size);

    const bytes = readFileSync(file);
    bytes[bytes.byteLength - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect(await verifyModel({ dataDir, id: "maker/small" })).toMatchObject({
      kind: "changed",
      problems: [expect.stringContaining("other content")],
    });
    appendFileSync(file, "x");
    expect(await verifyModel({ dataDir, id: "maker/small" })).toMatchObject({
      problems: [expect.stringContaining("bytes")],
    });
    await rm(file);
    expect(await verifyModel({ dataDir, id: "maker/small" })).toMatchObject({
      problems: [expect.stringContaining("read")],
    });
    expect(await verifyModel({ dataDir, id: "maker/other" })).toMatchObject({ kind: "not-found" });
  });

  test("stays while the configuration names it, unless forced", async () => {
    for (const configured of ["maker/small", file]) {
      expect(await removeModel({ dataDir, id: "maker/small", configuredFiles: [configured] })).toMatchObject({
        kind: "in-use",
      });
    }
    expect(await removeModel({ dataDir, id: "maker/small", configuredFiles: ["maker/small"], force: true })).toEqual({
      kind: "removed",
    });
    expect(await namesInStore()).toEqual([]);
    expect(await removeModel({ dataDir, id: "maker/small", configuredFiles: [] })).toMatchObject({ kind: "not-found" });
  });

  test("is found by its id, and a path by itself", async () => {
    expect(await resolveModelFile(dataDir, "maker/small")).toMatchObject({ kind: "file", file });
    expect(await resolveModelFile(dataDir, file)).toEqual({ kind: "file", file });
    expect(await resolveModelFile(dataDir, "maker/smal")).toMatchObject({
      message: expect.stringContaining("maker/small?"),
    });
    expect(await resolveModelFile(dataDir, "..")).toMatchObject({ kind: "not-found" });
    expect(await resolveModelFile(dataDir, join(dataDir, "missing.gguf"))).toMatchObject({ kind: "not-found" });
  });

  test("is a problem in the list when its manifest is broken or points elsewhere", async () => {
    const manifestFile = join(dataDir, "models", "maker%2Fsmall", "manifest.json");
    const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
    for (const changed of ["{", JSON.stringify({ ...manifest, id: "other" }), outsideOf(manifest)]) {
      await writeFile(manifestFile, changed);
      const { models, problems } = await listModels(dataDir);
      expect(models).toEqual([]);
      expect(problems).toHaveLength(1);
    }
  });
});

/** A scripted model in two files, half of the tensors in each, as llama.cpp's own splitting tool writes them. */
async function writeSplitModel(folder: string): Promise<string[]> {
  const model = PRESETS["scripted"]?.build({});
  if (model === undefined) throw new Error("The preset is missing.");
  const half = Math.floor(model.tensors.length / 2);
  const parts = [model.tensors.slice(0, half), model.tensors.slice(half)];
  const files: string[] = [];
  for (const [index, tensors] of parts.entries()) {
    const file = join(folder, `split-0000${index + 1}-of-00002.gguf`);
    const splitMetadata: MetadataEntry[] = [
      ["split.no", uint16(index)],
      ["split.count", uint16(parts.length)],
      ["split.tensors.count", int32(model.tensors.length)],
    ];
    await writeGguf(file, { metadata: index === 0 ? [...model.metadata, ...splitMetadata] : splitMetadata, tensors });
    files.push(file);
  }
  return files;
}

function outsideOf(manifest: { readonly files: readonly object[] }): string {
  return JSON.stringify({ ...manifest, files: [{ ...manifest.files[0], name: "../../escape.gguf" }] });
}
