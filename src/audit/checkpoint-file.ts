import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isErrorWithCode } from "../journal/data-dir.ts";
import { writeWhole } from "../files/write-whole.ts";

/** The file with the newest checkpoint: beside the database, so that rows deleted there are missed here. */
export function checkpointFileOf(dataDir: string): string {
  return join(dataDir, "checkpoint");
}

/** Replaces the checkpoint's file whole: a reader sees the old one or the new one. */
export async function writeCheckpointFile(dataDir: string, note: string): Promise<void> {
  await writeWhole(checkpointFileOf(dataDir), note);
}

/** The note in the checkpoint's file, or undefined where there is none. */
export function readCheckpointFile(dataDir: string): string | undefined {
  try {
    return readFileSync(checkpointFileOf(dataDir), "utf8");
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
