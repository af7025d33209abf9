/** The presets' part of the writer: runs in its thread, inside the write transaction. */
import type { Database } from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import type { OperationModule, Schema } from "../journal/operation.ts";
import type { AddVersionParams } from "./operation-requests.ts";

/** Presets that one box keeps, and versions of one of them. */
const MAX_PRESETS = 1_000;
const MAX_VERSIONS = 10_000;

/** Every version of every preset; one without fields ends its preset, whose name may be taken up again. */
const schema: Schema = {
  part: "presets",
  steps: [
    `CREATE TABLE preset_version (
       name TEXT NOT NULL,
       version INTEGER NOT NULL,
       fields TEXT,
       created_at_ms INTEGER NOT NULL,
       PRIMARY KEY (name, version)
     ) STRICT, WITHOUT ROWID;`,
  ],
};

function prepareAddVersion(database: Database): (params: AddVersionParams) => void {
  const selectNewest = database.prepare("SELECT max(version) FROM preset_version WHERE name = ?").pluck();
  const countNames = database.prepare("SELECT count(DISTINCT name) FROM preset_version").pluck();
  const insert = database.prepare(
    "INSERT INTO preset_version (name, version, fields, created_at_ms) VALUES (@name, @version, @fields, @atMs)",
  );
  return ({ fields = null, ...params }) => {
    const newest = Number(selectNewest.get(params.name) ?? 0);
    if (params.version !== newest + 1) throw refusal(`The preset ${params.name} was changed meanwhile; try again.`);
    if (newest >= MAX_VERSIONS) throw refusal(`The preset ${params.name} has ${newest} versions, which is the limit.`);
    if (newest === 0 && Number(countNames.get()) >= MAX_PRESETS)
      throw refusal(`There are ${MAX_PRESETS} presets, which is the limit.`);
    insert.run({ ...params, fields });
  };
}

function refusal(message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param: "name" });
}

/** What the writer registers for presets. */
export const operationModule: OperationModule = {
  schema,
  operations: { "presets.add-version": prepareAddVersion },
};
