import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./sync-folder.ts";

const PRIVATE_FILE_MODE = 0o600;

/**
 * Writes a file that only this user can read: under another name first, so that a crash or a power cut leaves the old file
 * or the new one. When it resolves, the new one is on the disk.
 */
export async function writeWhole(file: string, content: string): Promise<void> {
  const draft = draftOf(file);
  const handle = await open(draft, "wx", PRIVATE_FILE_MODE);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** The same, for what must not go on before. */
export function writeWholeSync(file: string, content: string): void {
  const draft = draftOf(file);
  const descriptor = openSync(draft, "wx", PRIVATE_FILE_MODE);
  try {
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

function draftOf(file: string): string {
  return `${file}.${randomUUID()}`;
}
