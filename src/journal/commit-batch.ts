import BetterSqlite3 from "better-sqlite3";
import type { Database } from "better-sqlite3";
import type { ErrorCode } from "../core/error-facts.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Operation, OperationModule } from "./operation.ts";

/** What became of one request of a batch. A refusal undid that request alone. */
export type RequestOutcome =
  | { readonly kind: "committed"; readonly results: readonly unknown[] }
  | {
      readonly kind: "refused";
      readonly code: ErrorCode;
      readonly message: string;
      readonly metadata?: Readonly<Record<string, unknown>>;
    };

/**
 * What became of a batch. `busy`: another process held the database for too long, nothing was written, later batches may
 * succeed. `failed`: the disk can't be trusted any more; nothing of the batch may be acknowledged.
 */
export type BatchOutcome =
  | { readonly kind: "committed"; readonly outcomes: readonly RequestOutcome[] }
  | { readonly kind: "busy"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

/** Commits requests together: one transaction, one flush. */
export type BatchCommitter = (requests: readonly (readonly Operation[])[]) => BatchOutcome;

/** SQLite's primary result codes after which nothing that the disk says may be believed until a restart. */
const FATAL_CODES = [
  "SQLITE_IOERR",
  "SQLITE_FULL",
  "SQLITE_CORRUPT",
  "SQLITE_READONLY",
  "SQLITE_NOTADB",
  "SQLITE_CANTOPEN",
  "SQLITE_NOMEM",
  "SQLITE_PROTOCOL",
  "SQLITE_NOLFS",
  "SQLITE_PERM",
];

type RunOperation = (params: never) => unknown;

/**
 * A committer on `database`, whose tables are up to date. Every batch is one immediate transaction with a savepoint for
 * each request, so that a refusal (a spent budget) leaves the others as they are.
 */
export function createBatchCommitter(database: Database, modules: readonly OperationModule[]): BatchCommitter {
  const operations = prepareOperations(database, modules);
  const begin = database.prepare("BEGIN IMMEDIATE");
  const savepoint = database.prepare("SAVEPOINT request");
  const release = database.prepare("RELEASE request");
  const rollbackTo = database.prepare("ROLLBACK TO request");
  const commit = database.prepare("COMMIT");

  const runRequest = (request: readonly Operation[]): RequestOutcome => {
    savepoint.run();
    try {
      const results = request.map((operation) => runOperation(operations, operation));
      release.run();
      return { kind: "committed", results };
    } catch (error) {
      if (isFatal(error)) throw error;
      rollbackTo.run();
      release.run();
      return toRefusal(error);
    }
  };

  return (requests) => {
    try {
      begin.run();
    } catch (error) {
      return isBusy(error)
        ? { kind: "busy", message: messageOf(error) }
        : { kind: "failed", message: messageOf(error) };
    }
    try {
      const outcomes = requests.map(runRequest);
      commit.run();
      return { kind: "committed", outcomes };
    } catch (error) {
      // Whatever ended the transaction, nothing of it may be acknowledged, and a second flush would prove nothing.
      abandon(database);
      return { kind: "failed", message: messageOf(error) };
    }
  };
}

function prepareOperations(database: Database, modules: readonly OperationModule[]): ReadonlyMap<string, RunOperation> {
  const operations = new Map<string, RunOperation>();
  for (const module of modules) {
    for (const [name, factory] of Object.entries(module.operations)) {
      if (operations.has(name)) throw new Error(`Two modules register the operation ${name}.`);
      operations.set(name, factory(database));
    }
  }
  return operations;
}

/** `params` was built by the same module that registered the operation under this name. */
function runOperation(operations: ReadonlyMap<string, RunOperation>, operation: Operation): unknown {
  const run = operations.get(operation.name);
  if (run === undefined) throw new Error(`No module registered the operation ${operation.name}.`);
  return run(operation.params as never);
}

function abandon(database: Database): void {
  try {
    if (database.inTransaction) database.prepare("ROLLBACK").run();
  } catch {
    // The journal is shut after this in any case; what is not committed is not acknowledged.
  }
}

function toRefusal(error: unknown): RequestOutcome {
  if (!(error instanceof SignalboxError)) return { kind: "refused", code: "internal_error", message: messageOf(error) };
  const { metadata } = error.details;
  return { kind: "refused", code: error.code, message: error.message, ...(metadata === undefined ? {} : { metadata }) };
}

function isFatal(error: unknown): boolean {
  if (!(error instanceof BetterSqlite3.SqliteError)) return false;
  return FATAL_CODES.some((code) => error.code === code || error.code.startsWith(`${code}_`));
}

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

function messageOf(error: unknown): string {
  if (error instanceof BetterSqlite3.SqliteError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
