import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";

/** What is read at once: large enough for a disk's full speed, small enough that hashing it does not hold others up. */
const CHUNK_BYTES = 1024 * 1024;

/** A file as it was read to its end. */
export interface HashedFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Who follows the reading of a file, and may end it. */
export interface Reading {
  readonly onBytes?: ((byteCount: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where to write what is read. */
  readonly output?: FileHandle;
}

/** Reads a file to its end. Rejects with the file system's error, or with the signal's reason. */
export async function hashFile(file: string, { onBytes, signal, output }: Reading = {}): Promise<HashedFile> {
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
      onBytes?.(bytesRead);
    }
  } finally {
    await input.close();
  }
}
