import type { Database } from "better-sqlite3";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { formatReceipt } from "./inclusion-receipt.ts";
import { inclusionProof } from "./merkle-tree.ts";
import { createTreeStore, KIND_OF_BODY, REQUEST_ID_OF_BODY, type TreeStore } from "./tree-store.ts";

/** A recorded leaf: its place in the log and its facts. */
export interface RecordedLeaf {
  readonly index: number;
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** One leaf with what proves it. */
export interface ShownLeaf {
  readonly leaf: RecordedLeaf;
  /** The exact text that was hashed. */
  readonly body: string;
  /** The receipt; absent for a leaf that no checkpoint covers yet. */
  readonly receipt?: string;
}

/** Which leaves to list, newest first. */
export interface LeafQuery {
  /** At most this many; {@link LIST_DEFAULT} when absent, {@link LIST_MAX} at most. */
  readonly limit?: number;
  readonly requestId?: string;
  readonly kind?: string;
  /** Only leaves before this index: the next page. */
  readonly before?: number;
}

/** Leaves of a list that does not say how many it wants. */
export const LIST_DEFAULT = 50;
/** Leaves of one list: what an answer can hold in memory. Longer reading is what `iterate` is for. */
export const LIST_MAX = 10_000;

/** Reads a log, beside whoever writes it. */
export interface LeafReader {
  /** The newest leaves that match, newest first. */
  list(query: LeafQuery): readonly RecordedLeaf[];
  /** One leaf with its receipt; undefined where the log has none at `index`. */
  show(index: number): ShownLeaf | undefined;
  /** Every leaf in order, read as they are taken. The leaves are those at the time of the first. */
  iterate(fromIndex?: number): IterableIterator<RecordedLeaf>;
  /** The newest signed head, as a note; undefined before the first. */
  newestCheckpoint(): string | undefined;
  close(): void;
}

interface LeafRow {
  readonly leafIndex: number;
  readonly body: string;
}

/** Opens the log of a data folder for reading. Throws when there is none. */
export function openLeafReader(dataDir: string): LeafReader {
  const database = openReader(databaseFileOf(dataDir));
  const tree = createTreeStore(database);
  const selectLeaf = database.prepare<[number], LeafRow>(
    "SELECT leaf_index AS leafIndex, body FROM audit_leaf WHERE leaf_index = ?",
  );
  const selectFrom = database.prepare<[number], LeafRow>(
    "SELECT leaf_index AS leafIndex, body FROM audit_leaf WHERE leaf_index >= ? ORDER BY leaf_index",
  );
  return {
    list: (query) => listLeaves(database, query),
    show: (index) =>
      database.transaction(() => {
        const row = selectLeaf.get(index);
        return row === undefined ? undefined : showLeaf(tree, row);
      })(),
    *iterate(fromIndex = 0) {
      for (const row of selectFrom.iterate(fromIndex)) yield toLeaf(row);
    },
    newestCheckpoint: () => tree.newestCheckpoint()?.note,
    close: () => {
      database.close();
    },
  };
}

/** A condition that the query does not ask for holds for every leaf. */
function listLeaves(database: Database, query: LeafQuery): readonly RecordedLeaf[] {
  const conditions = ["leaf_index < @before"];
  if (query.requestId !== undefined) conditions.push(`${REQUEST_ID_OF_BODY} = @requestId`);
  if (query.kind !== undefined) conditions.push(`${KIND_OF_BODY} = @kind`);
  const select = database.prepare<[object], LeafRow>(
    `SELECT leaf_index AS leafIndex, body FROM audit_leaf WHERE ${conditions.join(" AND ")} ORDER BY leaf_index DESC LIMIT @limit`,
  );
  const limit = Math.min(query.limit ?? LIST_DEFAULT, LIST_MAX);
  return select.all({ before: Number.MAX_SAFE_INTEGER, ...query, limit }).map(toLeaf);
}

function showLeaf(tree: TreeStore, row: LeafRow): ShownLeaf {
  const shown = { leaf: toLeaf(row), body: row.body };
  const checkpoint = tree.newestCheckpoint();
  if (checkpoint === undefined || checkpoint.size <= row.leafIndex) return shown;
  const proof = inclusionProof(row.leafIndex, checkpoint.size, tree.readSubtree);
  return { ...shown, receipt: formatReceipt(row.leafIndex, proof, checkpoint.note) };
}

/** A leaf that is not the JSON that was written is shown as such: reading must work on a log that was tampered with. */
function toLeaf({ leafIndex, body }: LeafRow): RecordedLeaf {
  try {
    return { ...(JSON.parse(body) as { readonly kind: string }), index: leafIndex };
  } catch {
    // Not an error of the reader's: `verify` is what reports it.
    return { index: leafIndex, kind: "unreadable", body };
  }
}
