import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const ROWS = readFileSync(join(ROOT, "docs/hosting-failures.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
  .slice(1);

/** The tests that a row names, as file and name. */
function testsIn(row: string): readonly (readonly [file: string, name: string])[] {
  const shownBy = row.split(" | ").at(-1) ?? "";
  return [...shownBy.matchAll(/`(test\/[^`]+)`((?:,? "[^"]+")+)/gu)].flatMap(([, file = "", names = ""]) =>
    [...names.matchAll(/"([^"]+)"/gu)].map(([, name = ""]) => [file, name] as const),
  );
}

it("every failure on the page names tests, and all of them exist", () => {
  const isThere = ([file, name]: readonly [string, string]): boolean =>
    existsSync(join(ROOT, file)) && readFileSync(join(ROOT, file), "utf8").includes(name);
  expect(ROWS.length).toBeGreaterThan(20);
  expect(ROWS.filter((row) => testsIn(row).length === 0)).toEqual([]);
  expect(ROWS.flatMap(testsIn).filter((test) => !isThere(test))).toEqual([]);
});
