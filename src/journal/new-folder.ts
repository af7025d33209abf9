import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { syncFolder } from "../files/sync-folder.ts";

/**
 * Makes `folder`, which must not exist yet, with what `fill` writes into the draft that it is given: flushed to the disk
 * whole before it gets its name, so that there is all of it or nothing. Readable by its owner alone.
 */
export async function writeNewFolder<Result>(
  folder: string,
  fill: (draft: string) => Promise<Result>,
): Promise<Result> {
  const target = resolve(folder);
  if (existsSync(target)) throw new Error(`${target} exists. Name a folder that does not exist yet.`);
  const draft = `${target}.partial-${randomUUID()}`;
  await mkdir(dirname(target), { recursive: true });
  await mkdir(draft, { mode: 0o700 });
  try {
    const result = await fill(draft);
    await flushTree(draft);
    await rename(draft, target);
    syncFolder(dirname(target));
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Flushes every file of a folder and of those in it, and their names. */
export async function flushTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await flushTree(path);
    else await flushFile(path);
  }
  syncFolder(folder);
}

async function flushFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
