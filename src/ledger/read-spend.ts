import type { KeyId } from "../core/ids.ts";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { keyScope } from "./schema.ts";

/** What one key has spent and holds, in micro-USD, read beside whoever writes. Throws where the folder has no database. */
export function readSpentMicroUsd(dataDir: string, keyId: KeyId): number {
  const database = openReader(databaseFileOf(dataDir));
  try {
    const select = database
      .prepare<[string], number>("SELECT settled_micro_usd + reserved_micro_usd FROM ledger_account WHERE scope = ?")
      .pluck();
    return select.get(keyScope(keyId)) ?? 0;
  } finally {
    database.close();
  }
}
