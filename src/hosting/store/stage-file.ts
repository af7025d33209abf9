import { link, open, realpath } from "node:fs/promises";
import { hashFile, type HashedFile } from "../../files/hash-file.ts";

/**
 * Copies `source` to the new file `target`, hashing what is written; when it resolves, the bytes are on the disk.
 * Rejects with the file system's error, or with the signal's reason.
 */
export async function copyAndHash(
  source: string,
  target: string,
  onBytes: (byteCount: number) => void,
  signal?: AbortSignal,
): Promise<HashedFile> {
  const output = await open(target, "wx", 0o640);
  try {
    const hashed = await hashFile(source, { onBytes, signal, output });
    await output.sync();
    return hashed;
  } finally {
    await output.close();
  }
}

/** Makes `target` another name of the same bytes, and hashes them. Both must be on one file system. */
export async function linkAndHash(
  source: string,
  target: string,
  onBytes: (byteCount: number) => void,
  signal?: AbortSignal,
): Promise<HashedFile> {
  await link(await realpath(source), target);
  return await hashFile(target, { onBytes, signal });
}
