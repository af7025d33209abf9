/** The audit log's part of the writer: runs in its thread, inside the write transaction. */
import type { Database } from "better-sqlite3";
import type { OperationModule, Schema } from "../journal/operation.ts";
import { encodeLeaf, type LeafStamp } from "./leaf.ts";
import type {
  AppendedLeaf,
  AppendParams,
  CheckpointParams,
  OpenLogParams,
  RecoverParams,
} from "./operation-requests.ts";
import { completeSubtrees, hashLeaf } from "./merkle-tree.ts";
import { createTreeStore, KIND_OF_BODY, REQUEST_ID_OF_BODY } from "./tree-store.ts";

/**
 * `audit_leaf` is the log, `audit_node` the hash of every complete subtree. Leaves are found by their content through
 * indexes on expressions: a column beside the leaf could say something else than the leaf.
 */
const schema: Schema = {
  part: "audit",
  steps: [
    `CREATE TABLE audit_leaf (leaf_index INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
     CREATE INDEX audit_leaf_request ON audit_leaf (${REQUEST_ID_OF_BODY});
     CREATE INDEX audit_leaf_kind ON audit_leaf (${KIND_OF_BODY});
     CREATE TABLE audit_node (
       level INTEGER NOT NULL,
       position INTEGER NOT NULL,
       hash BLOB NOT NULL,
       PRIMARY KEY (level, position)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE audit_checkpoint (tree_size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
     CREATE TABLE audit_open_attempt (
       request_id TEXT NOT NULL,
       attempt_number INTEGER NOT NULL,
       key_id TEXT NOT NULL,
       endpoint_id TEXT NOT NULL,
       leaf_index INTEGER NOT NULL,
       PRIMARY KEY (request_id, attempt_number)
     ) STRICT, WITHOUT ROWID;`,
  ],
};

/** Appends a leaf at the end of the tree, as the transaction sees it: other processes append too. */
function createAppender(database: Database): (body: string) => number {
  const { size, readSubtree } = createTreeStore(database);
  const insertLeaf = database.prepare("INSERT INTO audit_leaf (leaf_index, body) VALUES (?, ?)");
  const insertNode = database.prepare("INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)");
  return (body) => {
    const index = size();
    insertLeaf.run(index, body);
    for (const { level, position, hash } of completeSubtrees(index, hashLeaf(Buffer.from(body)), readSubtree)) {
      insertNode.run(level, position, hash);
    }
    return index;
  };
}

function prepareAppend(database: Database): (params: AppendParams) => AppendedLeaf {
  const append = createAppender(database);
  const open = database.prepare(
    "INSERT INTO audit_open_attempt (request_id, attempt_number, key_id, endpoint_id, leaf_index) VALUES (?, ?, ?, ?, ?)",
  );
  const close = database.prepare("DELETE FROM audit_open_attempt WHERE request_id = ? AND attempt_number = ?");
  return ({ body, attempt }) => {
    const auditIndex = append(body);
    if (attempt?.change === "opened") {
      open.run(attempt.requestId, attempt.attemptNumber, attempt.keyId, attempt.endpointId, auditIndex);
    } else if (attempt !== undefined) {
      close.run(attempt.requestId, attempt.attemptNumber);
    }
    return { auditIndex };
  };
}

/** The log's first leaf, unless there is one: it names the key that signs the log. */
function prepareOpenLog(database: Database): (params: OpenLogParams) => { readonly created: boolean } {
  const append = createAppender(database);
  const selectFirst = database.prepare("SELECT 1 FROM audit_leaf LIMIT 1");
  return ({ body }) => {
    if (selectFirst.get() !== undefined) return { created: false };
    append(body);
    return { created: true };
  };
}

interface OpenAttemptRow {
  readonly requestId: string;
  readonly attemptNumber: number;
  readonly keyId: string;
  readonly endpointId: string;
  readonly attemptIndex: number;
}

/** An outcome leaf for every attempt that a crash left open: nobody knows how it ended. */
function prepareRecover(database: Database): (params: RecoverParams) => { readonly recovered: number } {
  const append = createAppender(database);
  const selectOpen = database.prepare<[], OpenAttemptRow>(
    `SELECT request_id AS requestId, attempt_number AS attemptNumber, key_id AS keyId, endpoint_id AS endpointId,
            leaf_index AS attemptIndex FROM audit_open_attempt ORDER BY leaf_index`,
  );
  const forget = database.prepare("DELETE FROM audit_open_attempt");
  return ({ stamp }) => {
    const open = selectOpen.all();
    for (const attempt of open) append(encodeUnknownOutcome(attempt, stamp));
    forget.run();
    return { recovered: open.length };
  };
}

function encodeUnknownOutcome(attempt: OpenAttemptRow, stamp: LeafStamp): string {
  return encodeLeaf({ kind: "outcome", ...attempt, result: "unknown_after_crash" }, stamp);
}

function prepareStoreCheckpoint(database: Database): (params: CheckpointParams) => void {
  const insert = database.prepare("INSERT OR IGNORE INTO audit_checkpoint (tree_size, note) VALUES (?, ?)");
  return ({ size, note }) => {
    insert.run(size, note);
  };
}

/** What the writer registers for the audit log. */
export const operationModule: OperationModule = {
  schema,
  operations: {
    "audit.append": prepareAppend,
    "audit.open-log": prepareOpenLog,
    "audit.recover": prepareRecover,
    "audit.store-checkpoint": prepareStoreCheckpoint,
  },
};
