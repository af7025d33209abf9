import { openAuditLog, type AuditLog } from "../audit/audit-log.ts";
import { createDecisionJournal } from "../audit/decision-journal.ts";
import { AUDIT_OPERATIONS } from "../audit/operation-requests.ts";
import type { Clock } from "../core/clock.ts";
import { createPermitOffice, type PermitOffice } from "../core/permit.ts";
import type { DecisionJournal } from "../core/records.ts";
import { openFeedbackStore, type FeedbackStore } from "../feedback/feedback-store.ts";
import { FEEDBACK_OPERATIONS } from "../feedback/operation-requests.ts";
import { holdDataDir } from "../journal/hold-data-dir.ts";
import { openJournal, type Journal } from "../journal/journal.ts";
import { finishRestore, refusePendingRestore } from "../journal/pending-restore.ts";
import { createKeyDirectory, type OpenKeyDirectory } from "../ledger/key-directory.ts";
import { createKeyStore, type KeyStore } from "../ledger/key-store.ts";
import { keepOpenReservations, LEDGER_OPERATIONS, reserve, settle } from "../ledger/operation-requests.ts";
import { MEASURE_OPERATIONS } from "../measure/operation-requests.ts";
import { PRESET_OPERATIONS } from "../presets/operation-requests.ts";
import { openPresetReader, type PresetReader } from "../presets/preset-reader.ts";

/** The longest that a permit may wait between the record and the connection: as long as a request may wait in a queue. */
const PERMIT_TTL_MS = 10 * 60_000;

/** Everything of this box that is written down. */
export interface Records {
  readonly journal: Journal;
  readonly log: AuditLog;
  readonly decisions: DecisionJournal;
  readonly keys: OpenKeyDirectory;
  readonly keyStore: KeyStore;
  readonly feedback: FeedbackStore;
  readonly presets: PresetReader;
  /** For egress alone. */
  readonly redeemPermit: PermitOffice["redeem"];
  /** For the activation of a configuration alone. */
  readonly issueWatchPermit: PermitOffice["issueWatch"];
  /** Leaves a signed head behind and closes the database. */
  close(): Promise<void>;
}

/** What the records are opened with. */
export interface RecordsOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Present for the server; absent for a command beside it. */
  readonly server?: {
    /** For the leaf that says that the server started. */
    readonly facts: Readonly<Record<string, unknown>>;
    /** Hears of a checkpoint that could not be signed or kept; the log tries again. */
    readonly onCheckpointFailed: (error: unknown) => void;
  };
}

/**
 * Opens the database of `dataDir` with all that lives in it. A server first makes sure that it is the only one, finishes a
 * restore that was interrupted, and ends what a crash left open. Rejects with `audit_unavailable`, or with an Error that says what to do.
 */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  const { dataDir, clock, server } = options;
  const hold = server === undefined ? undefined : holdDataDir(dataDir);
  const closers: (() => void | Promise<void>)[] = hold === undefined ? [] : [() => hold.release()];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    if (server === undefined) refusePendingRestore(dataDir);
    else finishRestore(dataDir);
    const journal = await openJournal({
      dataDir,
      operationModules: [
        AUDIT_OPERATIONS,
        LEDGER_OPERATIONS,
        PRESET_OPERATIONS,
        FEEDBACK_OPERATIONS,
        MEASURE_OPERATIONS,
      ],
    });
    closers.push(() => journal.close());
    const log = await openAuditLog({
      journal,
      dataDir,
      clock,
      ...(server === undefined ? {} : { server: { ...server, recovery: [keepOpenReservations(clock.wallMs())] } }),
    });
    closers.push(() => log.close());
    const keys = createKeyDirectory({ journal, dataDir, clock });
    closers.push(() => keys.close());
    const presets = openPresetReader(dataDir);
    closers.push(() => presets.close());
    const permits = createPermitOffice();
    const decisions = createDecisionJournal({
      journal,
      log,
      reservations: { reserve, settle },
      issuePermit: permits.issue,
      clock,
      dataDir,
      permitTtlMs: PERMIT_TTL_MS,
    });
    const feedback = openFeedbackStore({ journal, leaf: (draft) => log.leaf(draft) });
    const keyStore = createKeyStore({ journal, dataDir, clock, leaf: (draft) => log.leaf(draft) });
    return {
      journal,
      log,
      decisions,
      keys,
      keyStore,
      feedback,
      presets,
      redeemPermit: permits.redeem,
      issueWatchPermit: permits.issueWatch,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
