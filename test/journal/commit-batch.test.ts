import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { createBatchCommitter } from "../../src/journal/commit-batch.ts";
import { migrate } from "../../src/journal/migrate.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { add, operationModule } from "./counter-operations.ts";

function openTwo() {
  const file = join(temporaryFolder(), "a.db");
  const [mine, other] = [0, 1].map(() => new BetterSqlite3(file, { timeout: 0 }));
  if (mine === undefined || other === undefined) throw new Error("two connections are needed");
  onTestFinished(() => {
    mine.close();
    other.close();
  });
  mine.pragma("journal_mode = WAL");
  migrate(mine, [operationModule.schema]);
  return { commit: createBatchCommitter(mine, [operationModule]), other };
}

test("a database that another process keeps busy is no failure: the next batch may succeed", () => {
  const { commit, other } = openTwo();
  other.exec("BEGIN IMMEDIATE");
  expect(commit([[add("a")]])).toMatchObject({ kind: "busy" });
  other.exec("COMMIT");
  expect(commit([[add("a")]])).toEqual({ kind: "committed", outcomes: [{ kind: "committed", results: [1] }] });
});

test("a failing disk undoes the whole batch, the requests that went well before it included", () => {
  const { commit, other } = openTwo();
  expect(commit([[add("a")]])).toMatchObject({ kind: "committed" });
  const full = [[add("b")], [{ name: "counter.limit-pages", params: 1 }], [add("c", 100_000)]];
  expect(commit(full)).toMatchObject({ kind: "failed", message: expect.stringContaining("SQLITE_FULL") });
  expect(other.prepare("SELECT name FROM counter").pluck().all()).toEqual(["a"]);
});

test("two modules can't register one operation", () => {
  const database = new BetterSqlite3(":memory:");
  migrate(database, [operationModule.schema]);
  expect(() => createBatchCommitter(database, [operationModule, operationModule])).toThrow("counter.add");
});
