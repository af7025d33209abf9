import { randomUUID } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { SignalboxError } from "../core/errors.ts";
import { openReader } from "../journal/connection.ts";
import type { Journal } from "../journal/journal.ts";
import type { Operation } from "../journal/operation.ts";
import { loadSigningKey } from "./audit-keys.ts";
import { signCheckpoint, type TreeHead } from "./checkpoint.ts";
import { writeCheckpointFile } from "./checkpoint-file.ts";
import { watchClock } from "./clock-watch.ts";
import { encodeLeaf, type LeafDraft, type LeafStamp } from "./leaf.ts";
import {
  appendLeaf,
  openLog,
  recoverAttempts,
  storeCheckpoint,
  type AppendedLeaf,
  type AttemptChange,
} from "./operation-requests.ts";
import { rootOf } from "./merkle-tree.ts";
import type { NoteSigner } from "./signed-note.ts";
import { createTreeStore, type TreeStore } from "./tree-store.ts";
import { verifyLog } from "./verify-log.ts";

/** A checkpoint is signed when this many leaves, or this much time with any leaf, have passed since the last. */
const CHECKPOINT_LEAVES = 1_000;
const CHECKPOINT_INTERVAL_MS = 60_000;
/** How often the log looks whether a checkpoint is due. */
const CHECKPOINT_CHECK_MS = 1_000;
/** Leaves that a start rehashes, at about 5 µs each; older ones are left to `signalbox audit verify`. */
const START_CHECK_LEAVES = 100_000;

/** The audit log of one process. */
export interface AuditLog {
  /** The public key, for whoever will verify the log. */
  readonly vkey: string;
  /** The operation that appends a leaf: commit it together with whatever must be true exactly when the leaf is there. */
  leaf(draft: LeafDraft, attempt?: AttemptChange): Operation<AppendedLeaf>;
  /** Appends one leaf alone, durably. */
  append(draft: LeafDraft): Promise<AppendedLeaf>;
  /**
   * Signs the head as it is now, keeps it in the database and in the file beside it, and answers the note. Rejects with
   * `audit_unavailable`, and signs nothing, when the log does not extend the head that this process signed last.
   */
  checkpoint(): Promise<string>;
  /** Leaves a signed head behind; a server also says that it closed. The journal stays open. */
  close(): Promise<void>;
}

/** What an audit log is opened with. */
export interface AuditLogOptions {
  readonly journal: Journal;
  readonly dataDir: string;
  readonly clock: Clock;
  /**
   * Present for the one process that serves: it ends what a crash left open, records its start and its stop, and signs
   * checkpoints as it goes. Absent for a command beside it.
   */
  readonly server?: {
    /** Facts of the leaf `log.started`, for example the program's version. */
    readonly facts: Readonly<Record<string, unknown>>;
    /** Operations to commit together with the recovery, such as keeping reservations that nobody will settle. */
    readonly recovery: readonly Operation[];
    /** Told when a checkpoint that was due could not be signed; the next is tried a second later. */
    readonly onCheckpointFailed?: (error: unknown) => void;
  };
}

