import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import BetterSqlite3 from "better-sqlite3";
import { expect, test } from "vitest";
import { makeBackup } from "../../../src/app/backup/make-backup.ts";
import { openRecords } from "../../../src/app/open-records.ts";
import { systemClock as clock } from "../../../src/app/system-clock.ts";
import { verifyLog } from "../../../src/audit/verify-log.ts";
import { migrate, versionOf } from "../../../src/journal/migrate.ts";
import { leavesOf } from "../../audit/audit-box.ts";
import { randomFrom } from "../../fault/journal/recorder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { shippedSchemas } from "./shipped-schemas.ts";

const SCRIPT = fileURLToPath(new URL("migrate-and-die.ts", import.meta.url));
const MAIN = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));
const KILLED_RESTORES = 60;
/** A restore of a small log takes about this long on a busy machine; kills fall anywhere in it, and after it. */
const RESTORE_MS = 3_000;

test("an upgrade that is killed in any of its steps is at the version before it, and the next start completes it", async () => {
  const schemas = await shippedSchemas();
  const steps = schemas.flatMap(({ part, steps: all }) => all.map((_, index) => ({ part, step: index + 1 })));
  expect(steps.length).toBeGreaterThan(5);
  for (const { part, step } of steps) {
    const file = join(temporaryFolder(), "signalbox.db");
    const child = spawn(process.execPath, [SCRIPT, file, part, String(step)], { stdio: "inherit" });
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    const database = new BetterSqlite3(file);
    expect([part, versionOf(database, part)]).toEqual([part, step - 1]);
    migrate(database, schemas);
    for (const schema of schemas) expect(versionOf(database, schema.part)).toBe(schema.steps.length);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
  }
});

test("a restore that is killed at any time leaves the old log or the new one, whole, once the box has started", async () => {
  const seed = Date.now() % 1_000_000;
  const nextRandom = randomFrom(seed);
  const server = { facts: {}, onCheckpointFailed: () => undefined };
  const startOnce = async (dataDir: string): Promise<void> => {
    const records = await openRecords({ dataDir, clock, server });
    await records.close();
  };
  const folder = temporaryFolder();
  const original = join(folder, "original");
  const backup = join(folder, "backup");
  await startOnce(original);
  await makeBackup({ dataDir: original, folder: backup, clock, program: "test" });
  await startOnce(original);
  let restored = 0;
  for (let kill = 0; kill < KILLED_RESTORES; kill++) {
    const dataDir = join(folder, `data-${kill}`);
    cpSync(original, dataDir, { recursive: true });
    const env = { PATH: process.env["PATH"] ?? "", SIGNALBOX_DATA_DIR: dataDir };
    const child = spawn(process.execPath, [MAIN, "restore", "--replace", backup], { env, stdio: "ignore" });
    const exited = once(child, "exit");
    await Promise.race([exited, setTimeout(nextRandom() * RESTORE_MS)]);
    child.kill("SIGKILL");
    await exited;
    await startOnce(dataDir);
    expect(await verifyLog({ source: { dataDir } }), `seed ${seed}, kill ${kill}`).toMatchObject({ ok: true });
    const leaves = leavesOf(dataDir);
    const isRestored = leaves.some(({ kind }) => kind === "log.restored");
    const starts = leaves.filter(({ kind }) => kind === "log.started").length;
    expect([kill, starts]).toEqual([kill, isRestored ? 2 : 3]);
    if (isRestored) restored += 1;
  }
  // Both ends were seen, so that the kills fell before and after the point of no return.
  expect(restored).toBeGreaterThan(0);
  expect(restored).toBeLessThan(KILLED_RESTORES);
});
