/** Money inside the write transaction: reservations and the balances that they add up to. */
import type { Database } from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import type { KeepOpenParams, ReserveParams, SettleParams } from "./operation-requests.ts";
import { keyScope, teamScope } from "./schema.ts";
import { dayOf } from "./spend-periods.ts";
import { toUsd } from "../core/money.ts";

/** The most that one attempt may hold or cost, one million USD: a larger amount is a fault, and sums stay exact below it. */
const AMOUNT_MICRO_USD_MAX = 1_000_000_000_000;

interface AccountRow {
  readonly limit: number | null;
  readonly settled: number;
  readonly reserved: number;
}

interface ReservationRow {
  readonly keyId: string;
  readonly team: string | null;
  readonly reserved: number;
}

/**
 * Holds an attempt's money in every account that it counts for, or refuses it: at no instant are settled and reserved
 * together more than a limit, except by what an answer cost over its reservation.
 */
export function prepareReserve(database: Database): (params: ReserveParams) => void {
  const selectAccount = database.prepare<[string], AccountRow>(
    "SELECT limit_micro_usd AS 'limit', settled_micro_usd AS settled, reserved_micro_usd AS reserved FROM ledger_account WHERE scope = ?",
  );
  const insert = database.prepare(
    "INSERT INTO ledger_reservation (request_id, attempt_number, key_id, team, reserved_micro_usd, state) VALUES (?, ?, ?, ?, ?, 'open')",
  );
  const openAccount = database.prepare("INSERT OR IGNORE INTO ledger_account (scope) VALUES (?)");
  const move = prepareMove(database);
  return (params) => {
    const { requestId, attemptNumber, keyId, team, amountMicroUsd } = params;
    if (amountMicroUsd !== undefined && !isAmount(amountMicroUsd)) {
      throw new RangeError(`${amountMicroUsd} micro-USD is not an amount that can be reserved.`);
    }
    for (const scope of scopesOf(keyId, team ?? null)) {
      const account = selectAccount.get(scope) ?? EMPTY_ACCOUNT;
      const fallbackLimit = scope === keyScope(keyId) ? params.budgetMicroUsd : undefined;
      refuseOverLimit(scope, account, account.limit ?? fallbackLimit, amountMicroUsd);
    }
    if (amountMicroUsd === undefined) return;
    insert.run(requestId, attemptNumber, keyId, team ?? null, amountMicroUsd);
    for (const scope of scopesOf(keyId, team ?? null)) {
      openAccount.run(scope);
      move(scope, 0, amountMicroUsd);
    }
  };
}

/** Ends an open reservation: `settled` at its true cost, or `kept` as the cost where that is unknown or no amount. */
export function prepareSettle(database: Database): (params: SettleParams) => void {
  const selectOpen = database.prepare<[string, number], ReservationRow>(
    `SELECT key_id AS keyId, team, reserved_micro_usd AS reserved FROM ledger_reservation
     WHERE request_id = ? AND attempt_number = ? AND state = 'open'`,
  );
  const close = database.prepare(
    "UPDATE ledger_reservation SET state = ?, cost_micro_usd = ? WHERE request_id = ? AND attempt_number = ?",
  );
  const addToDay = database.prepare(
    `INSERT INTO ledger_day (scope, day, settled_micro_usd) VALUES (?, ?, ?)
     ON CONFLICT (scope, day) DO UPDATE SET settled_micro_usd = settled_micro_usd + excluded.settled_micro_usd`,
  );
  const move = prepareMove(database);
  return ({ requestId, attemptNumber, costMicroUsd, atMs }) => {
    const open = selectOpen.get(requestId, attemptNumber);
    if (open === undefined) return;
    const known = costMicroUsd !== undefined && isAmount(costMicroUsd);
    const cost = known ? costMicroUsd : open.reserved;
    close.run(known ? "settled" : "kept", cost, requestId, attemptNumber);
    for (const scope of scopesOf(open.keyId, open.team)) {
      move(scope, cost, -open.reserved);
      if (cost > 0) addToDay.run(scope, dayOf(atMs), cost);
    }
  };
}

/** Keeps every open reservation as a cost: after a crash nobody knows what its attempt has cost. */
export function prepareKeepOpen(database: Database): (params: KeepOpenParams) => { readonly kept: number } {
  const selectOpen = database.prepare<[], Omit<SettleParams, "atMs">>(
    `SELECT request_id AS requestId, attempt_number AS attemptNumber, key_id AS keyId FROM ledger_reservation
     WHERE state = 'open'`,
  );
  const settle = prepareSettle(database);
  return ({ atMs }) => {
    const open = selectOpen.all();
    for (const reservation of open) settle({ ...reservation, atMs });
    return { kept: open.length };
  };
}

const EMPTY_ACCOUNT: AccountRow = { limit: null, settled: 0, reserved: 0 };

function prepareMove(database: Database): (scope: string, settledDelta: number, reservedDelta: number) => void {
  const update = database.prepare(
    `UPDATE ledger_account SET settled_micro_usd = settled_micro_usd + ?, reserved_micro_usd = reserved_micro_usd + ?
     WHERE scope = ?`,
  );
  return (scope, settledDelta, reservedDelta) => {
    update.run(settledDelta, reservedDelta, scope);
  };
}

function scopesOf(keyId: string, team: string | null): readonly string[] {
  return team === null ? [keyScope(keyId)] : [keyScope(keyId), teamScope(team)];
}

/** A negative or NaN cost would be a credit, and 1e308 would end all spending; none of them is what an answer cost. */
function isAmount(microUsd: number): boolean {
  return Number.isInteger(microUsd) && microUsd >= 0 && microUsd <= AMOUNT_MICRO_USD_MAX;
}

function refuseOverLimit(
  scope: string,
  account: AccountRow,
  limit: number | undefined,
  amount: number | undefined,
): void {
  if (limit === undefined) return;
  if (amount === undefined) {
    throw new SignalboxError("price_unknown", `The model has no known price, and ${scope} has a budget.`, {
      metadata: { scope },
    });
  }
  const remaining = limit - account.settled - account.reserved;
  if (amount <= remaining) return;
  throw new SignalboxError(
    "budget_exceeded",
    `The request may cost up to ${formatUsd(amount)}, and ${scope} has ${formatUsd(Math.max(0, remaining))} left of ${formatUsd(limit)}.`,
    { metadata: { scope, limitMicroUsd: limit, remainingMicroUsd: Math.max(0, remaining), requestedMicroUsd: amount } },
  );
}

function formatUsd(microUsd: number): string {
  return `$${toUsd(microUsd).toFixed(6)}`;
}
