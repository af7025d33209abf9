import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type { Database } from "better-sqlite3";
import { ensurePrivateFile } from "./data-dir.ts";
import { UnusableDatabase } from "./unusable-database.ts";

/** How long a connection waits for another process's transaction. Ours last milliseconds; a backup may take seconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** `PRAGMA synchronous` as SQLite numbers it. @see https://www.sqlite.org/pragma.html#pragma_synchronous */
const SYNCHRONOUS_FULL = 2;

/** Where a database says how it must be written and read, and the value for "without a write-ahead log". @see https://www.sqlite.org/fileformat.html */
const FORMAT_VERSION_OFFSET = 18;
const LEGACY_FORMAT_VERSION = 1;

/**
 * Opens `file` for writing, each commit flushed to the disk before it returns. Throws when SQLite does not confirm that:
 * this build falls back to NORMAL, which may lose commits at a power cut, after the first statement in WAL mode; and
 * UnusableDatabase where the file can't be opened at all.
 */
export function openWriter(file: string): Database {
  const database = open(file, () => {
    ensurePrivateFile(file);
    return new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
  });
  try {
    database.pragma("journal_mode = WAL");
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    database.pragma("synchronous = FULL");
    assertDurable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens `file` for reading alone; a missing file is an error. What other connections commit is seen at once. The database
 * of a clean stop can be read from a medium that can't be written, such as a copy that an auditor was handed. Throws
 * UnusableDatabase.
 */
export function openReader(file: string): Database {
  return open(file, () =>
    existsSync(file) && !isWritableFolder(dirname(file)) && !existsSync(`${file}-shm`)
      ? openImage(file)
      : new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS }),
  );
}

function open(file: string, connect: () => Database): Database {
  try {
    return connect();
  } catch (cause) {
    throw new UnusableDatabase(file, cause);
  }
}

/**
 * Reading through a write-ahead log needs a file beside it. Where there can be none, the database is read into memory,
 * marked as one without such a log; that is the whole truth only when no log is left.
 * @see https://www.sqlite.org/c3ref/deserialize.html
 */
function openImage(file: string): Database {
  if (existsSync(`${file}-wal`)) {
    throw new Error(
      `${file} was not closed cleanly and lies on a medium that can't be written: copy its folder and try again.`,
    );
  }
  const image = readFileSync(file);
  image.fill(LEGACY_FORMAT_VERSION, FORMAT_VERSION_OFFSET, FORMAT_VERSION_OFFSET + 2);
  return new BetterSqlite3(image, { readonly: true });
}

function isWritableFolder(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // Whatever the reason is, nothing can be put beside the database.
    return false;
  }
}

/** Throws unless every commit of `database` is flushed before it returns. Runs a statement first, so that a fallback shows. */
export function assertDurable(database: Database): void {
  database.prepare("SELECT count(*) FROM sqlite_schema").get();
  const journalMode = database.pragma("journal_mode", { simple: true });
  const synchronous = database.pragma("synchronous", { simple: true });
  if (journalMode === "wal" && synchronous === SYNCHRONOUS_FULL) return;
  throw new Error(
    `The database does not flush its commits (journal_mode=${String(journalMode)}, synchronous=${String(synchronous)}); ` +
      "put the data folder on a local file system that supports write-ahead logging.",
  );
}
