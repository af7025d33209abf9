import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CalibrationBook } from "../../src/app/calibration-book.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const key = { file: "a", device: "cpu", threads: 1, engine: "engine@1" };
const measured = { ...key, atMs: 1, prefill: [{ promptTokens: 128, tokensPerSecond: 100 }], decode: [] };

function quiet() {
  const warnings: string[] = [];
  return { warnings, log: { info: () => {}, warn: (_: object, message: string) => void warnings.push(message) } };
}

describe("the book of measured speeds", () => {
  it("is there again after a restart, as it was", async () => {
    const folder = temporaryFolder();
    const { log, warnings } = quiet();
    await (await CalibrationBook.open(folder, log)).put(measured);
    expect((await CalibrationBook.open(folder, log)).find(key)).toEqual(measured);
    expect(warnings).toEqual([]);
  });

  it("keeps what requests have shown once it is saved", async () => {
    const folder = temporaryFolder();
    const { log } = quiet();
    const book = await CalibrationBook.open(folder, log);
    await book.put(measured);
    book.refine(key, { prefillTokensPerSecond: 200, decode: [] });
    await book.save();
    expect((await CalibrationBook.open(folder, log)).find(key)?.prefill[0]?.tokensPerSecond).toBe(120);
  });

  it("begins anew, and says so, where its file is damaged", async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "speeds.json"), '[{"file":');
    const { log, warnings } = quiet();
    const book = await CalibrationBook.open(folder, log);
    expect(book.find(key)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    await book.put(measured);
    expect(JSON.parse(await readFile(join(folder, "speeds.json"), "utf8"))).toEqual([measured]);
  });

  it("writes nothing where there is nothing to keep", async () => {
    const folder = temporaryFolder();
    await (await CalibrationBook.open(folder, quiet().log)).save();
    await expect(readFile(join(folder, "speeds.json"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
