import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildModel } from "../../scripts/build-model/build-model.ts";
import type { PresetOptions } from "../../scripts/build-model/presets.ts";

const WRITER_FOLDER = join(import.meta.dirname, "../../scripts/build-model");
const SHARED_FORMAT_FILE = join(import.meta.dirname, "../../src/hosting/gguf/gguf-format.ts");

/**
 * The path of a model built from a preset (`node scripts/build-model/main.ts --list` shows them). A model is built once
 * for each state of the writer's source and each set of options, in a folder that outlives the test run, and may be
 * asked for by several processes at the same time. Callers must not change the file.
 */
export async function buildTestModel(preset: string, options: PresetOptions = {}): Promise<string> {
  const folder = join(tmpdir(), `signalbox-test-models-${process.getuid?.() ?? "user"}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const entries = Object.entries(options).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const key = createHash("sha256")
    .update(writerHash())
    .update(JSON.stringify([preset, entries]))
    .digest("hex");
  const file = join(folder, `${preset}-${key.slice(0, 16)}.gguf`);
  if (!existsSync(file)) await buildModel(preset, file, options);
  return file;
}

function writerHash(): string {
  const hash = createHash("sha256").update(readFileSync(SHARED_FORMAT_FILE));
  for (const name of readdirSync(WRITER_FOLDER).toSorted())
    hash.update(name).update(readFileSync(join(WRITER_FOLDER, name)));
  return hash.digest("hex");
}
