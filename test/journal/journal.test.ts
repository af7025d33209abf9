import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openReader } from "../../src/journal/connection.ts";
import { openJournal, type Journal } from "../../src/journal/journal.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { add, COUNTER_OPERATIONS, failAs, limitPages, refuse } from "./counter-operations.ts";

async function openCounter(dataDir: string): Promise<Journal> {
  const journal = await openJournal({ dataDir, operationModules: [COUNTER_OPERATIONS] });
  onTestFinished(() => journal.close());
  return journal;
}

function storedNames(journal: Journal): readonly string[] {
  const reader = openReader(journal.databaseFile);
  try {
    return reader.prepare<[], string>("SELECT name FROM counter ORDER BY rowid").pluck().all();
  } finally {
    reader.close();
  }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe("commit", () => {
  test("resolves with what each operation returned, once another connection can see it", async () => {
    const journal = await openCounter(temporaryFolder());
    expect(await journal.commit([add("a"), add("b")])).toEqual([1, 2]);
    expect(storedNames(journal)).toEqual(["a", "b"]);
  });

  test("undoes the whole request that an operation refuses, and no other one of its batch", async () => {
    const journal = await openCounter(temporaryFolder());
    const settled = await Promise.allSettled([
      journal.commit([add("a")]),
      journal.commit([add("b"), refuse()]),
      journal.commit([add("c")]),
    ]);
    expect(settled.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(settled[1]).toMatchObject({
      reason: { code: "budget_exceeded", details: { metadata: { scope: "key:1" } } },
    });
    expect(storedNames(journal)).toEqual(["a", "c"]);
  });

  test("keeps the order of a burst that is longer than a batch", async () => {
    const journal = await openCounter(temporaryFolder());
    const names = Array.from({ length: 300 }, (_, index) => `n${String(index).padStart(3, "0")}`);
    const counts = await Promise.all(names.map((name) => journal.commit([add(name)])));
    expect(counts.flat()).toEqual(names.map((_, index) => index + 1));
  });

  test("answers a defect of an operation as internal_error and goes on", async () => {
    const journal = await openCounter(temporaryFolder());
    await expect(journal.commit([failAs("oops")])).rejects.toMatchObject({ code: "internal_error", message: "oops" });
    await expect(journal.commit([add("a"), add("a")])).rejects.toMatchObject({ code: "internal_error" });
    await expect(journal.commit([{ name: "counter.unknown", params: 1 }])).rejects.toThrow("No module registered");
    expect(await journal.commit([add("a")])).toEqual([1]);
  });

  test("is refused when thousands of requests wait already, and works again when they are written", async () => {
    const journal = await openCounter(temporaryFolder());
    const waiting = Array.from({ length: 4_096 }, (_, index) => journal.commit([add(`n${index}`)]));
    await expect(journal.commit([add("too many")])).rejects.toMatchObject({
      code: "audit_unavailable",
      details: { retryAfterMs: 1_000 },
    });
    await Promise.all(waiting);
    expect(await journal.commit([add("after")])).toEqual([4_097]);
  });
});

describe("a full disk", () => {
  test("shuts the journal until it is opened again, with everything that was acknowledged", async () => {
    const dataDir = temporaryFolder();
    const journal = await openCounter(dataDir);
    await journal.commit([add("kept"), limitPages(20)]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => journal.commit([add(`n${index}`, 4_096)])),
    );
    const acknowledged = outcomes.filter((outcome) => outcome.status === "fulfilled").length;
    expect(acknowledged).toBeLessThan(40);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: "audit_unavailable" } });
    expect(journal.isWritable()).toBe(false);
    expect(journal.unwritableBecause()).toContain("SQLITE_FULL");
    await expect(journal.commit([add("late")])).rejects.toMatchObject({ code: "audit_unavailable" });

    const reopened = await openCounter(dataDir);
    expect(storedNames(reopened).length).toBeGreaterThanOrEqual(1 + acknowledged);
    expect(storedNames(reopened)).not.toContain("late");
    expect(await reopened.commit([add("again")])).toHaveLength(1);
  });
});

describe("close", () => {
  test("writes what waits, and refuses what comes after", async () => {
    const dataDir = temporaryFolder();
    const journal = await openCounter(dataDir);
    const waiting = Array.from({ length: 200 }, (_, index) => journal.commit([add(`n${index}`)]));
    const closed = journal.close();
    await expect(journal.commit([add("late")])).rejects.toMatchObject({ code: "audit_unavailable" });
    await Promise.all(waiting);
    await closed;
    await journal.close();
    expect(storedNames(journal)).toHaveLength(200);
  });
});

describe("opening", () => {
  test("makes a folder and files that only their owner can read", async () => {
    const dataDir = join(temporaryFolder(), "data");
    const journal = await openCounter(dataDir);
    await journal.commit([add("a")]);
    expect(modeOf(dataDir)).toBe("700");
    for (const suffix of ["", "-wal", "-shm"]) expect(modeOf(`${journal.databaseFile}${suffix}`)).toBe("600");
  });

  test("says why a folder's database can't be used", async () => {
    const dataDir = temporaryFolder();
    const opened = openJournal({ dataDir, operationModules: [new URL("absent.ts", import.meta.url).href] });
    await expect(opened).rejects.toMatchObject({
      code: "audit_unavailable",
      message: expect.stringContaining("absent.ts"),
    });
  });

  test("lets two journals write to one folder at the same time", async () => {
    const dataDir = temporaryFolder();
    const [first, second] = await Promise.all([openCounter(dataDir), openCounter(dataDir)]);
    const names = Array.from({ length: 50 }, (_, index) => index);
    const counts = await Promise.all(
      names.flatMap((name) => [first.commit([add(`first ${name}`)]), second.commit([add(`second ${name}`)])]),
    );
    expect(new Set(counts.flat())).toEqual(new Set(Array.from({ length: 100 }, (_, index) => index + 1)));
  });
});
