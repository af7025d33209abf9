import { open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashFile, type HashedFile } from "../../files/hash-file.ts";
import { ensurePrivateFolder, isErrorWithCode } from "../../journal/data-dir.ts";

/** Copies a file of any size to one that must not exist yet, readable by its owner alone. The caller flushes it. */
export async function copyFile(from: string, to: string): Promise<HashedFile> {
  ensurePrivateFolder(dirname(to));
  const output = await open(to, "wx", 0o600);
  try {
    return await hashFile(from, { output });
  } finally {
    await output.close();
  }
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
