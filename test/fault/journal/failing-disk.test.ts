import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { compileFailingDisk, compilerMissing, failEachWrite, runRecorder } from "./recorder.ts";

const missing = compilerMissing();

/** What the disk saw of a run, in order: flushes of the database's files, and acknowledgements. */
async function watchRun(outstanding: number, total: number): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const log = join(folder, "io.log");
  const environment = { LD_PRELOAD: compileFailingDisk(folder), IO_LOG: log };
  await runRecorder({ dataDir: join(folder, "data"), outstanding, total, environment });
  return readFileSync(log, "utf8").split("\n").slice(0, -1);
}

describe.skipIf(missing !== undefined)(
  `a disk under watch${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    test("has flushed the log before each acknowledgement, one by one", async () => {
      const events = await watchRun(1, 25);
      const acknowledgements = events.flatMap((event, index) => (event === "ack" ? [index] : []));
      expect(acknowledgements).toHaveLength(51);
      for (const index of acknowledgements) expect(events[index - 1], `before ${index}`).toBe("sync /signalbox.db-wal");
    });

    test("is flushed once for many requests that wait at the same time", async () => {
      const events = await watchRun(64, 640);
      expect(events.filter((event) => event === "ack")).toHaveLength(1_281);
      expect(events.filter((event) => event !== "ack").length).toBeLessThan(640);
    });

    test("that fails once, at any of its writes, ends all records at once and loses nothing acknowledged", async () => {
      const tried = await failEachWrite(temporaryFolder(), { first: 1, step: 7 });
      expect(tried).toBeGreaterThan(5);
    });
  },
);
