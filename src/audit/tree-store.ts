import type { Database } from "better-sqlite3";
import { rootOf, type ReadSubtree } from "./merkle-tree.ts";
import type { TreeHead } from "./checkpoint.ts";

/** A leaf's request, in SQL; the expression of an index. A body that is no JSON (it was tampered with) has none. */
export const REQUEST_ID_OF_BODY = "CASE WHEN json_valid(body) THEN body ->> '$.requestId' END";
/** A leaf's kind, in SQL; the expression of an index. */
export const KIND_OF_BODY = "CASE WHEN json_valid(body) THEN body ->> '$.kind' END";

/** The stored tree, for reading: by the writer inside its transaction, and by whoever proves something. The verifier has its own. */
export interface TreeStore {
  readonly readSubtree: ReadSubtree;
  /** How many leaves the log has. */
  readonly size: () => number;
  /** The head of the whole tree. Reads several rows: run it in a transaction. */
  head(): TreeHead;
  /** The newest checkpoint, or undefined before the first. */
  newestCheckpoint(): { readonly size: number; readonly note: string } | undefined;
}

/** The tree in `database`; statements are prepared once. */
export function createTreeStore(database: Database): TreeStore {
  const selectLast = database.prepare<[], number | null>("SELECT max(leaf_index) FROM audit_leaf").pluck();
  const selectNode = database
    .prepare<[number, number], Buffer>("SELECT hash FROM audit_node WHERE level = ? AND position = ?")
    .pluck();
  const selectNewest = database.prepare<[], { size: number; note: string }>(
    "SELECT tree_size AS size, note FROM audit_checkpoint ORDER BY tree_size DESC LIMIT 1",
  );
  const readSubtree: ReadSubtree = (level, position) => {
    const hash = selectNode.get(level, position);
    if (hash === undefined)
      throw new Error(`The audit tree lacks the node ${level}/${position}; \`signalbox audit verify\` tells more.`);
    return hash;
  };
  const size = (): number => (selectLast.get() ?? -1) + 1;
  return {
    readSubtree,
    size,
    head: () => {
      const leaves = size();
      return { size: leaves, root: rootOf(leaves, readSubtree) };
    },
    newestCheckpoint: () => selectNewest.get(),
  };
}
