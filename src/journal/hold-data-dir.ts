import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { ensurePrivateFile, ensurePrivateFolder } from "./data-dir.ts";

/** A data folder held by this process alone. */
export interface DataDirHold {
  release(): void;
}

/**
 * Makes this process the only server of `dataDir`, until `release` or its end, however it ends: a second server would
 * take the first one's open attempts for the remains of a crash. Command-line tools do not hold the folder.
 * Throws an Error that says what to do when another process holds it.
 */
export function holdDataDir(dataDir: string): DataDirHold {
  ensurePrivateFolder(dataDir);
  const file = join(dataDir, "server.lock");
  ensurePrivateFile(file);
  const lock = new BetterSqlite3(file, { timeout: 0 });
  try {
    // An open exclusive transaction is a lock of the operating system's, which ends with the process.
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new Error(`Another Signalbox serves from ${dataDir}. Stop it first, or set SIGNALBOX_DATA_DIR.`, { cause });
  }
  return { release: () => lock.close() };
}
