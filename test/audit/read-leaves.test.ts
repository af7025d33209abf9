import { expect, onTestFinished, test } from "vitest";
import { verifyReceipt } from "../../src/audit/inclusion-receipt.ts";
import { openLeafReader } from "../../src/audit/read-leaves.ts";
import { parseVkey } from "../../src/audit/signed-note.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { attemptOf, openAuditBox, outcomeOf } from "./audit-box.ts";

async function openLogOfThreeRequests() {
  const box = await openAuditBox(temporaryFolder());
  for (const requestId of ["req_1", "req_2", "req_3"]) {
    await box.decisions.recordAttempt(attemptOf(requestId));
    await box.decisions.recordOutcome(outcomeOf(requestId));
  }
  const reader = openLeafReader(box.dataDir);
  onTestFinished(() => reader.close());
  return { box, reader };
}

test("leaves are listed newest first, by request, by kind and page by page", async () => {
  const { reader } = await openLogOfThreeRequests();
  const indexesOf = (query: Parameters<typeof reader.list>[0]) => reader.list(query).map((leaf) => leaf.index);
  expect(indexesOf({})).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  expect(indexesOf({ limit: 2 })).toEqual([7, 6]);
  expect(indexesOf({ limit: 2, before: 6 })).toEqual([5, 4]);
  expect(indexesOf({ requestId: "req_2" })).toEqual([5, 4]);
  expect(indexesOf({ kind: "attempt" })).toEqual([6, 4, 2]);
  expect(indexesOf({ kind: "attempt", requestId: "req_2" })).toEqual([4]);
  expect(indexesOf({ requestId: "req_9" })).toEqual([]);
});

test("every leaf can be read in order while others are written", async () => {
  const { box, reader } = await openLogOfThreeRequests();
  const seen: number[] = [];
  for (const leaf of reader.iterate(3)) {
    seen.push(leaf.index);
    if (seen.length === 2) await box.log.append({ kind: "later" });
  }
  expect(seen).toEqual([3, 4, 5, 6, 7]);
  expect([...reader.iterate(8)].map((leaf) => leaf.kind)).toEqual(["later"]);
});

test("a leaf comes with a receipt that proves it and nothing else, once a checkpoint covers it", async () => {
  const { box, reader } = await openLogOfThreeRequests();
  expect(reader.show(5)).not.toHaveProperty("receipt");
  expect(reader.show(99)).toBeUndefined();
  await box.log.checkpoint();
  const verifier = parseVkey(box.log.vkey);
  for (let index = 0; index < 8; index += 1) {
    const { body = "", receipt = "" } = reader.show(index) ?? {};
    expect(receipt.startsWith(`c2sp.org/tlog-proof@v1\nindex ${index}\n`)).toBe(true);
    expect(verifyReceipt(receipt, Buffer.from(body), verifier), `leaf ${index}`).toBe(true);
    expect(verifyReceipt(receipt, Buffer.from(`${body} `), verifier)).toBe(false);
    expect(
      verifyReceipt(receipt.replace(`index ${index}`, `index ${(index + 1) % 8}`), Buffer.from(body), verifier),
    ).toBe(false);
  }
  const { body = "", receipt = "" } = reader.show(2) ?? {};
  await box.log.append({ kind: "later" });
  await box.log.checkpoint();
  expect(verifyReceipt(receipt, Buffer.from(body), verifier)).toBe(true);
});
