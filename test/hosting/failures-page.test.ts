import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/hosting-failures.md"), "utf8");
const ROWS = PAGE.split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
  .slice(1);

it("every failure on the page names tests that exist", () => {
  expect(ROWS.length).toBeGreaterThan(20);
  for (const row of ROWS) {
    const shownBy = row.split(" | ").at(-1) ?? "";
    const files = [...shownBy.matchAll(/`(test\/[^`]+)`((?: ?,? "[^"]+")+)/gu)];
    expect(files.length, row).toBeGreaterThan(0);
    for (const [, file = "", names = ""] of files) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      const tests = readFileSync(join(ROOT, file), "utf8");
      for (const [, name = ""] of names.matchAll(/"([^"]+)"/gu))
        expect(tests.includes(name), `${file}: ${name}`).toBe(true);
    }
  }
});
