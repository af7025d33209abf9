import { join } from "node:path";
import type { ModelId } from "../../core/ids.ts";
import { hashFile } from "../../files/hash-file.ts";
import { readManifest } from "./model-manifest.ts";
import type { ModelManifest } from "./model-manifest.ts";
import { modelFolder } from "./store-folders.ts";

/** Whether a model's files are as they were imported. */
export type VerifyResult =
  | { readonly kind: "intact"; readonly manifest: ModelManifest }
  | { readonly kind: "changed"; readonly manifest: ModelManifest; readonly problems: readonly string[] }
  | { readonly kind: "not-found"; readonly message: string };

/**
 * Reads every file of a model again and compares it with what was imported. Rejects with `invalid_request` for a bad id, and when
 * `signal` aborts.
 */
export async function verifyModel(options: {
  readonly dataDir: string;
  readonly id: ModelId;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}): Promise<VerifyResult> {
  const folder = modelFolder(options.dataDir, options.id);
  const read = await readManifest(folder);
  if (read.kind === "problem")
    return { kind: "not-found", message: `No model ${options.id} in the store: ${read.message}` };
  const { manifest } = read;

  const totalBytes = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  const problems: string[] = [];
  for (const { name, bytes, sha256 } of manifest.files) {
    try {
      const now = await hashFile(join(folder, name), {
        onBytes: (byteCount) => options.onProgress?.((doneBytes += byteCount), totalBytes),
        signal: options.signal,
      });
      if (now.bytes !== bytes) problems.push(`${name} has ${now.bytes} bytes instead of ${bytes}.`);
      else if (now.sha256 !== sha256)
        problems.push(`${name} has other content: SHA-256 ${now.sha256} instead of ${sha256}.`);
    } catch (error) {
      options.signal?.throwIfAborted();
      problems.push(`${name} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return problems.length === 0 ? { kind: "intact", manifest } : { kind: "changed", manifest, problems };
}
