import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { makeBackup } from "../../src/app/backup/make-backup.ts";
import { restoreBackup } from "../../src/app/backup/restore-backup.ts";
import { systemClock as clock } from "../../src/app/system-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { expectBooksBalance, expectNothingLost, runRecorder } from "./journal/recorder.ts";

/** Acknowledgements before the backup begins, while 16 requests are always under way. */
const LINES_BEFORE_BACKUP = 500;

test("a backup taken under load holds all that was acknowledged before it, and the books of its restore balance", async () => {
  const dataDir = temporaryFolder();
  const folder = join(temporaryFolder(), "backup");
  const acknowledged: string[] = [];
  let backup: Promise<unknown> | undefined;
  await runRecorder({
    dataDir,
    outstanding: 16,
    total: 1_000_000,
    onLine: (line) => {
      if (backup !== undefined || acknowledged.push(line) < LINES_BEFORE_BACKUP) return undefined;
      backup = makeBackup({ dataDir, folder, clock, program: "test" });
      return backup;
    },
  });
  await backup;
  await expectNothingLost(folder, acknowledged);
  expect(readdirSync(dirname(folder))).toEqual(["backup"]);

  const restored = join(temporaryFolder(), "data");
  await restoreBackup({ dataDir: restored, folder, replace: false, clock });
  // The next start ends what was open when the backup was taken, and keeps what was reserved for it.
  acknowledged.push(...(await runRecorder({ dataDir: restored, outstanding: 4, total: 20 })));
  await expectNothingLost(restored, acknowledged);
  expectBooksBalance(restored);
});
