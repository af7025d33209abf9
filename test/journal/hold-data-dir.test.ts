import { expect, test } from "vitest";
import { holdDataDir } from "../../src/journal/hold-data-dir.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("a data folder has one server at a time", () => {
  const dataDir = temporaryFolder();
  const hold = holdDataDir(dataDir);
  expect(() => holdDataDir(dataDir)).toThrow("Another Signalbox serves from");
  hold.release();
  holdDataDir(dataDir).release();
});
