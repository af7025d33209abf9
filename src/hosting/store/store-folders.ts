import { join } from "node:path";
import { SignalboxError } from "../../core/errors.ts";
import { isModelId } from "../../core/ids.ts";
import type { ModelId } from "../../core/ids.ts";

/** Begins the names of folders that are not models: imports and removals under way. */
export const STAGING_PREFIX = ".staging-";

/** Where imported models are kept. */
export function modelsFolder(dataDir: string): string {
  return join(dataDir, "models");
}

/**
 * Where one imported model is kept. An id's slashes are escaped, so that every model is one folder.
 * Throws `invalid_request` for what is no id: `..` must not lead out of the store.
 */
export function modelFolder(dataDir: string, id: ModelId): string {
  if (!isModelId(id)) {
    const rule = "letters, digits, dots, dashes and underscores, with slashes between the parts";
    throw new SignalboxError("invalid_request", `${JSON.stringify(id)} is not a model id: ${rule}.`, { param: "id" });
  }
  return join(modelsFolder(dataDir), encodeURIComponent(id));
}
