import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelId } from "../../core/ids.ts";
import { syncFolder } from "../../files/sync-folder.ts";
import { modelFolder, modelsFolder, STAGING_PREFIX } from "./store-folders.ts";

/** Whether a model is gone, or why it is still there. */
export type RemoveResult =
  | { readonly kind: "removed" }
  | { readonly kind: "not-found"; readonly message: string }
  | { readonly kind: "in-use"; readonly message: string };

/**
 * Removes a model from the store, at once for everybody who looks. A worker that has it loaded keeps it until it ends.
 * Rejects with `invalid_request` for a bad id.
 * @param configuredFiles the `file` of every model that the configuration names: such a model stays unless `force`
 */
export async function removeModel(options: {
  readonly dataDir: string;
  readonly id: ModelId;
  readonly configuredFiles: readonly string[];
  readonly force?: boolean;
}): Promise<RemoveResult> {
  const { dataDir, id } = options;
  const folder = modelFolder(dataDir, id);
  try {
    await stat(folder);
  } catch {
    // Missing or out of reach: for the caller there is no such model either way.
    return { kind: "not-found", message: `No model ${id} in the store.` };
  }
  const isConfigured = options.configuredFiles.some((file) => file === id || file.startsWith(join(folder, "/")));
  if (isConfigured && options.force !== true) {
    return { kind: "in-use", message: `The configuration names ${id}: take it out there first, or use --force.` };
  }
  const staging = join(modelsFolder(dataDir), `${STAGING_PREFIX}${randomUUID()}`);
  await rename(folder, staging);
  syncFolder(modelsFolder(dataDir));
  await rm(staging, { recursive: true, force: true });
  return { kind: "removed" };
}
