import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { assertDurable, openReader, openWriter } from "../../src/journal/connection.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("openWriter", () => {
  test("still flushes every commit after statements have run, and when the file is opened again", () => {
    const file = join(temporaryFolder(), "a.db");
    for (const statement of ["CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"]) {
      const database = openWriter(file);
      database.exec(statement);
      expect(database.pragma("synchronous", { simple: true })).toBe(2);
      database.close();
    }
  });
});

describe("assertDurable", () => {
  test("refuses a connection that is as the library opens it", () => {
    const database = new BetterSqlite3(join(temporaryFolder(), "a.db"));
    database.pragma("journal_mode = WAL");
    expect(() => assertDurable(database)).toThrow("synchronous=1");
    database.close();
  });

  test("refuses a database without a write-ahead log", () => {
    const database = new BetterSqlite3(":memory:");
    expect(() => assertDurable(database)).toThrow("journal_mode=memory");
    database.close();
  });
});

describe("openReader", () => {
  test("can't write, and can't make a file", () => {
    const file = join(temporaryFolder(), "a.db");
    expect(() => openReader(file)).toThrow("unable to open database file");
    openWriter(file).close();
    const reader = openReader(file);
    expect(() => reader.exec("CREATE TABLE t (x)")).toThrow("readonly");
    reader.close();
  });
});
