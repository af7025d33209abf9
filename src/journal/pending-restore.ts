import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { syncFolder } from "../files/sync-folder.ts";
import { ensurePrivateFolder } from "./data-dir.ts";

/** What of a data folder a backup holds: all that can't be made or fetched again. `models` can, and stay where they are. */
export const BACKED_UP_NAMES = [
  "signalbox.db",
  "checkpoint",
  "audit.vkey",
  "keys",
  "policies",
  "learned.json",
  "speeds.json",
  "fit.json",
] as const;

/** What a restore puts aside: the same, and what SQLite keeps beside its database. */
const REPLACED_NAMES = [...BACKED_UP_NAMES, "signalbox.db-wal", "signalbox.db-shm"] as const;

/**
 * A folder `restore-<id>.<step>` in the data folder is a restore under way. `partial`: being filled; the old files count.
 * `ready`: whole and on the disk; the old files are moved to `replaced-<id>`. `moving`: they are; the new ones are moved
 * to their places. From `ready` on the restore is only ever finished, by whoever opens the folder as its one server.
 */
const STEP_PATTERN = /^restore-(?<id>[\w-]+)\.(?<step>partial|ready|moving)$/;

interface RestoreUnderWay {
  readonly id: string;
  readonly step: string;
}

/** Makes the empty folder that a restore is prepared in, and removes what an interrupted preparation left. */
export function beginRestore(dataDir: string, id: string): string {
  for (const left of restoresUnderWay(dataDir)) {
    if (left.step === "partial") rmSync(folderOf(dataDir, left), { recursive: true });
  }
  const folder = folderOf(dataDir, { id, step: "partial" });
  ensurePrivateFolder(folder);
  return folder;
}

/** The point of no return: MUST be called when everything in the folder of `beginRestore` is flushed to the disk. */
export function commitRestore(dataDir: string, id: string): void {
  moveOn(dataDir, { id, step: "partial" }, "ready", renameSync);
}

/**
 * Puts a committed restore in its place, however far an earlier try came, and answers the folder that holds what was
 * there before; undefined where no restore is pending. MUST be called by a process that holds the data folder alone.
 */
export function finishRestore(dataDir: string, rename: typeof renameSync = renameSync): string | undefined {
  const pending = pendingRestore(dataDir);
  if (pending === undefined) return undefined;
  const { id } = pending;
  const replaced = join(dataDir, `replaced-${id}`);
  if (pending.step === "ready") {
    mkdirSync(replaced, { recursive: true, mode: 0o700 });
    moveAll(dataDir, replaced, REPLACED_NAMES, rename);
    moveOn(dataDir, pending, "moving", rename);
  }
  const incoming = folderOf(dataDir, { id, step: "moving" });
  moveAll(incoming, dataDir, BACKED_UP_NAMES, rename);
  rmSync(incoming, { recursive: true });
  syncFolder(dataDir);
  return replaced;
}

/** Throws an Error that says what to do where a committed restore is not in its place yet. */
export function refusePendingRestore(dataDir: string): void {
  if (pendingRestore(dataDir) === undefined) return;
  throw new Error(`A restore into ${dataDir} was interrupted. Start the box, which finishes it, then try again.`);
}

function pendingRestore(dataDir: string): RestoreUnderWay | undefined {
  return restoresUnderWay(dataDir).find(({ step }) => step !== "partial");
}

function restoresUnderWay(dataDir: string): readonly RestoreUnderWay[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir).flatMap((name) => {
    const { id, step } = STEP_PATTERN.exec(name)?.groups ?? {};
    return id === undefined || step === undefined ? [] : [{ id, step }];
  });
}

function folderOf(dataDir: string, { id, step }: RestoreUnderWay): string {
  return join(dataDir, `restore-${id}.${step}`);
}

function moveOn(dataDir: string, from: RestoreUnderWay, step: string, rename: typeof renameSync): void {
  rename(folderOf(dataDir, from), folderOf(dataDir, { id: from.id, step }));
  syncFolder(dataDir);
}

/** What is not there was moved by an earlier try, or never was. */
function moveAll(from: string, to: string, names: readonly string[], rename: typeof renameSync): void {
  for (const name of names) {
    if (existsSync(join(from, name))) rename(join(from, name), join(to, name));
  }
  syncFolder(to);
  syncFolder(from);
}
