import { expect, test } from "vitest";
import { holdDataDir } from "../../../src/journal/hold-data-dir.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { killRepeatedly, randomFrom, runRecorder } from "./recorder.ts";

test("ten kills under load lose nothing that was acknowledged, and the books balance", async () => {
  const seed = Date.now() % 1_000_000;
  await killRepeatedly(temporaryFolder(), 10, randomFrom(seed)).catch((error: unknown) => {
    throw new Error(`seed ${seed}`, { cause: error });
  });
});

test("a second server on the folder is refused while the first one lives", async () => {
  const dataDir = temporaryFolder();
  const hold = holdDataDir(dataDir);
  expect(await runRecorder({ dataDir, outstanding: 1, total: 1 })).toEqual([
    expect.stringContaining("Another Signalbox"),
  ]);
  hold.release();
  expect(await runRecorder({ dataDir, outstanding: 1, total: 1 })).toHaveLength(3);
});
