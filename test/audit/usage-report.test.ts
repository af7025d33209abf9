import { expect, onTestFinished, test } from "vitest";
import { openLeafReader, type RecordedLeaf } from "../../src/audit/read-leaves.ts";
import { reportUsage, USAGE_GROUPINGS } from "../../src/audit/usage-report.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { attemptOf, decisionOf, openAuditBox, outcomeOf, PRINCIPAL } from "./audit-box.ts";

const NO_ATTEMPT = { answered: 0, failed: 0, cancelled: 0, refused: 0, open: 0, estimated: 0, unpriced: 0 };
const TEAM = { ...PRINCIPAL, keyId: "key_team", team: "finance" };

async function openBox() {
  const box = await openAuditBox(temporaryFolder());
  const reader = openLeafReader(box.dataDir);
  onTestFinished(() => reader.close());
  return { box, reader };
}

/** One free answer, one that fell back from a failed endpoint, one refusal, one attempt without an end. */
async function openLogOfUse() {
  const { box, reader } = await openBox();
  const { decisions } = box;
  await decisions.recordAttempt(attemptOf("req_1"));
  await decisions.recordOutcome(
    outcomeOf("req_1", { usage: { promptTokens: 10, completionTokens: 5, basis: "measured" }, costMicroUsd: 0 }),
  );
  const decision = decisionOf("req_2");
  const [candidate] = decision.candidates;
  if (candidate === undefined) throw new Error("the decision has a candidate");
  const cloud = { ...candidate, endpointId: "cloud/nano" };
  const fellBack = { principal: TEAM, decision: { ...decision, candidates: [candidate, cloud] } };
  await decisions.recordAttempt(attemptOf("req_2", fellBack));
  await decisions.recordOutcome(outcomeOf("req_2", { result: "failed", httpStatus: 502, costMicroUsd: 0 }));
  const second = { attemptNumber: 2, endpointId: "cloud/nano" };
  await decisions.recordAttempt(attemptOf("req_2", { ...fellBack, ...second, reserveMicroUsd: 900 }));
  await decisions.recordOutcome(
    outcomeOf("req_2", { ...second, usage: { promptTokens: 20, basis: "estimated" }, costMicroUsd: 700 }),
  );
  await decisions.recordRefusal({
    ...{ requestId: "req_3", principal: TEAM, errorCode: "budget_exceeded", httpStatus: 402, message: "spent" },
  });
  await decisions.recordAttempt(attemptOf("req_4", { endpointId: "cloud/nano", reserveMicroUsd: 40 }));
  return { box, reader };
}

test("usage by endpoint is every attempt's end, tokens and cost, the dearest first, beside what was refused", async () => {
  const { reader } = await openLogOfUse();
  expect((await reportUsage(reader, "endpoint", 0)).groups).toEqual([
    {
      ...NO_ATTEMPT,
      ...{ name: "cloud/nano", answered: 1, open: 1, estimated: 1, promptTokens: 20, costMicroUsd: 700 },
      reservedMicroUsd: 40,
    },
    {
      ...NO_ATTEMPT,
      ...{ name: "box/signalbox/nano", answered: 1, failed: 1, promptTokens: 10, completionTokens: 5, costMicroUsd: 0 },
    },
    { ...NO_ATTEMPT, refused: 1 },
  ]);
});

test("endpoints of one model are one line by model", async () => {
  const { reader } = await openLogOfUse();
  const { groups } = await reportUsage(reader, "model", 0);
  expect(groups).toMatchObject([{ name: "signalbox/nano", answered: 2, failed: 1, open: 1, costMicroUsd: 700 }, {}]);
});

test("a key without a team is in a line without a name", async () => {
  const { reader } = await openLogOfUse();
  const { groups } = await reportUsage(reader, "team", 0);
  expect(groups).toMatchObject([
    { name: "finance", answered: 1, failed: 1, refused: 1 },
    { answered: 1, open: 1 },
  ]);
  expect(groups[1]).not.toHaveProperty("name");
});

test.each(USAGE_GROUPINGS)("the lines by %s add up to the same total", async (by) => {
  const { reader } = await openLogOfUse();
  const { groups, total } = await reportUsage(reader, by, 0);
  expect(total).toMatchObject({ answered: 2, failed: 1, refused: 1, open: 1, costMicroUsd: 700, reservedMicroUsd: 40 });
  for (const name of ["answered", "failed", "refused", "open"] as const)
    expect(groups.reduce((sum, group) => sum + group[name], 0)).toBe(total[name]);
});

test("an answer of unknown cost costs its reservation, as budgets are charged, and is unpriced without one", async () => {
  const { box, reader } = await openBox();
  await box.decisions.recordAttempt(attemptOf("req_1", { reserveMicroUsd: 300 }));
  await box.decisions.recordOutcome(outcomeOf("req_1"));
  await box.decisions.recordAttempt(attemptOf("req_2"));
  await box.decisions.recordOutcome(outcomeOf("req_2"));
  expect((await reportUsage(reader, "key", 0)).total).toEqual({
    ...NO_ATTEMPT,
    ...{ answered: 2, unpriced: 1, costMicroUsd: 300 },
  });
});

test("only attempts since the given time count, over many pages, and a clock set back for a moment cuts nothing off", async () => {
  const at = (index: number): number => (index === 1_700 ? 0 : index);
  const leaves = Array.from({ length: 2_000 }, (_, index): RecordedLeaf => {
    const time = new Date(at(index)).toISOString();
    return { index, kind: "attempt", requestId: `req_${index}`, attemptNumber: 1, endpointId: "a", time };
  });
  const list = ({ before = Infinity, limit = 50 }) =>
    leaves
      .filter((leaf) => leaf.index < before)
      .slice(-limit)
      .toReversed();
  expect((await reportUsage({ list }, "endpoint", 700)).total.open).toBe(1_299);
});
