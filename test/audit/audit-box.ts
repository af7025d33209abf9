import { onTestFinished } from "vitest";
import { openAuditLog, type AuditLog } from "../../src/audit/audit-log.ts";
import { createDecisionJournal } from "../../src/audit/decision-journal.ts";
import { AUDIT_OPERATIONS } from "../../src/audit/operation-requests.ts";
import { openLeafReader, type RecordedLeaf } from "../../src/audit/read-leaves.ts";
import type { Decision } from "../../src/core/decision.ts";
import { createPermitOffice, type PermitOffice } from "../../src/core/permit.ts";
import type { Principal } from "../../src/core/principal.ts";
import type { AttemptRecord, DecisionJournal, OutcomeRecord } from "../../src/core/records.ts";
import { openJournal, type Journal } from "../../src/journal/journal.ts";
import { createKeyDirectory, type OpenKeyDirectory } from "../../src/ledger/key-directory.ts";
import { createKeyStore, type KeyStore } from "../../src/ledger/key-store.ts";
import { keepOpenReservations, LEDGER_OPERATIONS, reserve, settle } from "../../src/ledger/operation-requests.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Journal, log and ledger of one data folder, wired as a server wires them. */
export interface AuditBox {
  readonly dataDir: string;
  readonly clock: ManualClock;
  readonly journal: Journal;
  readonly log: AuditLog;
  readonly decisions: DecisionJournal;
  readonly keys: KeyStore;
  readonly directory: OpenKeyDirectory;
  readonly office: PermitOffice;
  /** A clean stop. */
  stop(): Promise<void>;
  /** An end without a word, as far as one process can stage it: nothing is written any more. */
  crash(): Promise<void>;
}

export async function openAuditBox(
  dataDir: string,
  clock = new ManualClock(),
  role: "server" | "command" = "server",
): Promise<AuditBox> {
  const journal = await openJournal({ dataDir, operationModules: [AUDIT_OPERATIONS, LEDGER_OPERATIONS] });
  onTestFinished(() => journal.close());
  const server = { facts: { version: "test" }, recovery: [keepOpenReservations(clock.wallMs())] };
  const log = await openAuditLog({ journal, dataDir, clock, ...(role === "server" ? { server } : {}) });
  onTestFinished(() => log.close().catch(() => undefined));
  const office = createPermitOffice();
  const directory = createKeyDirectory({ journal, dataDir, clock });
  onTestFinished(() => directory.close());
  return {
    dataDir,
    clock,
    journal,
    log,
    office,
    directory,
    decisions: createDecisionJournal({
      journal,
      log,
      reservations: { reserve, settle },
      issuePermit: (claims) => office.issue(claims),
      clock,
      dataDir,
      permitTtlMs: 1_000,
    }),
    keys: createKeyStore({ journal, dataDir, clock, leaf: (draft) => log.leaf(draft) }),
    stop: async () => {
      await log.close();
      directory.close();
      await journal.close();
    },
    crash: () => journal.close(),
  };
}

export const PRINCIPAL: Principal = { keyId: "key_test", keyName: "test", role: "inference", tags: ["eu"] };

export function decisionOf(requestId: string, changes: Partial<Decision> = {}): Decision {
  return {
    requestId,
    keyId: PRINCIPAL.keyId,
    requestedModel: "signalbox/nano",
    workload: { class: "interactive", task: "chat", expectedOutputTokens: 200, reasons: ["one short message"] },
    dataClass: "internal",
    policySha256: "ab".repeat(32),
    routeId: "otherwise",
    objective: "balanced",
    candidates: [
      {
        endpointId: "box/signalbox/nano",
        modelId: "signalbox/nano",
        tier: 0,
        prediction: { queueMs: 0, ttftMs: 12.5 },
        score: 0.25,
        reasons: ["in the first tier"],
      },
    ],
    rejected: [{ endpointId: "cloud/large", kind: "constraint", by: "eu-stays", detail: "region is us" }],
    ...changes,
  };
}

export function attemptOf(requestId: string, changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    requestId,
    principal: PRINCIPAL,
    decision: decisionOf(requestId),
    attemptNumber: 1,
    endpointId: "box/signalbox/nano",
    ...changes,
  };
}

export function outcomeOf(requestId: string, changes: Partial<OutcomeRecord> = {}): OutcomeRecord {
  return {
    requestId,
    keyId: PRINCIPAL.keyId,
    attemptNumber: 1,
    endpointId: "box/signalbox/nano",
    result: "answered",
    httpStatus: 200,
    totalMs: 20,
    ...changes,
  };
}

/** Every leaf of a folder's log, in order. */
export function leavesOf(dataDir: string): readonly RecordedLeaf[] {
  const reader = openLeafReader(dataDir);
  try {
    return [...reader.iterate()];
  } finally {
    reader.close();
  }
}
