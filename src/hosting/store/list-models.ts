import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readManifest } from "./model-manifest.ts";
import type { ModelManifest } from "./model-manifest.ts";
import { modelsFolder } from "./store-folders.ts";

/** A model in the store, and where its first file is. */
export interface StoredModel {
  readonly manifest: ModelManifest;
  readonly file: string;
}

/** What is in the store, and what is wrong in it. */
export interface StoredModels {
  /** By id. */
  readonly models: readonly StoredModel[];
  /** Folders that should hold a model but do not. */
  readonly problems: readonly { readonly folder: string; readonly message: string }[];
}

/** Everything that was imported. Reads manifests alone, no model file. */
export async function listModels(dataDir: string): Promise<StoredModels> {
  const models: StoredModel[] = [];
  const problems: { folder: string; message: string }[] = [];
  for (const name of await foldersIn(modelsFolder(dataDir))) {
    const folder = join(modelsFolder(dataDir), name);
    const read = await readManifest(folder);
    if (read.kind === "problem") problems.push({ folder, message: read.message });
    else if (encodeURIComponent(read.manifest.id) !== name) {
      problems.push({ folder, message: `Its manifest is for ${read.manifest.id}.` });
    } else models.push({ manifest: read.manifest, file: join(folder, read.manifest.files[0]?.name ?? "") });
  }
  models.sort((left, right) => (left.manifest.id < right.manifest.id ? -1 : 1));
  return { models, problems };
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return (
      entries
        // No id begins with a dot: such folders are imports and downloads under way.
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .map(({ name }) => name)
    );
  } catch (error) {
    // Nothing was ever imported.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