/**
 * Opens the log of `dataDir`. Rejects with `audit_unavailable` when the log does not extend its last checkpoint: whoever
 * appended to it now would sign what somebody else has changed. Then nothing but `signalbox audit verify` may go on, and a
 * person has to look.
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { journal, dataDir } = options;
  const signer = loadSigningKey(dataDir);
  const reader = openReader(journal.databaseFile);
  try {
    await refuseBrokenLog(dataDir, signer, createTreeStore(reader));
    const log = new ProcessAuditLog(options, signer, reader);
    await log.start();
    return log;
  } catch (error) {
    reader.close();
    throw error;
  }
}

async function refuseBrokenLog(dataDir: string, signer: NoteSigner, tree: TreeStore): Promise<void> {
  const fromIndex = Math.min(tree.newestCheckpoint()?.size ?? 0, Math.max(0, tree.size() - START_CHECK_LEAVES));
  const report = await verifyLog({ source: { dataDir }, vkey: signer.vkey, fromIndex });
  if (report.ok) return;
  throw new SignalboxError(
    "audit_unavailable",
    `The audit log in ${dataDir} is not what was signed: ${report.problem ?? "unknown problem"}. Nothing is served from it. ` +
      "`signalbox audit verify` shows more; restore a backup, or move the folder away to begin a new log.",
    { metadata: { firstBadIndex: report.firstBadIndex } },
  );
}

class ProcessAuditLog implements AuditLog {
  readonly vkey: string;
  readonly #options: AuditLogOptions;
  readonly #signer: NoteSigner;
  readonly #reader: Database;
  readonly #tree: TreeStore;
  readonly #clockStep: ReturnType<typeof watchClock>;
  readonly #runId = randomUUID();
  /** The head that the next checkpoint has to extend, and when it was found to be right. */
  #signed: TreeHead & { readonly atMs: number };
  #cancelCheck = (): void => {};
  #closed = false;

  constructor(options: AuditLogOptions, signer: NoteSigner, reader: Database) {
    this.vkey = signer.vkey;
    this.#options = options;
    this.#signer = signer;
    this.#reader = reader;
    this.#tree = createTreeStore(reader);
    this.#clockStep = watchClock(options.clock);
    const size = this.#tree.newestCheckpoint()?.size ?? 0;
    this.#signed = { size, root: rootOf(size, this.#tree.readSubtree), atMs: options.clock.monotonicMs() };
  }

  async start(): Promise<void> {
    const { journal, server } = this.#options;
    const first: LeafDraft = { kind: "log.created", origin: this.#signer.name, vkey: this.#signer.vkey };
    const [{ created }] = await journal.commit([openLog({ body: encodeLeaf(first, this.#stamp()) })]);
    if (created) await this.checkpoint();
    if (server === undefined) return;
    const [{ recovered }] = await journal.commit([recoverAttempts({ stamp: this.#stamp() }), ...server.recovery]);
    await this.append({ ...server.facts, kind: "log.started", vkey: this.#signer.vkey, recoveredAttempts: recovered });
    await this.checkpoint();
    this.#scheduleCheck();
  }

  leaf(draft: LeafDraft, attempt?: AttemptChange): Operation<AppendedLeaf> {
    const step = this.#clockStep();
    if (step !== undefined) this.#recordStep(step.stepMs);
    return appendLeaf({ body: encodeLeaf(draft, this.#stamp()), ...(attempt === undefined ? {} : { attempt }) });
  }

  async append(draft: LeafDraft): Promise<AppendedLeaf> {
    const [appended] = await this.#options.journal.commit([this.leaf(draft)]);
    return appended;
  }

  async checkpoint(): Promise<string> {
    const head = this.#readExtendedHead();
    const note = signCheckpoint(head, this.#signer);
    await this.#options.journal.commit([storeCheckpoint({ size: head.size, note })]);
    await writeCheckpointFile(this.#options.dataDir, note);
    if (head.size >= this.#signed.size) this.#signed = { ...head, atMs: this.#options.clock.monotonicMs() };
    return note;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelCheck();
    try {
      if (!this.#options.journal.isWritable()) return;
      if (this.#options.server !== undefined) await this.append({ kind: "log.closed" });
      if (this.#tree.size() > this.#signed.size) await this.checkpoint();
    } finally {
      this.#reader.close();
    }
  }

  /** Size and root of one instant (other processes append meanwhile), with the head signed last still in it. */
  #readExtendedHead(): TreeHead {
    const { size, root } = this.#signed;
    const read = this.#reader.transaction(() => {
      const head = this.#tree.head();
      const extended = head.size >= size && Buffer.from(rootOf(size, this.#tree.readSubtree)).equals(root);
      return extended ? head : undefined;
    });
    const head = read();
    if (head !== undefined) return head;
    const message = `The first ${size} leaves of the audit log have changed since they were signed; nothing more is signed.`;
    throw new SignalboxError("audit_unavailable", message);
  }

  #stamp(): LeafStamp {
    const { clock } = this.#options;
    return {
      time: new Date(clock.wallMs()).toISOString(),
      monotonicMs: Math.round(clock.monotonicMs()),
      runId: this.#runId,
    };
  }

  #recordStep(stepMs: number): void {
    const body = encodeLeaf({ kind: "clock.step", stepMs }, this.#stamp());
    this.#options.journal.commit([appendLeaf({ body })]).catch(() => {
      // A journal that can't write refuses the leaf that noticed the step as well, and that one is awaited.
    });
  }

  #scheduleCheck(): void {
    this.#cancelCheck = this.#options.clock.after(CHECKPOINT_CHECK_MS, () => {
      this.#checkpointIfDue()
        .catch((error: unknown) => this.#options.server?.onCheckpointFailed?.(error))
        .finally(() => {
          if (!this.#closed) this.#scheduleCheck();
        });
    });
  }

  async #checkpointIfDue(): Promise<void> {
    const newLeaves = this.#tree.size() - this.#signed.size;
    const elapsedMs = this.#options.clock.monotonicMs() - this.#signed.atMs;
    if (newLeaves >= CHECKPOINT_LEAVES || (newLeaves > 0 && elapsedMs >= CHECKPOINT_INTERVAL_MS))
      await this.checkpoint();
  }
}
