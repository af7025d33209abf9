import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../files/sync-folder.ts";
import { ensurePrivateFile, ensurePrivateFolder, isErrorWithCode } from "./data-dir.ts";

/**
 * The content of a file that holds a secret of this box. Where there is none, `make` is called and its answer becomes
 * the file, durable and readable by its owner alone; of several processes that start at once, one wins and all get the
 * same bytes.
 */
export function readOrCreateSecretFile(file: string, make: () => Buffer): Buffer {
  const existing = readSecretFile(file);
  if (existing !== undefined) return existing;
  ensurePrivateFolder(dirname(file));
  createSecretFile(file, make());
  return readFileSync(file);
}

/** The content of `file`, or undefined where there is none. Tightens its mode. */
export function readSecretFile(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    ensurePrivateFile(file);
    return content;
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Written whole under another name first: a reader never sees half a secret, and a link does not replace one. */
function createSecretFile(file: string, content: Buffer): void {
  const draft = `${file}.${randomUUID()}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    // Another process made its secret first; that one counts.
    if (!isErrorWithCode(error, "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(file));
}
