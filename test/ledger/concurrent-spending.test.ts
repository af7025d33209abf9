import { expect, test } from "vitest";
import { verifyLog } from "../../src/audit/verify-log.ts";
import { attemptOf, leavesOf, openAuditBox, outcomeOf, PRINCIPAL } from "../audit/audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("of 500 requests at once on a budget for ten, over two processes' connections, exactly ten are let through", async () => {
  const dataDir = temporaryFolder();
  const boxes = [await openAuditBox(dataDir), await openAuditBox(dataDir, undefined, "command")];
  const { keyId } = (await boxes[0]?.keys.createKey({ name: "a", budgetMicroUsd: 1_000 })) ?? { keyId: "" };
  const principal = { ...PRINCIPAL, keyId };
  const results = await Promise.allSettled(
    Array.from({ length: 500 }, (_, index) =>
      boxes[index % 2]?.decisions.recordAttempt(attemptOf(`req_${index}`, { principal, reserveMicroUsd: 100 })),
    ),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(10);
  const reasons = results.flatMap((result) =>
    result.status === "rejected" ? [(result.reason as { code: string }).code] : [],
  );
  expect(new Set(reasons)).toEqual(new Set(["budget_exceeded"]));
  expect(boxes[1]?.directory.spendOf(keyId)).toEqual({
    settledMicroUsd: 0,
    reservedMicroUsd: 1_000,
    limitMicroUsd: 1_000,
  });

  const attempts = leavesOf(dataDir).filter((leaf) => leaf.kind === "attempt");
  expect(attempts).toHaveLength(10);
  await Promise.all(
    attempts.map((leaf) =>
      boxes[0]?.decisions.recordOutcome(outcomeOf(String(leaf["requestId"]), { keyId, costMicroUsd: 1 })),
    ),
  );
  expect(boxes[0]?.directory.spendOf(keyId)).toMatchObject({ settledMicroUsd: 10, reservedMicroUsd: 0 });
  expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true });
});
