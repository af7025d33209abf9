import { expect, test } from "vitest";
import { verifyLog } from "../../src/audit/verify-log.ts";
import { attemptOf, leavesOf, openAuditBox, outcomeOf, PRINCIPAL } from "../audit/audit-box.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("of 500 requests at once on a budget for ten, over two processes' connections, exactly ten are let through", async () => {
  const dataDir = temporaryFolder();
  const [server, command] = [await openAuditBox(dataDir), await openAuditBox(dataDir, undefined, "command")];
  const { keyId } = await server.keys.createKey({ name: "a", budgetMicroUsd: 1_000 });
  const principal = { ...PRINCIPAL, keyId };
  const results = await Promise.allSettled(
    Array.from({ length: 500 }, (_, index) =>
      (index % 2 === 0 ? server : command).decisions.recordAttempt(
        attemptOf(`req_${index}`, { principal, reserveMicroUsd: 100 }),
      ),
    ),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(10);
  const reasons = results.flatMap((result) =>
    result.status === "rejected" ? [(result.reason as { code: string }).code] : [],
  );
  expect(new Set(reasons)).toEqual(new Set(["budget_exceeded"]));
  expect(command.directory.spendOf(keyId)).toEqual({
    settledMicroUsd: 0,
    reservedMicroUsd: 1_000,
    limitMicroUsd: 1_000,
  });

  const attempts = leavesOf(dataDir).filter((leaf) => leaf.kind === "attempt");
  expect(attempts).toHaveLength(10);
  await Promise.all(
    attempts.map((leaf) =>
      server.decisions.recordOutcome(outcomeOf(String(leaf["requestId"]), { keyId, costMicroUsd: 1 })),
    ),
  );
  expect(server.directory.spendOf(keyId)).toMatchObject({ settledMicroUsd: 10, reservedMicroUsd: 0 });
  expect(await verifyLog({ source: { dataDir } })).toMatchObject({ ok: true });
});
