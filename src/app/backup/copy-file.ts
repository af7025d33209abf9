import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ensurePrivateFolder, isErrorWithCode } from "../../journal/data-dir.ts";

/** What a file is. */
export interface FileDigest {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Copies a file of any size to one that must not exist yet, readable by its owner alone. The caller flushes it. */
export async function copyFile(from: string, to: string): Promise<FileDigest> {
  ensurePrivateFolder(dirname(to));
  const target = await open(to, "wx", 0o600);
  try {
    const sha256 = createHash("sha256");
    let bytes = 0;
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      sha256.update(chunk);
      bytes += chunk.length;
      await target.writeFile(chunk);
    }
    return { bytes, sha256: sha256.digest("hex") };
  } finally {
    await target.close();
  }
}

/** The digest of a file as it is. */
export async function digestOf(file: string): Promise<FileDigest> {
  const sha256 = createHash("sha256");
  await pipeline(createReadStream(file), sha256);
  return { bytes: (await stat(file)).size, sha256: sha256.digest("hex") };
}

/** The files at `name` below `folder`: itself, or those directly in it where it is a folder; none where there is nothing. */
export async function filesAt(folder: string, name: string): Promise<readonly string[]> {
  try {
    const found = await stat(join(folder, name));
    if (found.isFile()) return [name];
    const entries = await readdir(join(folder, name), { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => `${name}/${entry.name}`);
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return [];
    throw error;
  }
}
