import { describe, expect, test } from "vitest";
import type { SignalboxError } from "../../src/core/errors.ts";
import type { KeyRequest } from "../../src/ledger/check-key-request.ts";
import { attemptOf, leavesOf, openAuditBox, outcomeOf, PRINCIPAL } from "../audit/audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SUPPLIED = `sbx_${"ab".repeat(24)}`;
const DAY_MS = 86_400_000;

describe("createKey", () => {
  test("makes a key that works at once with everything it was given, and a leaf that says so", async () => {
    const box = await openAuditBox(temporaryFolder());
    const request: KeyRequest = {
      name: "reports",
      role: "auditor",
      team: "finance",
      tags: ["eu", "batch"],
      dataClass: "confidential",
      weight: 2.5,
      budgetMicroUsd: 5_000_000,
      expiresAtMs: box.clock.wallMs() + DAY_MS,
    };
    const { keyId, secret } = await box.keys.createKey(request);
    const { name, ...rights } = request;
    expect(box.directory.authenticate(secret)).toEqual({ ...rights, keyId, keyName: name });
    expect(box.keys.listKeys()).toMatchObject([{ ...request, keyId, state: "active", settledMicroUsd: 0 }]);
    expect(leavesOf(box.dataDir).at(-1)).toMatchObject({ ...request, kind: "key.created", keyId });
  });

  test("gives what was not asked for the least: no budget, no tags, inference alone", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { keyId, secret } = await box.keys.createKey({ name: "a" });
    expect(box.directory.authenticate(secret)).toEqual({ keyId, keyName: "a", role: "inference", tags: [] });
    expect(box.directory.spendOf(keyId)).toEqual({ settledMicroUsd: 0, reservedMicroUsd: 0 });
  });

  const bad: readonly [string, KeyRequest][] = [
    ["name", { name: " " }],
    ["name", { name: "a\nb" }],
    ["role", { name: "a", role: "root" as "admin" }],
    ["tags", { name: "a", tags: [""] }],
    ["tags", { name: "a", tags: Array.from({ length: 65 }, (_, index) => `t${index}`) }],
    ["team", { name: "a", team: "" }],
    ["dataClass", { name: "a", dataClass: "x".repeat(101) }],
    ["weight", { name: "a", weight: 0 }],
    ["weight", { name: "a", weight: 101 }],
    ["weight", { name: "a", weight: Number.NaN }],
    ["budgetMicroUsd", { name: "a", budgetMicroUsd: -1 }],
    ["budgetMicroUsd", { name: "a", budgetMicroUsd: Number.NaN }],
    ["budgetMicroUsd", { name: "a", budgetMicroUsd: 0.5 }],
    ["expiresAtMs", { name: "a", expiresAtMs: 1 }],
    ["expiresAtMs", { name: "a", expiresAtMs: Number.NaN }],
  ];
  test("names the field that is wrong, and makes nothing", async () => {
    const box = await openAuditBox(temporaryFolder());
    for (const [param, request] of bad) {
      const error = await box.keys.createKey(request).catch((thrown: SignalboxError) => thrown);
      expect(error, `${JSON.stringify(request)}`).toMatchObject({ code: "invalid_request", details: { param } });
    }
    expect(box.keys.listKeys()).toEqual([]);
  });
});

