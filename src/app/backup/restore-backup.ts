import { existsSync } from "node:fs";
import { join } from "node:path";
import { createTreeStore } from "../../audit/tree-store.ts";
import { verifyLog } from "../../audit/verify-log.ts";
import type { Clock } from "../../core/clock.ts";
import { openReader } from "../../journal/connection.ts";
import { databaseFileOf } from "../../journal/data-dir.ts";
import { holdDataDir } from "../../journal/hold-data-dir.ts";
import { flushTree } from "../../journal/new-folder.ts";
import { beginRestore, commitRestore, finishRestore } from "../../journal/pending-restore.ts";
import { readManifest, type BackupManifest } from "./backup-manifest.ts";
import { copyFile } from "./copy-file.ts";
import { recordSigned } from "./record-signed.ts";

/** What to restore, and where to. */
export interface RestoreOptions {
  readonly dataDir: string;
  /** The folder that `makeBackup` made. */
  readonly folder: string;
  /** Whether records that are there already may be put aside. */
  readonly replace: boolean;
  readonly clock: Clock;
}

/** What a restore did. */
export interface RestoreReport {
  readonly backup: Pick<BackupManifest, "madeAt" | "program" | "log">;
  /** Where the records are that were there before; absent where there were none. */
  readonly replacedIn?: string;
}

/**
 * Makes `dataDir` what it was when the backup was made, and records that in the restored log. Everything is copied,
 * verified and flushed beside what is there before anything of that is touched; from then on the restore is only ever
 * finished, after a crash too, by the next start of the box. Models stay where they are. Rejects, having changed nothing,
 * with an Error that says what to do: a server runs on the folder, records are there already, the backup is not whole.
 */
export async function restoreBackup({ dataDir, folder, replace, clock }: RestoreOptions): Promise<RestoreReport> {
  const manifest = readManifest(folder);
  const hold = holdDataDir(dataDir);
  try {
    finishRestore(dataDir);
    const isOccupied = existsSync(databaseFileOf(dataDir));
    if (isOccupied && !replace) {
      throw new Error(`${dataDir} has records already. With --replace they are put aside, in a folder beside them.`);
    }
    const id = new Date(clock.wallMs()).toISOString().replaceAll(/[^\dTZ]/g, "");
    const staged = beginRestore(dataDir, id);
    await copyChecked(folder, staged, manifest);
    // In the log that is about to count: whoever saw a later head of it elsewhere finds here why it went back.
    const { madeAt, program, log } = manifest;
    const leaf = { kind: "log.restored", backupMadeAt: madeAt, backup: log, replaced: headOf(dataDir) };
    await recordSigned(staged, clock, leaf);
    await flushTree(staged);
    commitRestore(dataDir, id);
    const replacedIn = finishRestore(dataDir);
    return { backup: { madeAt, program, log }, ...(isOccupied && replacedIn !== undefined ? { replacedIn } : {}) };
  } finally {
    hold.release();
  }
}

async function copyChecked(folder: string, staged: string, { files, log }: BackupManifest): Promise<void> {
  for (const { path, bytes, sha256 } of files) {
    const copied = await copyFile(join(folder, path), join(staged, path));
    if (copied.bytes === bytes && copied.sha256 === sha256) continue;
    throw new Error(`${join(folder, path)} is not what was backed up: its size or its hash differs.`);
  }
  const report = await verifyLog({ source: { dataDir: staged } });
  if (report.ok && report.size === log.size && report.root === log.root) return;
  throw new Error(`The log in ${folder} is not the one that was backed up: ${report.problem ?? "another root"}.`);
}

/** The head of the log that is replaced; undefined where there is none or it can't be read, which may be why. */
function headOf(dataDir: string): BackupManifest["log"] | undefined {
  try {
    const database = openReader(databaseFileOf(dataDir));
    try {
      const { size, root } = createTreeStore(database).head();
      return { size, root: Buffer.from(root).toString("base64") };
    } finally {
      database.close();
    }
  } catch {
    // A broken log is the very reason to restore; the record says nothing of it then.
    return undefined;
  }
}
