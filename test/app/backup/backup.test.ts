import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  rmSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { readManifest } from "../../../src/app/backup/backup-manifest.ts";
import { makeBackup } from "../../../src/app/backup/make-backup.ts";
import { restoreBackup } from "../../../src/app/backup/restore-backup.ts";
import { openRecords } from "../../../src/app/open-records.ts";
import { verifyReceipt } from "../../../src/audit/inclusion-receipt.ts";
import { openLeafReader } from "../../../src/audit/read-leaves.ts";
import { parseVkey } from "../../../src/audit/signed-note.ts";
import { verifyLog } from "../../../src/audit/verify-log.ts";
import { holdDataDir } from "../../../src/journal/hold-data-dir.ts";
import { beginRestore, commitRestore, finishRestore } from "../../../src/journal/pending-restore.ts";
import { leavesOf } from "../../audit/audit-box.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const clock = new ManualClock();
const server = { facts: {}, onCheckpointFailed: () => undefined };

/** A data folder of a box that ran and stopped, with one key; answers the key's secret. */
async function runOnce(dataDir: string, keyName: string): Promise<string> {
  const records = await openRecords({ dataDir, clock, server });
  const { secret } = await records.keyStore.createKey({ name: keyName, role: "inference", tags: [] });
  await records.close();
  return secret;
}

async function backupOf(dataDir: string, folder = join(temporaryFolder(), "backup")): Promise<string> {
  await makeBackup({ dataDir, folder, clock, program: "test" });
  return folder;
}

/** Opened once for all tests, because each start of a box takes a while: a box, its backup, and the box with one key more. */
let original: string;
let secret: string;
let backup: string;
let later: string;
let laterSecret: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  original = join(folder, "original");
  secret = await runOnce(original, "first");
  backup = await backupOf(original, join(folder, "backup"));
  later = join(folder, "later");
  cpSync(original, later, { recursive: true });
  laterSecret = await runOnce(later, "second");
  return () => rmSync(folder, { recursive: true });
});

/** A copy that a test may change. */
function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), "copy");
  cpSync(folder, copy, { recursive: true });
  return copy;
}

async function nameOfKey(dataDir: string, ofSecret: string): Promise<string | undefined> {
  const records = await openRecords({ dataDir, clock });
  try {
    return records.keys.authenticate(ofSecret)?.keyName;
  } finally {
    await records.close();
  }
}

/** The names of the keys that the log of a folder knows. */
function keyNames(dataDir: string): readonly unknown[] {
  return leavesOf(dataDir).flatMap(({ kind, name }) => (kind === "key.created" ? [name] : []));
}

test("a backup is a whole data folder that verifies by itself and that only its owner can read", async () => {
  const { log, files } = readManifest(backup);
  expect(await verifyLog({ source: { dataDir: backup } })).toMatchObject({
    ok: true,
    ...log,
    checkpointSize: log.size,
  });
  expect(leavesOf(backup).at(-1)).toMatchObject({ kind: "backup.made", folder: backup });
  for (const { path, bytes } of files) expect(statSync(join(backup, path))).toMatchObject({ size: bytes });
  for (const { path } of files) expect([path, statSync(join(backup, path)).mode & 0o077]).toEqual([path, 0]);
});

test("a restored folder accepts the keys of then, proves the receipts of then, and says that it was restored", async () => {
  const dataDir = copyOf(later);
  const reader = openLeafReader(dataDir);
  onTestFinished(() => reader.close());
  const { body = "", receipt = "" } = reader.show(2) ?? {};

  await expect(restoreBackup({ dataDir, folder: backup, replace: false, clock })).rejects.toThrow("--replace");
  const { replacedIn = "" } = await restoreBackup({ dataDir, folder: backup, replace: true, clock });

  expect(await nameOfKey(dataDir, secret)).toBe("first");
  expect(await nameOfKey(dataDir, laterSecret)).toBeUndefined();
  const verifier = parseVkey(readFileSync(join(dataDir, "audit.vkey"), "utf8"));
  expect(verifyReceipt(receipt, Buffer.from(body), verifier)).toBe(true);
  expect(leavesOf(dataDir).at(-1)).toMatchObject({
    kind: "log.restored",
    backup: readManifest(backup).log,
    replaced: { size: leavesOf(replacedIn).length },
  });
  expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true });
  expect(await verifyLog({ source: { dataDir: replacedIn } })).toMatchObject({ ok: true });
});

test("a box that has nothing yet takes a backup without being told to replace anything", async () => {
  const dataDir = join(temporaryFolder(), "data");
  const report = await restoreBackup({ dataDir, folder: backup, replace: false, clock });
  expect(report.replacedIn).toBeUndefined();
  expect(keyNames(dataDir)).toContain("first");
});

test("imported models stay where they are, and what a backup lacks is put aside with the rest", async () => {
  const dataDir = copyOf(later);
  cpSync(import.meta.filename, join(dataDir, "models", "kept.gguf"), { recursive: true });
  writeFileSync(join(dataDir, "learned.json"), "{}");
  const { replacedIn = "" } = await restoreBackup({ dataDir, folder: backup, replace: true, clock });
  expect(existsSync(join(dataDir, "models", "kept.gguf"))).toBe(true);
  expect(existsSync(join(dataDir, "learned.json"))).toBe(false);
  expect(existsSync(join(replacedIn, "learned.json"))).toBe(true);
});

