import type { Clock } from "../core/clock.ts";
import type { PermitOffice } from "../core/permit.ts";
import type { AttemptRecord, DecisionJournal, OutcomeRecord } from "../core/records.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { loadPseudonymKey } from "./audit-keys.ts";
import type { AuditLog } from "./audit-log.ts";
import { attemptDraft, jointDraft, outcomeDraft, refusalDraft } from "./leaf-drafts.ts";

/** The ledger's side of a record: operations to commit together with its leaf. */
export interface ReservationOperations {
  /** Holds the money of an attempt, or refuses it with `budget_exceeded` or `price_unknown`. */
  reserve(record: AttemptRecord): Operation;
  /** Replaces what was held by what the attempt cost, or keeps it where that is unknown. */
  settle(record: OutcomeRecord, atMs: number): Operation;
}

/** What a decision journal is made of. */
export interface DecisionJournalOptions {
  readonly journal: Journal;
  readonly log: AuditLog;
  readonly reservations: ReservationOperations;
  readonly issuePermit: PermitOffice["issue"];
  readonly clock: Clock;
  readonly dataDir: string;
  /** How long a permit may wait for a slot and a connection. */
  readonly permitTtlMs: number;
}

/** The durable record of every decision: its leaf and its money in one commit, and a permit only after it. */
export function createDecisionJournal(options: DecisionJournalOptions): DecisionJournal {
  const { journal, log, reservations, issuePermit, clock, permitTtlMs } = options;
  const pseudonymKey = loadPseudonymKey(options.dataDir);
  return {
    async recordAttempt(record) {
      const { requestId, attemptNumber, endpointId, destination } = record;
      const { keyId } = record.principal;
      const leaf = log.leaf(attemptDraft(record, pseudonymKey), {
        change: "opened",
        requestId,
        attemptNumber,
        keyId,
        endpointId,
      });
      const [, { auditIndex }] = await journal.commit([reservations.reserve(record), leaf]);
      if (destination === undefined) return { auditIndex };
      const expiresAtMs = clock.monotonicMs() + permitTtlMs;
      return { auditIndex, permit: issuePermit({ requestId, auditIndex, destination, expiresAtMs }) };
    },

    async recordOutcome(record) {
      const { requestId, attemptNumber } = record;
      const leaf = log.leaf(outcomeDraft(record), { change: "closed", requestId, attemptNumber });
      const [, appended] = await journal.commit([reservations.settle(record, clock.wallMs()), leaf]);
      return appended;
    },

    recordRefusal: (record) => log.append(refusalDraft(record, pseudonymKey)),
    recordJoint: (record) => log.append(jointDraft(record, pseudonymKey)),
    recordJointOutcome: (record) => log.append({ ...record, kind: "joint.outcome" }),
    isWritable: () => journal.isWritable(),
  };
}
