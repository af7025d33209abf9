import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { attemptOf, decisionOf, leavesOf, openAuditBox, outcomeOf, PRINCIPAL } from "./audit-box.ts";

const DESTINATION = { endpointId: "cloud/large", origin: "https://cloud.example" };

describe("recordAttempt", () => {
  test("writes the whole decision with the reason for every endpoint, under the index that it answers", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { auditIndex, permit } = await box.decisions.recordAttempt(attemptOf("req_1", { reserveMicroUsd: 7 }));
    expect(permit).toBeUndefined();
    const { requestId: _requestId, keyId: _keyId, ...decision } = decisionOf("req_1");
    expect(leavesOf(box.dataDir)[auditIndex]).toMatchObject({
      kind: "attempt",
      requestId: "req_1",
      keyId: "key_test",
      endpointId: "box/signalbox/nano",
      reserveMicroUsd: 7,
      decision,
    });
  });

  test("writes for a further attempt what failed before it, not the decision again", async () => {
    const box = await openAuditBox(temporaryFolder());
    const fallbackOf = { endpointId: "box/signalbox/nano", errorCode: "worker_failed" };
    await box.decisions.recordAttempt(attemptOf("req_1"));
    await box.decisions.recordAttempt(attemptOf("req_1", { attemptNumber: 2, endpointId: "site/large", fallbackOf }));
    const leaf = leavesOf(box.dataDir).at(-1);
    expect(leaf).toMatchObject({
      attemptNumber: 2,
      endpointId: "site/large",
      fallbackOf,
      policySha256: "ab".repeat(32),
    });
    expect(leaf).not.toHaveProperty("decision");
  });

  test("answers a permit for its destination that expires, and none when it is refused", async () => {
    const box = await openAuditBox(temporaryFolder());
    const attempt = attemptOf("req_1", { destination: DESTINATION });
    const { permit, auditIndex } = await box.decisions.recordAttempt(attempt);
    if (permit === undefined) throw new Error("a permit is expected");
    expect(box.office.redeem(permit, DESTINATION, box.clock.monotonicMs() + 1_000)).toMatchObject({
      ok: true,
      claims: { requestId: "req_1", auditIndex, destination: DESTINATION },
    });
    const late = await box.decisions.recordAttempt(attemptOf("req_2", { destination: DESTINATION }));
    expect(late.permit && box.office.redeem(late.permit, DESTINATION, box.clock.monotonicMs() + 1_001)).toMatchObject({
      ok: false,
    });
    const principal = { ...PRINCIPAL, budgetMicroUsd: 10 };
    await expect(
      box.decisions.recordAttempt(attemptOf("req_3", { destination: DESTINATION, principal, reserveMicroUsd: 11 })),
    ).rejects.toMatchObject({ code: "budget_exceeded" });
    expect(leavesOf(box.dataDir).some((leaf) => leaf["requestId"] === "req_3")).toBe(false);
  });

  test("refuses to record one attempt twice", async () => {
    const box = await openAuditBox(temporaryFolder());
    await box.decisions.recordAttempt(attemptOf("req_1"));
    await expect(box.decisions.recordAttempt(attemptOf("req_1"))).rejects.toMatchObject({ code: "internal_error" });
  });

  test("leaves no name of a person, no address and no secret in any file", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { secret } = await box.keys.createKey({ name: "a" });
    const principal = { ...PRINCIPAL, user: "ada@example.com" };
    const person = { principal, clientIp: "203.0.113.77" };
    await box.decisions.recordAttempt(attemptOf("req_1", person));
    await box.decisions.recordRefusal({
      ...attemptOf("req_2", person),
      errorCode: "policy_forbids",
      httpStatus: 403,
      message: "No.",
    });
    expect(leavesOf(box.dataDir).slice(-2)).toMatchObject([
      { user: expect.stringMatching(/^pid_/), clientNetwork: "203.0.113.0/24" },
      { user: expect.stringMatching(/^pid_/), clientNetwork: "203.0.113.0/24", errorCode: "policy_forbids" },
    ]);
    for (const file of readdirSync(box.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      for (const word of ["ada@example.com", "203.0.113.77", secret]) {
        for (const form of [
          word,
          Buffer.from(word).toString("base64").replace(/=+$/, ""),
          Buffer.from(word).toString("hex"),
        ]) {
          expect(bytes.includes(form), `${form} in ${file.name}`).toBe(false);
        }
      }
    }
  });
});

describe("recordOutcome", () => {
  test("writes how the attempt ended and replaces what was held by what it cost", async () => {
    const box = await openAuditBox(temporaryFolder());
    const { keyId } = await box.keys.createKey({ name: "a", budgetMicroUsd: 100 });
    const principal = { ...PRINCIPAL, keyId };
    await box.decisions.recordAttempt(attemptOf("req_1", { principal, reserveMicroUsd: 60 }));
    expect(box.directory.spendOf(keyId)).toEqual({ settledMicroUsd: 0, reservedMicroUsd: 60, limitMicroUsd: 100 });
    const usage = { promptTokens: 3, completionTokens: 5, basis: "measured" } as const;
    const { auditIndex } = await box.decisions.recordOutcome(outcomeOf("req_1", { keyId, costMicroUsd: 12, usage }));
    expect(box.directory.spendOf(keyId)).toEqual({ settledMicroUsd: 12, reservedMicroUsd: 0, limitMicroUsd: 100 });
    expect(leavesOf(box.dataDir)[auditIndex]).toMatchObject({
      kind: "outcome",
      requestId: "req_1",
      costMicroUsd: 12,
      usage,
    });
  });
});

describe("isWritable", () => {
  test("is false once the journal is shut, and every record is refused from then on", async () => {
    const box = await openAuditBox(temporaryFolder());
    expect(box.decisions.isWritable()).toBe(true);
    await box.crash();
    expect(box.decisions.isWritable()).toBe(false);
    await expect(box.decisions.recordAttempt(attemptOf("req_1"))).rejects.toMatchObject({ code: "audit_unavailable" });
    await expect(box.decisions.recordOutcome(outcomeOf("req_1"))).rejects.toMatchObject({ code: "audit_unavailable" });
  });
});
