import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type { Database } from "better-sqlite3";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { signCheckpoint } from "../../src/audit/checkpoint.ts";
import { completeSubtrees, hashLeaf, rootOf } from "../../src/audit/merkle-tree.ts";
import { noteSignerOf } from "../../src/audit/signed-note.ts";
import { createTreeStore } from "../../src/audit/tree-store.ts";
import { verifyLog } from "../../src/audit/verify-log.ts";
import { databaseFileOf } from "../../src/journal/data-dir.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { attemptOf, openAuditBox, outcomeOf } from "./audit-box.ts";

const LEAVES = 11;
const INDEXES = Array.from({ length: LEAVES }, (_, index) => index);

let original: string | undefined;
afterAll(() => {
  if (original !== undefined) rmSync(original, { recursive: true });
});

/** A copy of one cleanly stopped log of {@link LEAVES} leaves: created, started, four requests of two leaves, closed. */
async function copyStoppedLog(): Promise<string> {
  original ??= await makeStoppedLog(mkdtempSync(join(tmpdir(), "signalbox-test-")));
  const dataDir = temporaryFolder();
  cpSync(original, dataDir, { recursive: true });
  return dataDir;
}

async function makeStoppedLog(dataDir: string): Promise<string> {
  const box = await openAuditBox(dataDir);
  for (const requestId of ["req_1", "req_2", "req_3", "req_4"]) {
    await box.decisions.recordAttempt(attemptOf(requestId));
    await box.decisions.recordOutcome(outcomeOf(requestId));
  }
  await box.stop();
  return dataDir;
}

function tamper(dataDir: string, change: (database: Database) => void): void {
  const database = new BetterSqlite3(databaseFileOf(dataDir));
  change(database);
  database.close();
}

function mountReadOnly(source: string, folder: string): boolean {
  try {
    execFileSync("mount", ["--bind", source, folder], { stdio: "ignore" });
  } catch {
    // Not root, or in a container that may not mount: the caller skips its test.
    return false;
  }
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  execFileSync("mount", ["-o", "remount,ro,bind", folder]);
  return true;
}

const verify = (dataDir: string) => verifyLog({ source: { dataDir } });
const vkeyOf = (dataDir: string): string => readFileSync(join(dataDir, "audit.vkey"), "utf8");

/** Makes the stored tree agree with the bodies, as a careful forger would. */
function rebuildNodes(database: Database): void {
  const { readSubtree } = createTreeStore(database);
  database.exec("DELETE FROM audit_node");
  const bodies = database.prepare<[], string>("SELECT body FROM audit_leaf ORDER BY leaf_index").pluck().all();
  const insert = database.prepare("INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)");
  bodies.forEach((body, index) => {
    for (const node of completeSubtrees(index, hashLeaf(Buffer.from(body)), readSubtree))
      insert.run(node.level, node.position, node.hash);
  });
}

describe("an untouched log", () => {
  test("is good while it is written, when it is stopped, and as a copy without the private key", async () => {
    const dataDir = temporaryFolder();
    const box = await openAuditBox(dataDir);
    await box.decisions.recordAttempt(attemptOf("req_1"));
    expect(await verify(dataDir)).toMatchObject({ ok: true, size: 3, checkpointSize: 2 });
    await box.stop();
    const stopped = await verify(dataDir);
    expect(stopped).toMatchObject({ ok: true, size: 4, checkpointSize: 4 });

    const copy = join(temporaryFolder(), "copy");
    cpSync(dataDir, copy, { recursive: true });
    rmSync(join(copy, "keys"), { recursive: true });
    expect(await verify(copy)).toEqual(stopped);
    expect(await verifyLog({ source: { file: databaseFileOf(copy) }, vkey: vkeyOf(dataDir) })).toEqual(stopped);
  });

  test("is good on a medium that can't be written", async ({ skip }) => {
    const folder = temporaryFolder();
    if (!mountReadOnly(await copyStoppedLog(), folder)) return skip("mounting a file system needs root");
    expect(await verify(folder)).toMatchObject({ ok: true, size: LEAVES });
    expect(readdirSync(folder)).not.toContain("signalbox.db-shm");
  });

  test("is good from any leaf on", async () => {
    const dataDir = await copyStoppedLog();
    const whole = await verify(dataDir);
    expect(whole).toMatchObject({ ok: true, size: LEAVES, checkpointSize: LEAVES });
    for (let fromIndex = 0; fromIndex < LEAVES; fromIndex += 1) {
      expect(await verifyLog({ source: { dataDir }, fromIndex }), `from ${fromIndex}`).toEqual(whole);
    }
  });

  test("is an error where there is none", async () => {
    await expect(verify(temporaryFolder())).rejects.toThrow("There is no audit log at");
  });
});

