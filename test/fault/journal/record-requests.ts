/**
 * A server's log in a process of its own, to be killed or starved. Arguments: data folder, requests at once, requests in
 * all. Every line on standard output is an acknowledgement: `<request id> attempt|outcome <index>`, or `refused <code>`.
 */
import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { openAuditLog } from "../../../src/audit/audit-log.ts";
import { createDecisionJournal } from "../../../src/audit/decision-journal.ts";
import { AUDIT_OPERATIONS } from "../../../src/audit/operation-requests.ts";
import { systemClock as clock } from "../../../src/app/system-clock.ts";
import { SignalboxError } from "../../../src/core/errors.ts";
import { createPermitOffice } from "../../../src/core/permit.ts";
import { isErrorWithCode } from "../../../src/journal/data-dir.ts";
import { holdDataDir } from "../../../src/journal/hold-data-dir.ts";
import { openJournal } from "../../../src/journal/journal.ts";
import { keepOpenReservations, LEDGER_OPERATIONS, reserve, settle } from "../../../src/ledger/operation-requests.ts";

const [dataDir = "", outstanding = "1", total = "1"] = process.argv.slice(2);
const RESERVED_MICRO_USD = 100;
const COST_MICRO_USD = 7;
/** Not the process's id: in a long run on one folder the system gives out the same one again. */
const RUN_ID = randomUUID();

/** Waits for a reader that is behind: a line that was not written is no acknowledgement. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if (!isErrorWithCode(error, "EAGAIN")) throw error;
    }
  }
}

async function main(): Promise<void> {
  const hold = holdDataDir(dataDir);
  const journal = await openJournal({ dataDir, operationModules: [AUDIT_OPERATIONS, LEDGER_OPERATIONS] });
  const server = { facts: {}, recovery: [keepOpenReservations(clock.wallMs())] };
  const log = await openAuditLog({ journal, dataDir, clock, server });
  const office = createPermitOffice();
  const decisions = createDecisionJournal({
    ...{ journal, log, reservations: { reserve, settle }, clock, dataDir, permitTtlMs: 1_000 },
    issuePermit: (claims) => office.issue(claims),
  });
  say("opened");
  let left = Number(total);
  const serveRequests = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await recordOne(decisions, `req_${RUN_ID}_${left}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(outstanding) }, serveRequests));
    await log.close();
  } finally {
    // Also after a refusal: else the writer's thread would keep this process, and whoever waits for it, for ever.
    await journal.close();
    hold.release();
  }
}

async function recordOne(decisions: ReturnType<typeof createDecisionJournal>, requestId: string): Promise<void> {
  const keyId = "key_test";
  const decision = {
    ...{ requestId, keyId, requestedModel: "m", dataClass: "internal", policySha256: "", routeId: "r", candidates: [] },
    workload: { class: "batch", task: "test", expectedOutputTokens: 1, reasons: [] },
    objective: "cost",
    rejected: [],
  } as const;
  const principal = { keyId, keyName: "test", role: "inference", tags: [] } as const;
  const common = { requestId, attemptNumber: 1, endpointId: "box/m" };
  const attempt = await decisions.recordAttempt({
    ...common,
    principal,
    decision,
    reserveMicroUsd: RESERVED_MICRO_USD,
  });
  say(`${requestId} attempt ${attempt.auditIndex}`);
  const result = { result: "answered", httpStatus: 200, totalMs: 1, costMicroUsd: COST_MICRO_USD } as const;
  const outcome = await decisions.recordOutcome({ ...common, ...result, keyId });
  say(`${requestId} outcome ${outcome.auditIndex}`);
}

main().catch((error: unknown) => {
  say(`refused ${error instanceof SignalboxError ? error.code : String(error)}`);
  process.exitCode = 1;
});
