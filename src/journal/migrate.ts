import type { Database } from "better-sqlite3";
import type { Schema } from "./operation.ts";

const VERSIONS_TABLE = `CREATE TABLE IF NOT EXISTS journal_schema (
  part TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID`;

/**
 * Brings the tables of every part to the version that this program knows. Each step and its number are one transaction,
 * so that a process killed in between leaves the old version or the new one, and the next start goes on from there.
 * Throws, before changing anything, when any part was written by a newer program.
 */
export function migrate(database: Database, schemas: readonly Schema[]): void {
  database.transaction(() => database.exec(VERSIONS_TABLE)).immediate();
  for (const schema of schemas) refuseNewerSchema(schema, versionOf(database, schema.part));
  for (const schema of schemas) {
    for (let target = 1; target <= schema.steps.length; target += 1) takeStep(database, schema, target);
  }
}

/** The version that a part's tables have; 0 before its first step. */
export function versionOf(database: Database, part: string): number {
  const version = database.prepare("SELECT version FROM journal_schema WHERE part = ?").pluck().get(part);
  return typeof version === "number" ? version : 0;
}

function refuseNewerSchema(schema: Schema, found: number): void {
  if (found <= schema.steps.length) return;
  throw new Error(
    `The database was written by a newer Signalbox: ${schema.part} has version ${found}, this program knows up to ` +
      `${schema.steps.length}. Start the newer version, or restore a backup made before the upgrade.`,
  );
}

/** The version is read again inside the transaction: another process may have taken the step in the meantime. */
function takeStep(database: Database, schema: Schema, target: number): void {
  const step = database.transaction(() => {
    if (versionOf(database, schema.part) >= target) return;
    database.exec(schema.steps[target - 1] ?? "");
    database
      .prepare(
        "INSERT INTO journal_schema (part, version) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET version = excluded.version",
      )
      .run(schema.part, target);
  });
  step.immediate();
}
