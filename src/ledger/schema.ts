import type { Schema } from "../journal/operation.ts";

/**
 * Keys, their secrets, and money. `ledger_account` holds the running balance of every scope (`key:<id>`, `team:<name>`),
 * changed only together with the reservations that it sums. `ledger_day` holds what was settled on each day (counted in
 * days since the Unix epoch, UTC): for reports; limits never depend on it, because the wall clock may jump.
 */
export const ledgerSchema: Schema = {
  part: "ledger",
  steps: [
    `CREATE TABLE ledger_key (
       key_id TEXT PRIMARY KEY,
       name TEXT NOT NULL,
       role TEXT NOT NULL,
       team TEXT,
       tags TEXT NOT NULL,
       data_class TEXT,
       created_at_ms INTEGER NOT NULL,
       expires_at_ms INTEGER,
       revoked_at_ms INTEGER,
       last_used_at_ms INTEGER
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE ledger_secret (
       digest BLOB PRIMARY KEY,
       key_id TEXT NOT NULL,
       valid_until_ms INTEGER
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX ledger_secret_key ON ledger_secret (key_id);
     CREATE TABLE ledger_account (
       scope TEXT PRIMARY KEY,
       limit_micro_usd INTEGER CHECK (limit_micro_usd >= 0),
       settled_micro_usd INTEGER NOT NULL DEFAULT 0 CHECK (settled_micro_usd >= 0),
       reserved_micro_usd INTEGER NOT NULL DEFAULT 0 CHECK (reserved_micro_usd >= 0)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE ledger_reservation (
       request_id TEXT NOT NULL,
       attempt_number INTEGER NOT NULL,
       key_id TEXT NOT NULL,
       team TEXT,
       reserved_micro_usd INTEGER NOT NULL CHECK (reserved_micro_usd >= 0),
       cost_micro_usd INTEGER CHECK (cost_micro_usd >= 0),
       state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'kept')),
       PRIMARY KEY (request_id, attempt_number)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX ledger_reservation_open ON ledger_reservation (state) WHERE state = 'open';`,
    `CREATE TABLE ledger_day (
       scope TEXT NOT NULL,
       day INTEGER NOT NULL,
       settled_micro_usd INTEGER NOT NULL,
       PRIMARY KEY (scope, day)
     ) STRICT, WITHOUT ROWID;`,
    "ALTER TABLE ledger_key ADD COLUMN weight REAL CHECK (weight > 0);",
  ],
};

/** The account of one key. */
export function keyScope(keyId: string): string {
  return `key:${keyId}`;
}

/** The account of one team, over all its keys. */
export function teamScope(team: string): string {
  return `team:${team}`;
}