/** A folder into which the backup is being restored: the point of no return has passed. */
function committedRestore(): string {
  const dataDir = copyOf(later);
  cpSync(backup, beginRestore(dataDir, "x"), { recursive: true });
  commitRestore(dataDir, "x");
  return dataDir;
}

/** `renameSync` until it has been called so many times; then the process is as good as dead. */
function renameUntil(calls: number): typeof renameSync {
  let left = calls;
  return (from, to) => {
    if (left-- === 0) throw new Error("stopped");
    renameSync(from, to);
  };
}

test("a restore that is stopped at any step after the point of no return is finished by the next try", async () => {
  const oldLog = await verifyLog({ source: { dataDir: later } });
  const newLog = await verifyLog({ source: { dataDir: backup } });
  let step = 0;
  for (let isStopped = true; isStopped; step++) {
    const dataDir = committedRestore();
    try {
      finishRestore(dataDir, renameUntil(step));
      isStopped = false;
    } catch (error) {
      expect(error).toMatchObject({ message: "stopped" });
      expect(finishRestore(dataDir)).toBe(join(dataDir, "replaced-x"));
    }
    expect(await verifyLog({ source: { dataDir } })).toEqual(newLog);
    expect(await verifyLog({ source: { dataDir: join(dataDir, "replaced-x") } })).toEqual(oldLog);
    expect(readdirSync(dataDir).filter((name) => name.startsWith("restore-"))).toEqual([]);
  }
  expect(step).toBeGreaterThan(8);
});

test("a start of the box finishes a restore that was stopped halfway; until then commands refuse the folder", async () => {
  const dataDir = committedRestore();
  expect(() => finishRestore(dataDir, renameUntil(5))).toThrow("stopped");
  await expect(openRecords({ dataDir, clock })).rejects.toThrow("was interrupted. Start the box");
  const records = await openRecords({ dataDir, clock, server });
  await records.close();
  expect(keyNames(dataDir)).toEqual(keyNames(backup));
  expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true });
});

test("a preparation that was interrupted changes nothing, and the next restore removes it", async () => {
  const dataDir = copyOf(later);
  const left = beginRestore(dataDir, "earlier");
  writeFileSync(join(left, "signalbox.db"), "half a database");
  expect(finishRestore(dataDir)).toBeUndefined();
  expect(await nameOfKey(dataDir, laterSecret)).toBe("second");
  await restoreBackup({ dataDir, folder: backup, replace: true, clock });
  expect(existsSync(left)).toBe(false);
});

test("what is not whole is not restored, and nothing changes", async () => {
  const dataDir = copyOf(later);
  const restore = (from: string) => restoreBackup({ dataDir, folder: from, replace: true, clock });
  const damaged = (damage: (copy: string) => void): string => {
    const copy = copyOf(backup);
    damage(copy);
    return copy;
  };
  const manifestWith = (change: object) => (copy: string) =>
    writeFileSync(join(copy, "backup.json"), JSON.stringify({ ...readManifest(backup), ...change }));

  await expect(restore(damaged((copy) => appendFileSync(join(copy, "signalbox.db"), "x")))).rejects.toThrow("differs");
  await expect(restore(damaged((copy) => writeFileSync(join(copy, "backup.json"), "{")))).rejects.toThrow("no backup");
  await expect(restore(damaged(manifestWith({ version: 2 })))).rejects.toThrow("version");
  await expect(restore(damaged(manifestWith({ log: { size: 1, root: "" } })))).rejects.toThrow("not the one");
  const outside = [{ path: "keys/../../signalbox.db", bytes: 1, sha256: "0".repeat(64) }];
  await expect(restore(damaged(manifestWith({ files: outside })))).rejects.toThrow("files.0.path");
  const hold = holdDataDir(dataDir);
  await expect(restore(backup)).rejects.toThrow("Another Signalbox serves");
  hold.release();

  expect(keyNames(dataDir)).toEqual(keyNames(later));
  expect(readdirSync(dataDir).filter((name) => name.startsWith("replaced-"))).toEqual([]);
});

test("a backup is refused where there is nothing, where something is, and of a log that was changed", async () => {
  await expect(backupOf(temporaryFolder())).rejects.toThrow("nothing to back up");
  await expect(backupOf(later, temporaryFolder())).rejects.toThrow("exists");
  const dataDir = copyOf(later);
  const checkpoint = readFileSync(join(dataDir, "checkpoint"), "utf8");
  writeFileSync(join(dataDir, "checkpoint"), checkpoint.replace(/\n\d+\n/, "\n999\n"));
  const parent = temporaryFolder();
  await expect(backupOf(dataDir, join(parent, "backup"))).rejects.toThrow("not what was signed");
  expect(readdirSync(parent)).toEqual([]);
});
