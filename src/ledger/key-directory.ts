import { existsSync } from "node:fs";
import type { Database } from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { KeyId } from "../core/ids.ts";
import type { Principal, Role } from "../core/principal.ts";
import type { Balance, KeyDirectory, Spend } from "../core/records.ts";
import { openReader } from "../journal/connection.ts";
import type { Journal } from "../journal/journal.ts";
import { isWellFormedSecret, loadSecretDigest, pepperFileOf } from "./key-secret.ts";
import { touchKey } from "./operation-requests.ts";
import { keyScope } from "./schema.ts";
import { periodStarts } from "./spend-periods.ts";

/** How coarsely the last use of a key is known: one write an hour for each key in use, not one for each request. */
const LAST_USED_GRAIN_MS = 3_600_000;

/** A directory of keys that reads the database at every question. */
export interface OpenKeyDirectory extends KeyDirectory {
  close(): void;
}

interface KeyRow {
  readonly keyId: KeyId;
  readonly name: string;
  readonly role: Role;
  readonly team: string | null;
  readonly tags: string;
  readonly dataClass: string | null;
  readonly weight: number | null;
  readonly budgetMicroUsd: number | null;
  readonly lastUsedAtMs: number | null;
  readonly expiresAtMs: number | null;
}

interface PeriodsRow {
  readonly dayMicroUsd: number;
  readonly weekMicroUsd: number;
  readonly monthMicroUsd: number;
}

interface AccountRow {
  readonly limitMicroUsd: number | null;
  readonly settledMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/**
 * Opens the directory of the keys in `journal`'s database. A key that another process made or revoked counts at the next
 * question. What is searched is the secret's HMAC under a pepper that callers don't know, so that the time of a search
 * says nothing about how much of a guess was right. Throws where there are keys without the pepper that they were made with.
 */
export function createKeyDirectory(options: {
  readonly journal: Journal;
  readonly dataDir: string;
  readonly clock: Clock;
}): OpenKeyDirectory {
  const { journal, clock } = options;
  const database = openReader(journal.databaseFile);
  refuseLostPepper(database, options.dataDir);
  const digest = loadSecretDigest(options.dataDir);
  // Two short statements take a third of the time of one that joins the tables.
  const selectKeyId = database
    .prepare<[Buffer, number], KeyId>(
      "SELECT key_id FROM ledger_secret WHERE digest = ? AND coalesce(valid_until_ms > ?, 1)",
    )
    .pluck();
  const selectKey = database.prepare<[KeyId, number], KeyRow>(
    `SELECT key_id AS keyId, name, role, team, tags, data_class AS dataClass, weight, last_used_at_ms AS lastUsedAtMs,
            expires_at_ms AS expiresAtMs,
            (SELECT limit_micro_usd FROM ledger_account WHERE scope = 'key:' || key_id) AS budgetMicroUsd
     FROM ledger_key WHERE key_id = ? AND revoked_at_ms IS NULL AND coalesce(expires_at_ms > ?, 1)`,
  );
  // Keys whose last use is being written; once it is, the row says so itself.
  const beingNoted = new Set<KeyId>();

  const noteUse = ({ keyId, lastUsedAtMs }: KeyRow, nowMs: number): void => {
    if (beingNoted.has(keyId)) return;
    if (lastUsedAtMs !== null && Math.abs(nowMs - lastUsedAtMs) < LAST_USED_GRAIN_MS) return;
    beingNoted.add(keyId);
    journal
      .commit([touchKey({ keyId, atMs: nowMs })])
      .catch(() => {
        // Only a hint for operators; whatever keeps it from being written keeps the request's own record from it too.
      })
      .finally(() => beingNoted.delete(keyId));
  };

  return {
    authenticate(secret) {
      if (!isWellFormedSecret(secret)) return undefined;
      const nowMs = clock.wallMs();
      const keyId = selectKeyId.get(digest(secret), nowMs);
      const row = keyId === undefined ? undefined : selectKey.get(keyId, nowMs);
      if (row === undefined) return undefined;
      noteUse(row, nowMs);
      return toPrincipal(row);
    },
    ...prepareSpend(database, clock),
    close: () => {
      database.close();
    },
  };
}

/** A new pepper in the place of a lost one would silently end every key. */
function refuseLostPepper(database: Database, dataDir: string): void {
  const file = pepperFileOf(dataDir);
  if (existsSync(file) || database.prepare("SELECT 1 FROM ledger_secret LIMIT 1").get() === undefined) return;
  database.close();
  throw new Error(
    `${file} is missing, without which no API key of this box works: put it back from a backup. If it is lost for good, ` +
      `make another (head -c 32 /dev/urandom > ${file}), then new secrets with \`signalbox keys rotate\`.`,
  );
}

/** The questions about money. */
function prepareSpend(database: Database, clock: Clock): Pick<KeyDirectory, "spendOf" | "spendByPeriodOf"> {
  const selectAccount = database.prepare<[string], AccountRow>(
    `SELECT limit_micro_usd AS limitMicroUsd, settled_micro_usd AS settledMicroUsd, reserved_micro_usd AS reservedMicroUsd
     FROM ledger_account WHERE scope = ?`,
  );
  const selectTeamAccount = database.prepare<[KeyId], AccountRow>(
    `SELECT limit_micro_usd AS limitMicroUsd, settled_micro_usd AS settledMicroUsd, reserved_micro_usd AS reservedMicroUsd
     FROM ledger_account
     WHERE scope = (SELECT 'team:' || team FROM ledger_key WHERE key_id = ?) AND limit_micro_usd IS NOT NULL`,
  );
  const selectPeriods = database.prepare<[{ scope: string; day: number; week: number; month: number }], PeriodsRow>(
    `SELECT coalesce(sum(settled_micro_usd) FILTER (WHERE day = $day), 0) AS dayMicroUsd,
            coalesce(sum(settled_micro_usd) FILTER (WHERE day >= $week), 0) AS weekMicroUsd,
            coalesce(sum(settled_micro_usd) FILTER (WHERE day >= $month), 0) AS monthMicroUsd
     FROM ledger_day WHERE scope = $scope AND day BETWEEN min($week, $month) AND $day`,
  );
  const spendOf = (keyId: KeyId): Spend => {
    const team = selectTeamAccount.get(keyId);
    return {
      ...toBalance(selectAccount.get(keyScope(keyId))),
      ...(team === undefined ? {} : { team: toBalance(team) }),
    };
  };
  return {
    spendOf,
    spendByPeriodOf: (keyId) => {
      const periods = selectPeriods.get({ scope: keyScope(keyId), ...periodStarts(clock.wallMs()) });
      return { ...spendOf(keyId), ...periods };
    },
  };
}

function toPrincipal(row: KeyRow): Principal {
  const { keyId, name, role, team, dataClass, weight, budgetMicroUsd, expiresAtMs } = row;
  return {
    keyId,
    keyName: name,
    role,
    tags: JSON.parse(row.tags) as readonly string[],
    ...(team === null ? {} : { team }),
    ...(dataClass === null ? {} : { dataClass }),
    ...(weight === null ? {} : { weight }),
    ...(budgetMicroUsd === null ? {} : { budgetMicroUsd }),
    ...(expiresAtMs === null ? {} : { expiresAtMs }),
  };
}

function toBalance(account: AccountRow | undefined): Balance {
  if (account === undefined) return { settledMicroUsd: 0, reservedMicroUsd: 0 };
  const { limitMicroUsd, settledMicroUsd, reservedMicroUsd } = account;
  return { settledMicroUsd, reservedMicroUsd, ...(limitMicroUsd === null ? {} : { limitMicroUsd }) };
}
