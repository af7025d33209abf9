import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { BROKEN_MODELS } from "./broken-models.ts";
import { PRESETS } from "./presets.ts";
import type { PresetOptions } from "./presets.ts";
import { writeGguf } from "./write-gguf.ts";

/** What was written. Broken files have no parameters worth counting. */
export interface BuiltModel {
  readonly preset: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly parameterCount?: number;
}

/** Every preset's name with what it is for. */
export function listPresets(): readonly { readonly name: string; readonly description: string }[] {
  return Object.entries({ ...PRESETS, ...BROKEN_MODELS }).map(([name, { description }]) => ({ name, description }));
}

/**
 * Writes the model of a preset to `file`: under another name first, so that `file` is whole or not there.
 * The same preset and options give the same bytes on every machine.
 */
export async function buildModel(
  preset: string,
  file: string,
  options: PresetOptions = {},
  onProgress?: (writtenBytes: number, totalBytes: number) => void,
): Promise<BuiltModel> {
  const temporaryFile = `${file}.${randomUUID()}.part`;
  try {
    const built = await buildAt(preset, temporaryFile, options, onProgress);
    await rename(temporaryFile, file);
    return { preset, file, ...built };
  } finally {
    await rm(temporaryFile, { force: true });
  }
}

async function buildAt(
  preset: string,
  file: string,
  options: PresetOptions,
  onProgress?: (writtenBytes: number, totalBytes: number) => void,
): Promise<Omit<BuiltModel, "preset" | "file">> {
  const broken = BROKEN_MODELS[preset];
  if (broken !== undefined) {
    await broken.write(file, options);
    return { bytes: (await stat(file)).size, sha256: await hashOf(file) };
  }
  const whole = PRESETS[preset];
  if (whole === undefined) throw new Error(`There is no preset ${JSON.stringify(preset)}; --list shows them.`);
  return await writeGguf(file, whole.build(options), onProgress);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}