describe("a key", () => {
  test("made by another process works at once, and fails at once when that revokes it", async () => {
    const dataDir = temporaryFolder();
    const server = await openAuditBox(dataDir);
    const command = await openAuditBox(dataDir, server.clock, "command");
    const { keyId, secret } = await command.keys.createKey({ name: "a" });
    expect(server.directory.authenticate(secret)).toMatchObject({ keyId });
    await command.keys.revokeKey(keyId);
    expect(server.directory.authenticate(secret)).toBeUndefined();
    expect(server.keys.listKeys()).toMatchObject([{ keyId, state: "revoked", revokedAtMs: server.clock.wallMs() }]);
    expect(leavesOf(dataDir).at(-1)).toMatchObject({ kind: "key.revoked", keyId });
    await expect(command.keys.revokeKey(keyId)).rejects.toMatchObject({ code: "not_found" });
    await expect(command.keys.rotateKey(keyId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("ends when it expires", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { secret } = await box.keys.createKey({ name: "a", expiresAtMs: box.clock.wallMs() + 1_000 });
    box.clock.advance(999);
    expect(box.directory.authenticate(secret)).toBeDefined();
    box.clock.advance(1);
    expect(box.directory.authenticate(secret)).toBeUndefined();
    expect(box.keys.listKeys()).toMatchObject([{ state: "expired" }]);
  });

  test("has two secrets for the time of grace after a rotation, never three", async () => {
    const box = await openAuditBox(temporaryFolder());
    const first = await box.keys.createKey({ name: "a" });
    const second = await box.keys.rotateKey(first.keyId, 1_000);
    const works = (secret: string): boolean => box.directory.authenticate(secret)?.keyId === first.keyId;
    expect([first, second].map(({ secret }) => works(secret))).toEqual([true, true]);
    box.clock.advance(500);
    const third = await box.keys.rotateKey(first.keyId, 1_000);
    expect([first, second, third].map(({ secret }) => works(secret))).toEqual([false, true, true]);
    box.clock.advance(1_000);
    expect([first, second, third].map(({ secret }) => works(secret))).toEqual([false, false, true]);
    expect(leavesOf(box.dataDir).at(-1)).toMatchObject({ kind: "key.rotated", keyId: first.keyId });
  });

  test("that nobody made is refused, whatever it looks like", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { secret } = await box.keys.createKey({ name: "a" });
    for (const guess of [
      "",
      "sbx_",
      SUPPLIED,
      secret.slice(0, -1),
      `${secret}x`,
      secret.toUpperCase(),
      "x".repeat(100_000),
    ]) {
      expect(box.directory.authenticate(guess)).toBeUndefined();
    }
  });

  test("notes its last use to the hour, not at every request", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { secret } = await box.keys.createKey({ name: "a" });
    const firstUseMs = box.clock.wallMs();
    box.directory.authenticate(secret);
    await expect.poll(() => box.keys.listKeys()[0]?.lastUsedAtMs).toBe(firstUseMs);
    box.clock.advance(1_000);
    box.directory.authenticate(secret);
    await box.keys.createKey({ name: "whatever came before this is written" });
    expect(box.keys.listKeys()[0]?.lastUsedAtMs).toBe(firstUseMs);
    box.clock.advance(3_600_000);
    box.directory.authenticate(secret);
    await expect.poll(() => box.keys.listKeys()[0]?.lastUsedAtMs).toBe(firstUseMs + 3_601_000);
  });
});

describe("ensureBootstrapAdminKey", () => {
  test("makes an admin key at the first start alone", async () => {
    const dataDir = temporaryFolder();
    const first = await openAuditBox(dataDir);
    const issued = await first.keys.ensureBootstrapAdminKey();
    expect(first.directory.authenticate(issued?.secret ?? "")).toMatchObject({ role: "admin", keyName: "bootstrap" });
    expect(await first.keys.ensureBootstrapAdminKey()).toBeUndefined();
    await first.stop();
    expect(await (await openAuditBox(dataDir)).keys.ensureBootstrapAdminKey()).toBeUndefined();
  });

  test("makes the supplied secret the bootstrap key's only one, at every start the same", async () => {
    const box = await openAuditBox(temporaryFolder());
    const issued = await box.keys.ensureBootstrapAdminKey();
    expect(await box.keys.ensureBootstrapAdminKey(SUPPLIED)).toBeUndefined();
    await box.keys.ensureBootstrapAdminKey(SUPPLIED);
    expect(box.directory.authenticate(SUPPLIED)).toMatchObject({ role: "admin" });
    expect(box.directory.authenticate(issued?.secret ?? "")).toBeUndefined();
    expect(leavesOf(box.dataDir).filter((leaf) => leaf.kind === "key.rotated")).toHaveLength(1);
    const other = `sbx_${"cd".repeat(24)}`;
    await box.keys.ensureBootstrapAdminKey(other);
    expect([SUPPLIED, other].map((secret) => box.directory.authenticate(secret) !== undefined)).toEqual([false, true]);
  });

  test("accepts the supplied secret on an empty box, and refuses one of another form", async () => {
    const box = await openAuditBox(temporaryFolder());
    await expect(box.keys.ensureBootstrapAdminKey("sbx_short")).rejects.toMatchObject({ code: "invalid_request" });
    await box.keys.ensureBootstrapAdminKey(SUPPLIED);
    expect(box.directory.authenticate(SUPPLIED)).toMatchObject({ role: "admin" });
    expect(await box.keys.ensureBootstrapAdminKey()).toBeUndefined();
  });

  test("does not bring a revoked bootstrap key back", async () => {
    const box = await openAuditBox(temporaryFolder());
    await box.keys.ensureBootstrapAdminKey(SUPPLIED);
    await box.keys.revokeKey("key_bootstrap");
    await box.keys.ensureBootstrapAdminKey(SUPPLIED);
    expect(box.directory.authenticate(SUPPLIED)).toBeUndefined();
  });
});

describe("a team's budget", () => {
  test("holds for all keys of the team together, until it is removed", async () => {
    const box = await openAuditBox(temporaryFolder());
    await box.keys.setTeamBudget("t", 100);
    const keys = [
      await box.keys.createKey({ name: "a", team: "t" }),
      await box.keys.createKey({ name: "b", team: "t" }),
    ];
    const principals = keys.map(({ keyId }) => ({ ...PRINCIPAL, keyId, team: "t" }));
    const reserve = (requestId: string, member: number, reserveMicroUsd: number) =>
      box.decisions.recordAttempt(
        attemptOf(requestId, { principal: principals[member] ?? PRINCIPAL, reserveMicroUsd }),
      );
    await reserve("req_1", 0, 60);
    await expect(reserve("req_2", 1, 41)).rejects.toMatchObject({
      code: "budget_exceeded",
      details: { metadata: { scope: "team:t", remainingMicroUsd: 40 } },
    });
    await reserve("req_3", 1, 40);
    await box.decisions.recordOutcome(outcomeOf("req_1", { costMicroUsd: 10 }));
    await reserve("req_4", 0, 50);
    expect(box.directory.spendOf(keys[1]?.keyId ?? "")).toEqual({
      settledMicroUsd: 0,
      reservedMicroUsd: 40,
      team: { settledMicroUsd: 10, reservedMicroUsd: 90, limitMicroUsd: 100 },
    });
    await box.keys.setTeamBudget("t");
    expect(box.directory.spendOf(keys[1]?.keyId ?? "")).not.toHaveProperty("team");
    await reserve("req_5", 0, 1_000);
    await expect(box.keys.setTeamBudget("t", -1)).rejects.toMatchObject({ code: "invalid_request" });
  });
});
