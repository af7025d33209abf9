import type { KeyId } from "../core/ids.ts";
import type { Role } from "../core/principal.ts";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";

/** One key as an operator sees it. Holds no secret. Times are milliseconds since the Unix epoch. */
export interface ListedKey {
  readonly keyId: KeyId;
  readonly name: string;
  readonly role: Role;
  readonly tags: readonly string[];
  readonly team?: string;
  readonly dataClass?: string;
  /** Absent: its team's, or 1. */
  readonly weight?: number;
  readonly state: "active" | "expired" | "revoked";
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
  /** To the hour. */
  readonly lastUsedAtMs?: number;
  readonly budgetMicroUsd?: number;
  readonly settledMicroUsd: number;
  readonly reservedMicroUsd: number;
}

interface ListedRow {
  readonly tags: string;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** Every key of a data folder, oldest first, with the state that it has at `nowMs`. */
export function listKeys(dataDir: string, nowMs: number): readonly ListedKey[] {
  const database = openReader(databaseFileOf(dataDir));
  try {
    const rows = database
      .prepare<[], ListedRow>(
        `SELECT key_id AS keyId, name, role, team, tags, data_class AS dataClass, weight, created_at_ms AS createdAtMs,
                expires_at_ms AS expiresAtMs, revoked_at_ms AS revokedAtMs, last_used_at_ms AS lastUsedAtMs,
                limit_micro_usd AS budgetMicroUsd, coalesce(settled_micro_usd, 0) AS settledMicroUsd,
                coalesce(reserved_micro_usd, 0) AS reservedMicroUsd
         FROM ledger_key LEFT JOIN ledger_account ON scope = 'key:' || key_id ORDER BY created_at_ms, key_id`,
      )
      .all();
    return rows.map((row) => toListedKey(row, nowMs));
  } finally {
    database.close();
  }
}

/** Whether `digest` is that of the newest secret of a key. */
export function isNewestSecret(dataDir: string, keyId: KeyId, digest: Buffer): boolean {
  const database = openReader(databaseFileOf(dataDir));
  try {
    const select = database.prepare(
      "SELECT 1 FROM ledger_secret WHERE digest = ? AND key_id = ? AND valid_until_ms IS NULL",
    );
    return select.get(digest, keyId) !== undefined;
  } finally {
    database.close();
  }
}

/** A column without a value is unknown, and becomes an absent property. */
function toListedKey(row: ListedRow, nowMs: number): ListedKey {
  const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return {
    ...known,
    tags: JSON.parse(row.tags) as readonly string[],
    state: stateOf(row, nowMs),
  } as unknown as ListedKey;
}

function stateOf(row: ListedRow, nowMs: number): ListedKey["state"] {
  if (row.revokedAtMs !== null) return "revoked";
  return row.expiresAtMs !== null && row.expiresAtMs <= nowMs ? "expired" : "active";
}
