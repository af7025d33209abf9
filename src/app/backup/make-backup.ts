import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { verifyLog } from "../../audit/verify-log.ts";
import type { Clock } from "../../core/clock.ts";
import { hashFile } from "../../files/hash-file.ts";
import { openReader } from "../../journal/connection.ts";
import { databaseFileOf, ensurePrivateFile } from "../../journal/data-dir.ts";
import { writeNewFolder } from "../../journal/new-folder.ts";
import { BACKED_UP_NAMES } from "../../journal/pending-restore.ts";
import { MANIFEST_NAME, type BackedUpFile, type BackupManifest } from "./backup-manifest.ts";
import { copyFile, filesAt } from "./copy-file.ts";
import { recordSigned } from "./record-signed.ts";

/** What to back up, and where to. */
export interface BackupOptions {
  readonly dataDir: string;
  /** A folder that must not exist yet. */
  readonly folder: string;
  readonly clock: Clock;
  /** Version of this program. */
  readonly program: string;
}

/**
 * Copies all that a box can't make again into a new folder, beside a running server and while it works: the database as of
 * one instant, whole without its write-ahead log and without what was deleted in it. That a backup was made is a leaf of
 * the log, and in the backup under a signed checkpoint. The copy is verified and flushed before the folder gets its name,
 * so that there is a whole backup or none. Rejects with an Error that says what to do.
 */
export async function makeBackup({ dataDir, folder, clock, program }: BackupOptions): Promise<BackupManifest> {
  if (!existsSync(databaseFileOf(dataDir))) throw new Error(`There is nothing to back up in ${dataDir}.`);
  return writeNewFolder(folder, async (draft) => {
    // Before the copy, so that it holds the leaf; the signed head then covers everything up to here.
    await recordSigned(dataDir, clock, { kind: "backup.made", folder: resolve(folder) });
    const files = await copyFiles(dataDir, draft);
    const madeAt = new Date(clock.wallMs()).toISOString();
    const manifest: BackupManifest = { version: 1, program, madeAt, log: await verifyCopy(draft), files };
    await writeFile(join(draft, MANIFEST_NAME), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    return manifest;
  });
}

/** The database comes last: a checkpoint's file that is newer than the copied log would look like lost leaves. */
async function copyFiles(dataDir: string, draft: string): Promise<BackedUpFile[]> {
  const files: BackedUpFile[] = [];
  for (const name of BACKED_UP_NAMES.filter((one) => join(dataDir, one) !== databaseFileOf(dataDir))) {
    for (const path of await filesAt(dataDir, name)) {
      files.push({ path, ...(await copyFile(join(dataDir, path), join(draft, path))) });
    }
  }
  const database = databaseFileOf(draft);
  copyDatabase(databaseFileOf(dataDir), database);
  return [...files, { path: database.slice(draft.length + 1), ...(await hashFile(database)) }];
}

/**
 * One read transaction, beside which the server goes on writing.
 * @see https://www.sqlite.org/lang_vacuum.html#vacuuminto
 */
function copyDatabase(from: string, to: string): void {
  ensurePrivateFile(to);
  const database = openReader(from);
  try {
    database.prepare("VACUUM INTO ?").run(to);
  } finally {
    database.close();
  }
}

async function verifyCopy(draft: string): Promise<BackupManifest["log"]> {
  const report = await verifyLog({ source: { dataDir: draft } });
  if (report.ok) return { size: report.size, root: report.root };
  throw new Error(
    `The copied log does not verify: ${report.problem ?? "unknown problem"}. \`signalbox audit verify\` tells more.`,
  );
}
