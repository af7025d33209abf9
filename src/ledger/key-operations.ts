/** Keys inside the write transaction. */
import type { Database } from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import type { InsertKeyParams, KeyTimeParams, RotateParams, TeamBudgetParams } from "./operation-requests.ts";
import { keyScope, teamScope } from "./schema.ts";

/** Inserts a key with its first secret and its budget; an id or a secret that exists is a defect. */
export function prepareInsertKey(database: Database): (params: InsertKeyParams) => void {
  const insertKey = database.prepare(
    `INSERT INTO ledger_key (key_id, name, role, team, tags, data_class, weight, created_at_ms, expires_at_ms)
     VALUES (@keyId, @name, @role, @team, @tags, @dataClass, @weight, @createdAtMs, @expiresAtMs)`,
  );
  const insertSecret = prepareInsertSecret(database);
  const setLimit = prepareSetLimit(database);
  return (params) => {
    const { keyId, team = null, dataClass = null, weight = null, expiresAtMs = null, budgetMicroUsd, digest } = params;
    insertKey.run({ ...params, team, dataClass, weight, expiresAtMs, tags: JSON.stringify(params.tags) });
    insertSecret(keyId, digest);
    if (budgetMicroUsd !== undefined) setLimit(keyScope(keyId), budgetMicroUsd);
  };
}

/**
 * Gives a key a further secret; refuses an unknown or revoked one with `not_found`. At most two secrets of a key live at
 * once: the newest, and for the time of grace the one before it.
 */
export function prepareRotateSecret(database: Database): (params: RotateParams) => void {
  const requireActive = prepareRequireActive(database);
  const forgetOlder = database.prepare("DELETE FROM ledger_secret WHERE key_id = ? AND valid_until_ms IS NOT NULL");
  const limitCurrent = database.prepare("UPDATE ledger_secret SET valid_until_ms = ? WHERE key_id = ?");
  const insertSecret = prepareInsertSecret(database);
  return ({ keyId, digest, oldValidUntilMs }) => {
    requireActive(keyId);
    forgetOlder.run(keyId);
    limitCurrent.run(oldValidUntilMs, keyId);
    insertSecret(keyId, digest);
  };
}

/** Ends a key and all its secrets; refuses an unknown or revoked one with `not_found`. */
export function prepareRevokeKey(database: Database): (params: KeyTimeParams) => void {
  const requireActive = prepareRequireActive(database);
  const revoke = database.prepare("UPDATE ledger_key SET revoked_at_ms = ? WHERE key_id = ?");
  return ({ keyId, atMs }) => {
    requireActive(keyId);
    revoke.run(atMs, keyId);
  };
}

/** Notes roughly when a key was last used. */
export function prepareTouchKey(database: Database): (params: KeyTimeParams) => void {
  const touch = database.prepare("UPDATE ledger_key SET last_used_at_ms = ? WHERE key_id = ?");
  return ({ keyId, atMs }) => {
    touch.run(atMs, keyId);
  };
}

/** Sets or removes the budget that all keys of a team have together. */
export function prepareSetTeamBudget(database: Database): (params: TeamBudgetParams) => void {
  const setLimit = prepareSetLimit(database);
  return ({ team, budgetMicroUsd }) => setLimit(teamScope(team), budgetMicroUsd ?? null);
}

function prepareInsertSecret(database: Database): (keyId: string, digest: Uint8Array) => void {
  const insert = database.prepare("INSERT INTO ledger_secret (digest, key_id) VALUES (?, ?)");
  return (keyId, digest) => {
    insert.run(digest, keyId);
  };
}

function prepareSetLimit(database: Database): (scope: string, limitMicroUsd: number | null) => void {
  const upsert = database.prepare(
    `INSERT INTO ledger_account (scope, limit_micro_usd) VALUES (?, ?)
     ON CONFLICT (scope) DO UPDATE SET limit_micro_usd = excluded.limit_micro_usd`,
  );
  return (scope, limitMicroUsd) => {
    upsert.run(scope, limitMicroUsd);
  };
}

function prepareRequireActive(database: Database): (keyId: string) => void {
  const select = database.prepare("SELECT 1 FROM ledger_key WHERE key_id = ? AND revoked_at_ms IS NULL");
  return (keyId) => {
    if (select.get(keyId) === undefined) throw new SignalboxError("not_found", `There is no active key ${keyId}.`);
  };
}
