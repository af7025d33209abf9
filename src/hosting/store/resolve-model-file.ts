import { stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { nearestName } from "../../core/nearest-name.ts";
import { listModels } from "./list-models.ts";
import type { ModelManifest } from "./model-manifest.ts";

/** The file that a configured model means, or why there is none. */
export type ResolvedModelFile =
  /** `manifest` is there for an imported model. */
  | { readonly kind: "file"; readonly file: string; readonly manifest?: ModelManifest }
  | { readonly kind: "not-found"; readonly message: string };

/**
 * The file that a configured model's `file` means: a path (absolute, or ending in .gguf), or else the id of an
 * imported model.
 */
export async function resolveModelFile(dataDir: string, idOrPath: string): Promise<ResolvedModelFile> {
  if (isAbsolute(idOrPath) || /\.gguf$/i.test(idOrPath)) return await resolvePath(resolve(idOrPath));
  const { models } = await listModels(dataDir);
  const model = models.find(({ manifest }) => manifest.id === idOrPath);
  if (model !== undefined) return { kind: "file", ...model };
  const nearest = nearestName(
    idOrPath,
    models.map(({ manifest }) => manifest.id),
  );
  const hint = nearest === undefined ? "a path must end in .gguf." : `did you mean ${nearest}?`;
  return { kind: "not-found", message: `No model ${idOrPath} was imported; ${hint}` };
}

async function resolvePath(file: string): Promise<ResolvedModelFile> {
  try {
    if ((await stat(file)).isFile()) return { kind: "file", file };
    return { kind: "not-found", message: `${file} is not a file.` };
  } catch (error) {
    return {
      kind: "not-found",
      message: `${file} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
