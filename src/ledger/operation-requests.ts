import type { KeyId } from "../core/ids.ts";
import type { Role } from "../core/principal.ts";
import type { AttemptRecord, OutcomeRecord } from "../core/records.ts";
import type { Operation } from "../journal/operation.ts";

/** The module that registers the ledger's operations, for `openJournal`. */
export const LEDGER_OPERATIONS = new URL("./operations.ts", import.meta.url).href;

/** Money to hold for one attempt. */
export interface ReserveParams {
  readonly requestId: string;
  readonly attemptNumber: number;
  readonly keyId: KeyId;
  readonly team?: string;
  /** Absent: the price is unknown. */
  readonly amountMicroUsd?: number;
  /** The budget as the caller knows it, for a key that is not in the ledger. */
  readonly budgetMicroUsd?: number;
}

/** What an attempt cost. */
export interface SettleParams {
  readonly requestId: string;
  readonly attemptNumber: number;
  readonly keyId: KeyId;
  /** On the wall clock: the day that it counts for. */
  readonly atMs: number;
  /** Absent: unknown, and what was reserved counts as the cost. */
  readonly costMicroUsd?: number;
}

/** When open reservations are turned into costs, on the wall clock. */
export interface KeepOpenParams {
  readonly atMs: number;
}

/** A key to insert, or to replace where `replace` says so. */
export interface InsertKeyParams {
  readonly keyId: KeyId;
  readonly name: string;
  readonly role: Role;
  readonly tags: readonly string[];
  readonly team?: string;
  readonly dataClass?: string;
  readonly weight?: number;
  readonly budgetMicroUsd?: number;
  readonly expiresAtMs?: number;
  readonly createdAtMs: number;
  readonly digest: Uint8Array;
}

/** A further secret for a key; the older ones end. */
export interface RotateParams {
  readonly keyId: KeyId;
  readonly digest: Uint8Array;
  readonly oldValidUntilMs: number;
}

/** An operation that needs no more than the key and a time. */
export interface KeyTimeParams {
  readonly keyId: KeyId;
  readonly atMs: number;
}

/** A team's budget; absent removes it. */
export interface TeamBudgetParams {
  readonly team: string;
  readonly budgetMicroUsd?: number;
}

/** The operation that holds an attempt's money; refuses with `budget_exceeded` or `price_unknown`. */
export function reserve(record: AttemptRecord): Operation {
  const { requestId, attemptNumber, principal, reserveMicroUsd } = record;
  const params: ReserveParams = {
    requestId,
    attemptNumber,
    keyId: principal.keyId,
    ...(principal.team === undefined ? {} : { team: principal.team }),
    ...(reserveMicroUsd === undefined ? {} : { amountMicroUsd: reserveMicroUsd }),
    ...(principal.budgetMicroUsd === undefined ? {} : { budgetMicroUsd: principal.budgetMicroUsd }),
  };
  return { name: "ledger.reserve", params };
}

/** The operation that replaces an attempt's reservation by what it cost. */
export function settle(record: OutcomeRecord, atMs: number): Operation {
  const { requestId, attemptNumber, keyId, costMicroUsd } = record;
  const params: SettleParams = {
    requestId,
    attemptNumber,
    keyId,
    atMs,
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
  };
  return { name: "ledger.settle", params };
}

/** The operation that turns every reservation that a crash left open into a cost. */
export function keepOpenReservations(atMs: number): Operation<{ readonly kept: number }> {
  const params: KeepOpenParams = { atMs };
  return { name: "ledger.keep-open", params };
}

/** Inserts a key; refuses an id that exists. */
export function insertKey(params: InsertKeyParams): Operation {
  return { name: "ledger.insert-key", params };
}

/** Gives a key a new secret; refuses an unknown or revoked one with `not_found`. */
export function rotateSecret(params: RotateParams): Operation {
  return { name: "ledger.rotate-secret", params };
}

/** Ends a key at once; refuses an unknown or revoked one with `not_found`. */
export function endKey(params: KeyTimeParams): Operation {
  return { name: "ledger.revoke-key", params };
}

/** Notes roughly when a key was last used. */
export function touchKey(params: KeyTimeParams): Operation {
  return { name: "ledger.touch-key", params };
}

/** Sets or removes a team's budget. */
export function setTeamBudget(params: TeamBudgetParams): Operation {
  return { name: "ledger.set-team-budget", params };
}
