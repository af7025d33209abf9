import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { syncFolder } from "../files/sync-folder.ts";

const PRIVATE_FOLDER_MODE = 0o700;
const PRIVATE_FILE_MODE = 0o600;
const OTHERS_BITS = 0o077;

/** The one database of a data folder. */
export function databaseFileOf(dataDir: string): string {
  return join(dataDir, "signalbox.db");
}

/** The folder of everything in a data folder that must stay secret. */
export function keysFolderOf(dataDir: string): string {
  return join(dataDir, "keys");
}

/**
 * Makes `folder` and those above it, readable by their owner alone. A folder that exists is tightened where that is
 * possible. Throws an Error that says what to do.
 */
export function ensurePrivateFolder(folder: string): void {
  try {
    makeFolder(folder);
    tighten(folder, PRIVATE_FOLDER_MODE);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The folder ${folder} can't be made or used (${reason}). Set SIGNALBOX_DATA_DIR to one that may be written.`,
      { cause },
    );
  }
}

/** One folder at a time: Node's own way of making all of them never ends where the kernel refuses with ENOENT, as in /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: PRIVATE_FOLDER_MODE });
  } catch (error) {
    // Another process made it first, which serves as well; a file of that name does not.
    if (!isErrorWithCode(error, "EEXIST") || !statSync(folder).isDirectory()) throw error;
  }
}

/**
 * Makes an empty file for the database, readable by its owner alone; SQLite gives the same mode to the files beside it.
 * A file that exists is never opened here: closing it would drop the locks that SQLite holds in this process.
 * @see https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function ensurePrivateFile(file: string): void {
  if (!existsSync(file)) createExclusively(file);
  tighten(file, PRIVATE_FILE_MODE);
}

function createExclusively(file: string): void {
  try {
    closeSync(openSync(file, "wx", PRIVATE_FILE_MODE));
    syncFolder(dirname(file));
  } catch (error) {
    // Another process made it first, which serves as well.
    if (!isErrorWithCode(error, "EEXIST")) throw error;
  }
}

function tighten(path: string, mode: number): void {
  if ((statSync(path).mode & OTHERS_BITS) === 0) return;
  try {
    chmodSync(path, mode);
  } catch (error) {
    // A mounted volume may belong to another user who lets us write; the files made inside are private all the same.
    if (!isErrorWithCode(error, "EPERM")) throw error;
  }
}

/** Whether `error` is a system error with this code, for example `ENOENT`. */
export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
