import { createHash } from "node:crypto";
import { link, open, realpath } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** What is read at once: large enough for a disk's full speed, small enough that hashing it does not hold others up. */
const CHUNK_BYTES = 1024 * 1024;

/** A file as it was read to its end. */
export interface HashedFile {
  readonly bytes: number;
  readonly sha256: string;
}

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
    const hashed = await readAndHash(source, onBytes, signal, output);
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
  return await hashFile(target, onBytes, signal);
}

/** Reads a file to its end. */
export function hashFile(
  file: string,
  onBytes: (byteCount: number) => void,
  signal?: AbortSignal,
): Promise<HashedFile> {
  return readAndHash(file, onBytes, signal);
}

async function readAndHash(
  file: string,
  onBytes: (byteCount: number) => void,
  signal?: AbortSignal,
  output?: FileHandle,
): Promise<HashedFile> {
  const hash = createHash("sha256");
  const input = await open(file, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let bytes = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await input.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
      const filled = chunk.subarray(0, bytesRead);
      hash.update(filled);
      await output?.writeFile(filled);
      bytes += bytesRead;
      onBytes(bytesRead);
    }
  } finally {
    await input.close();
  }
}
