import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeWhole, writeWholeSync } from "../../src/files/write-whole.ts";

const folder = mkdtempSync(join(tmpdir(), "signalbox-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["at leisure", writeWhole],
  ["at once", async (file: string, content: string) => writeWholeSync(file, content)],
])("a file that is written whole, %s,", (name, write) => {
  const file = join(folder, name);

  it("has the new content, for this user alone, with nothing beside it", async () => {
    writeFileSync(file, "old", { mode: 0o644 });
    await write(file, "new");
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((one) => one.startsWith(name))).toEqual([name]);
  });

  it("leaves nothing behind where it can't be put in place", async () => {
    const place = mkdtempSync(join(folder, "taken-"));
    writeFileSync(join(place, "inside"), "");
    await expect(write(place, "new")).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/u);
    expect(readdirSync(folder).filter((one) => one.startsWith("taken-") && one.includes("."))).toEqual([]);
  });

  it("never is half a file to those who read it meanwhile", async () => {
    const [a, b] = ["a".repeat(100_000), "b".repeat(100_000)];
    await write(file, a);
    const writing = Promise.all([write(file, b), write(file, a), write(file, b)]);
    for (let reads = 0; reads < 50; reads += 1) {
      expect([a, b]).toContain(readFileSync(file, "utf8"));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
  });
});