describe.each(INDEXES)("leaf %i", (index) => {
  test("is named when a byte of it was changed", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => {
      database
        .prepare("UPDATE audit_leaf SET body = replace(body, '\"kind\"', '\"kinD\"') WHERE leaf_index = ?")
        .run(index);
    });
    expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: index });
  });

  test("is named when it was deleted, its hash left or not", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => database.prepare("DELETE FROM audit_leaf WHERE leaf_index = ?").run(index));
    expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: index });
    tamper(dataDir, (database) =>
      database.prepare("DELETE FROM audit_node WHERE level = 0 AND position = ?").run(index),
    );
    expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: index });
  });

  test("is named when the log ends before it, hashes and all", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => {
      database.prepare("DELETE FROM audit_leaf WHERE leaf_index >= ?").run(index);
      rebuildNodes(database);
    });
    expect(await verify(dataDir)).toMatchObject({ ok: false, size: index, firstBadIndex: index });
  });

  test("is named when a forged leaf took its place and moved it on", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => {
      database.prepare("UPDATE audit_leaf SET leaf_index = -leaf_index - 2 WHERE leaf_index >= ?").run(index);
      database.exec("UPDATE audit_leaf SET leaf_index = -leaf_index - 1 WHERE leaf_index < 0");
      database.prepare('INSERT INTO audit_leaf (leaf_index, body) VALUES (?, \'{"kind":"forged"}\')').run(index);
    });
    expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: index });
  });

  test("can't be rewritten together with the whole stored tree: a signed checkpoint contradicts it", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => {
      database
        .prepare("UPDATE audit_leaf SET body = replace(body, '\"kind\"', '\"kinD\"') WHERE leaf_index = ?")
        .run(index);
      rebuildNodes(database);
    });
    const report = await verify(dataDir);
    expect(report).toMatchObject({ ok: false, problem: expect.stringContaining("not those that were signed") });
    expect(report.firstBadIndex).toBeLessThanOrEqual(index);
  });
});

test.each(INDEXES.slice(1))("leaf %i is noticed when it changed places with the one before it", async (index) => {
  const dataDir = await copyStoppedLog();
  tamper(dataDir, (database) => {
    database.prepare("UPDATE audit_leaf SET leaf_index = -1 WHERE leaf_index = ?").run(index);
    database.prepare("UPDATE audit_leaf SET leaf_index = ? WHERE leaf_index = ?").run(index, index - 1);
    database.prepare("UPDATE audit_leaf SET leaf_index = ? WHERE leaf_index = -1").run(index - 1);
  });
  expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: index - 1 });
});

describe("a stored hash", () => {
  test("is compared at every place of the tree", async () => {
    const dataDir = await copyStoppedLog();
    const database = new BetterSqlite3(databaseFileOf(dataDir));
    onTestFinished(() => {
      database.close();
    });
    const nodes = database
      .prepare<[], { level: number; position: number; hash: Buffer }>("SELECT * FROM audit_node")
      .all();
    expect(nodes.length).toBeGreaterThan(LEAVES);
    const update = database.prepare("UPDATE audit_node SET hash = ? WHERE level = ? AND position = ?");
    for (const { level, position, hash } of nodes) {
      update.run(Buffer.alloc(32), level, position);
      expect(await verify(dataDir), `${level}/${position}`).toMatchObject({
        ok: false,
        firstBadIndex: position * 2 ** level,
      });
      update.run(hash, level, position);
    }
    expect(await verify(dataDir)).toMatchObject({ ok: true });
  });
});

describe("checkpoints", () => {
  test("in the file beside the database miss leaves that were deleted with every row about them", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => {
      database.prepare("DELETE FROM audit_leaf WHERE leaf_index = ?").run(LEAVES - 1);
      rebuildNodes(database);
      database.prepare("DELETE FROM audit_checkpoint WHERE tree_size = ?").run(LEAVES);
    });
    expect(await verify(dataDir)).toMatchObject({ ok: false, firstBadIndex: LEAVES - 1 });
  });

  test("signed with another key are not believed, also when the key beside them was changed too", async () => {
    const dataDir = await copyStoppedLog();
    const trueVkey = vkeyOf(dataDir);
    const pem = Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }));
    const forger = noteSignerOf(pem, () => trueVkey.split("+")[0] ?? "");
    tamper(dataDir, (database) => {
      const { readSubtree } = createTreeStore(database);
      const sizes = database.prepare<[], number>("SELECT tree_size FROM audit_checkpoint").pluck().all();
      for (const size of sizes) {
        const note = signCheckpoint({ size, root: rootOf(size, readSubtree) }, forger);
        database.prepare("UPDATE audit_checkpoint SET note = ? WHERE tree_size = ?").run(note, size);
      }
    });
    expect(await verify(dataDir)).toMatchObject({
      ok: false,
      firstBadIndex: 0,
      problem: expect.stringContaining("not signed by"),
    });
    rmSync(join(dataDir, "checkpoint"));
    writeFileSync(join(dataDir, "audit.vkey"), forger.vkey);
    expect(await verify(dataDir)).toMatchObject({
      ok: false,
      firstBadIndex: 0,
      problem: expect.stringContaining("another key"),
    });
    expect(await verifyLog({ source: { dataDir }, vkey: trueVkey })).toMatchObject({ ok: false, firstBadIndex: 0 });
  });

  test("can't all be removed", async () => {
    const dataDir = await copyStoppedLog();
    tamper(dataDir, (database) => database.exec("DELETE FROM audit_checkpoint"));
    rmSync(join(dataDir, "checkpoint"));
    expect(await verify(dataDir)).toMatchObject({
      ok: false,
      firstBadIndex: 0,
      problem: expect.stringContaining("no signed checkpoint"),
    });
  });

  test("can't be checked without the public key", async () => {
    const dataDir = await copyStoppedLog();
    rmSync(join(dataDir, "audit.vkey"));
    expect(await verify(dataDir)).toMatchObject({ ok: false, problem: expect.stringContaining("audit.vkey") });
  });
});
