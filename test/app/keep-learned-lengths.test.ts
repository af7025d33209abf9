import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepLearnedLengths } from "../../src/app/keep-learned-lengths.ts";
import { LearnedLengths } from "../../src/dispatch/learn/learned-lengths.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SHAPE = { exact: "interactive chat none text any", class: "interactive" };

async function keep(dataDir: string) {
  const clock = new ManualClock();
  const lengths = new LearnedLengths();
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  const kept = await keepLearnedLengths({ dataDir, lengths, clock, log });
  return { clock, lengths, kept, warnings };
}

describe("what was learned about answers", () => {
  it("is there again after a restart", async () => {
    const dataDir = temporaryFolder();
    const first = await keep(dataDir);
    for (let time = 0; time < 10; time++) first.lengths.add("key1", SHAPE, "m", 100);
    await first.kept.close();
    const second = await keep(dataDir);
    expect(second.lengths.lengthsOf("key1", SHAPE).overall).toBeDefined();
    expect(second.warnings).toEqual([]);
    await second.kept.close();
    expect(readdirSync(dataDir)).toEqual(["learned.json"]);
  });

  it.each([
    ["cut off", '{"version":1,"lengths":['],
    ["of another version", '{"version":9,"lengths":[]}'],
    ["of nonsense", '{"version":1,"lengths":[{"kind":"x","all":[[0,-5]],"models":[]}]}'],
  ])("begins anew, with a note in the log, where the file is %s", async (_, content) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, "learned.json"), content);
    const { lengths, warnings, kept } = await keep(dataDir);
    expect(warnings).toEqual(["what was learned about answers can't be read; learning begins anew"]);
    expect(lengths.save()).toEqual([]);
    await kept.close();
    expect(JSON.parse(readFileSync(join(dataDir, "learned.json"), "utf8"))).toEqual({ version: 1, lengths: [] });
  });

  it("does not keep the box from running where it can't be written", async () => {
    const { kept, warnings } = await keep(join(temporaryFolder(), "gone"));
    await kept.close();
    expect(warnings).toEqual(["what was learned about answers could not be kept"]);
  });
});
