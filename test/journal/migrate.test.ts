import BetterSqlite3 from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { migrate, versionOf } from "../../src/journal/migrate.ts";
import type { Schema } from "../../src/journal/operation.ts";

const STEPS = [
  "CREATE TABLE box (name TEXT)",
  "INSERT INTO box VALUES ('from step two'); ALTER TABLE box ADD COLUMN size INTEGER",
  "CREATE INDEX box_name ON box (name); UPDATE box SET size = 3",
];
const schemaOf = (steps: readonly string[]): Schema => ({ part: "box", steps });

describe("migrate", () => {
  test("takes every step once, however often it runs", () => {
    const database = new BetterSqlite3(":memory:");
    for (let run = 0; run < 2; run += 1) migrate(database, [schemaOf(STEPS)]);
    expect(database.prepare("SELECT * FROM box").all()).toEqual([{ name: "from step two", size: 3 }]);
    expect(versionOf(database, "box")).toBe(3);
  });

  test.each([0, 1, 2])(
    "leaves the version before step %i when that step ends halfway, and goes on from there",
    (broken) => {
      const database = new BetterSqlite3(":memory:");
      const halfway = STEPS.map((sql, step) => (step === broken ? `${sql}; SELECT no_such_function()` : sql));
      expect(() => migrate(database, [schemaOf(halfway)])).toThrow("no_such_function");
      expect(versionOf(database, "box")).toBe(broken);
      migrate(database, [schemaOf(STEPS)]);
      expect(database.prepare("SELECT * FROM box").all()).toEqual([{ name: "from step two", size: 3 }]);
    },
  );

  test.each([0, 1, 2])("undoes step %i with its number where the number can't be written", (broken) => {
    const database = new BetterSqlite3(":memory:");
    migrate(database, [schemaOf(STEPS.slice(0, broken))]);
    for (const change of ["INSERT", "UPDATE"]) {
      database.exec(
        `CREATE TRIGGER no_${change} BEFORE ${change} ON journal_schema BEGIN SELECT raise(ABORT, 'full'); END`,
      );
    }
    expect(() => migrate(database, [schemaOf(STEPS)])).toThrow("full");
    for (const change of ["INSERT", "UPDATE"]) database.exec(`DROP TRIGGER no_${change}`);
    expect(versionOf(database, "box")).toBe(broken);
    migrate(database, [schemaOf(STEPS)]);
    expect(database.prepare("SELECT * FROM box").all()).toEqual([{ name: "from step two", size: 3 }]);
  });

  test("refuses the tables of a newer program before it changes any part", () => {
    const database = new BetterSqlite3(":memory:");
    migrate(database, [schemaOf(STEPS)]);
    const other: Schema = { part: "other", steps: ["CREATE TABLE other (name TEXT)"] };
    expect(() => migrate(database, [other, schemaOf(STEPS.slice(0, 2))])).toThrow(
      "written by a newer Signalbox: box has version 3, this program knows up to 2",
    );
    expect(versionOf(database, "other")).toBe(0);
  });
});
