import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { STAGING_PREFIX } from "./store-folders.ts";

/** An import writes all the time, and its trial load takes minutes: nothing untouched for a day is alive. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/** Removes what imports and removals left behind when the machine stopped in the middle of them. */
export async function removeAbandonedStaging(folder: string, clock: Clock): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(STAGING_PREFIX)) continue;
    const path = join(folder, name);
    if (clock.wallMs() - (await lastChangeMs(path)) > ABANDONED_AFTER_MS)
      await rm(path, { recursive: true, force: true });
  }
}

/** The newest change of the folder or of a file in it, on the file system's clock. */
async function lastChangeMs(folder: string): Promise<number> {
  let newestMs = 0;
  for (const path of [folder, ...(await namesIn(folder)).map((name) => join(folder, name))]) {
    try {
      newestMs = Math.max(newestMs, (await stat(path)).mtimeMs);
    } catch {
      // Its owner is finishing just now, so it is not abandoned.
      return Number.POSITIVE_INFINITY;
    }
  }
  return newestMs;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Gone already; the look at the folder itself finds that out.
    return [];
  }
}
