import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openCheckpoint } from "../../src/audit/checkpoint.ts";
import { parseVkey } from "../../src/audit/signed-note.ts";
import { verifyLog } from "../../src/audit/verify-log.ts";
import { databaseFileOf } from "../../src/journal/data-dir.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { attemptOf, leavesOf, openAuditBox, outcomeOf, type AuditBox } from "./audit-box.ts";

const kindsOf = (dataDir: string): readonly string[] => leavesOf(dataDir).map((leaf) => leaf.kind);

function checkpointSizeIn(dataDir: string): number | undefined {
  const verifier = parseVkey(readFileSync(join(dataDir, "audit.vkey"), "utf8"));
  return openCheckpoint(readFileSync(join(dataDir, "checkpoint"), "utf8"), verifier)?.size;
}

/** The log looks again only when its last look has ended, which takes real time; so time goes on until it has. */
function checkpointSizeASecondLater(box: AuditBox): number | undefined {
  box.clock.advance(1_000);
  return checkpointSizeIn(box.dataDir);
}

describe("a server's log", () => {
  test("records its creation once, every start and every clean stop, and leaves a signed head", async () => {
    const dataDir = temporaryFolder();
    for (let run = 0; run < 2; run += 1) await (await openAuditBox(dataDir)).stop();
    expect(kindsOf(dataDir)).toEqual(["log.created", "log.started", "log.closed", "log.started", "log.closed"]);
    expect(checkpointSizeIn(dataDir)).toBe(5);
    const [created, started] = leavesOf(dataDir);
    expect(created).toMatchObject({ vkey: readFileSync(join(dataDir, "audit.vkey"), "utf8").trim() });
    expect(started).toMatchObject({ version: "test", recoveredAttempts: 0, index: 1 });
  });

  test("ends what a crash left open as unknown, and keeps the money", async () => {
    const dataDir = temporaryFolder();
    const first = await openAuditBox(dataDir);
    const { keyId } = await first.keys.createKey({ name: "a", budgetMicroUsd: 100 });
    const principal = { keyId, keyName: "a", role: "inference", tags: [] } as const;
    await first.decisions.recordAttempt(attemptOf("req_1", { principal, reserveMicroUsd: 30 }));
    await first.decisions.recordAttempt(attemptOf("req_2", { principal, reserveMicroUsd: 40 }));
    await first.decisions.recordOutcome(outcomeOf("req_1", { keyId, costMicroUsd: 5 }));
    await first.crash();

    const second = await openAuditBox(dataDir);
    expect(second.directory.spendOf(keyId)).toEqual({ settledMicroUsd: 45, reservedMicroUsd: 0, limitMicroUsd: 100 });
    const outcomes = leavesOf(dataDir).filter((leaf) => leaf.kind === "outcome");
    expect(outcomes).toMatchObject([
      { requestId: "req_1", result: "answered" },
      { requestId: "req_2", result: "unknown_after_crash", keyId, attemptNumber: 1, attemptIndex: 4 },
    ]);
    await second.stop();
    await (await openAuditBox(dataDir)).stop();
    expect(leavesOf(dataDir).filter((leaf) => leaf.kind === "outcome")).toHaveLength(2);
  });

  test("refuses to start on a log that is not what was signed, and stays as it is", async () => {
    const dataDir = temporaryFolder();
    const first = await openAuditBox(dataDir);
    await first.decisions.recordAttempt(attemptOf("req_1"));
    await first.stop();
    const database = new BetterSqlite3(databaseFileOf(dataDir));
    database.exec(
      "DELETE FROM audit_leaf WHERE leaf_index = 3; DELETE FROM audit_node WHERE position = 3 AND level = 0",
    );
    database.close();
    const before = kindsOf(dataDir);
    await expect(openAuditBox(dataDir)).rejects.toMatchObject({
      code: "audit_unavailable",
      message: expect.stringContaining("leaf 3 is missing"),
      details: { metadata: { firstBadIndex: 3 } },
    });
    expect(kindsOf(dataDir)).toEqual(before);
  });

  test("refuses to start when its database is gone and a checkpoint says that there was one", async () => {
    const dataDir = temporaryFolder();
    await (await openAuditBox(dataDir)).stop();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${databaseFileOf(dataDir)}${suffix}`, { force: true });
    await expect(openAuditBox(dataDir)).rejects.toMatchObject({
      message: expect.stringContaining("leaf 0 is missing"),
    });
  });

  test("refuses to start with another signing key", async () => {
    const [dataDir, otherDir] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [dataDir, otherDir]) await (await openAuditBox(folder)).stop();
    const keyFile = join(dataDir, "keys", "audit-signing.pem");
    rmSync(keyFile);
    await expect(openAuditBox(dataDir)).rejects.toThrow("is missing, the key that signs this log");
    copyFileSync(join(otherDir, "keys", "audit-signing.pem"), keyFile);
    await expect(openAuditBox(dataDir)).rejects.toThrow("are not a pair");
    rmSync(join(dataDir, "audit.vkey"));
    await expect(openAuditBox(dataDir)).rejects.toThrow("not signed by the log's key");
  });

  test("signs a checkpoint when leaves have waited for a minute", async () => {
    const dataDir = temporaryFolder();
    const box = await openAuditBox(dataDir);
    await box.decisions.recordAttempt(attemptOf("req_1"));
    box.clock.advance(59_000);
    expect(checkpointSizeIn(dataDir)).toBe(2);
    await expect.poll(() => checkpointSizeASecondLater(box)).toBe(3);
  });

  test("signs a checkpoint after a thousand leaves", async () => {
    const dataDir = temporaryFolder();
    const box = await openAuditBox(dataDir);
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => box.log.append({ kind: "test", index })));
    await expect.poll(() => checkpointSizeASecondLater(box)).toBe(1_002);
  });

  test("signs nothing once the leaves that it signed before have changed under it", async () => {
    const box = await openAuditBox(temporaryFolder());
    await box.log.append({ kind: "test" });
    const database = new BetterSqlite3(databaseFileOf(box.dataDir));
    database.prepare("UPDATE audit_node SET hash = ? WHERE level = 1 AND position = 0").run(Buffer.alloc(32));
    database.close();
    await expect(box.log.checkpoint()).rejects.toMatchObject({ code: "audit_unavailable" });
    expect(checkpointSizeIn(box.dataDir)).toBe(2);
  });

  test("records a step of the wall clock before the leaf that noticed it", async () => {
    const dataDir = temporaryFolder();
    const clock = new ManualClock();
    const start = clock.wallMs();
    let shiftMs = 0;
    clock.wallMs = () => start + clock.monotonicMs() + shiftMs;
    const box = await openAuditBox(dataDir, clock);
    for (const setMs of [-86_400_000, 0, 30_000]) {
      shiftMs = setMs;
      clock.advance(500);
      await box.log.append({ kind: "test" });
    }
    const steps = leavesOf(dataDir).slice(2);
    expect(steps.map((leaf) => [leaf.kind, leaf["stepMs"]])).toEqual([
      ["clock.step", -86_400_000],
      ["test", undefined],
      ["clock.step", 86_400_000],
      ["test", undefined],
      ["test", undefined],
    ]);
  });
});

describe("a command beside a server", () => {
  test("refuses a log that was changed, so that it does not sign it", async () => {
    const dataDir = temporaryFolder();
    await (await openAuditBox(dataDir)).stop();
    const database = new BetterSqlite3(databaseFileOf(dataDir));
    database.exec("DELETE FROM audit_checkpoint");
    database.close();
    rmSync(join(dataDir, "checkpoint"));
    await expect(openAuditBox(dataDir, new ManualClock(), "command")).rejects.toThrow("no signed checkpoint");
  });

  test("adds leaves to the same tree, ends nothing that is open, and leaves a signed head", async () => {
    const dataDir = temporaryFolder();
    const server = await openAuditBox(dataDir);
    await server.decisions.recordAttempt(attemptOf("req_1"));
    const command = await openAuditBox(dataDir, new ManualClock(), "command");
    await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => command.log.append({ kind: "of.command", index })),
      ...Array.from({ length: 20 }, (_, index) => server.log.append({ kind: "of.server", index })),
    ]);
    await command.stop();
    expect(checkpointSizeIn(dataDir)).toBe(43);
    await server.decisions.recordOutcome(outcomeOf("req_1"));
    await server.stop();
    expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true, size: 45, checkpointSize: 45 });
    expect(kindsOf(dataDir).filter((kind) => kind.startsWith("log."))).toEqual([
      "log.created",
      "log.started",
      "log.closed",
    ]);
  });
});
