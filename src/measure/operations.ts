/** The measurements' part of the writer: runs in its thread, inside the write transaction. */
import type { Database } from "better-sqlite3";
import type { OperationModule, Schema } from "../journal/operation.ts";
import type { ClearAlertParams, RaiseAlertParams } from "./operation-requests.ts";
import { BASELINE_ANSWERS, KEPT_FOR_MS, KEPT_RESULTS, type ProbeResult } from "./probe-result.ts";

const schema: Schema = {
  part: "measure",
  steps: [
    `CREATE TABLE measure_probe (
       position INTEGER PRIMARY KEY AUTOINCREMENT,
       endpoint_id TEXT NOT NULL,
       question TEXT NOT NULL,
       at_ms INTEGER NOT NULL,
       is_baseline INTEGER NOT NULL,
       is_right INTEGER,
       result TEXT NOT NULL
     ) STRICT;
     CREATE INDEX measure_probe_question ON measure_probe (endpoint_id, question, position);
     CREATE INDEX measure_probe_time ON measure_probe (at_ms);
     CREATE TABLE measure_alert (
       endpoint_id TEXT NOT NULL,
       subject TEXT NOT NULL,
       since_ms INTEGER NOT NULL,
       cleared_at_ms INTEGER,
       detail TEXT NOT NULL,
       PRIMARY KEY (endpoint_id, subject)
     ) STRICT;`,
  ],
};

function prepareKeepProbe(database: Database): (result: ProbeResult) => void {
  const countBaseline = database
    .prepare<[string, string], number>(
      "SELECT count(*) FROM measure_probe WHERE endpoint_id = ? AND question = ? AND is_baseline = 1",
    )
    .pluck();
  const insert = database.prepare(
    `INSERT INTO measure_probe (endpoint_id, question, at_ms, is_baseline, is_right, result) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const prune = database.prepare(
    `DELETE FROM measure_probe WHERE endpoint_id = @endpointId AND question = @question AND is_baseline = 0 AND position <=
       (SELECT position FROM measure_probe WHERE endpoint_id = @endpointId AND question = @question AND is_baseline = 0
        ORDER BY position DESC LIMIT 1 OFFSET ${KEPT_RESULTS})`,
  );
  const pruneOld = database.prepare("DELETE FROM measure_probe WHERE at_ms < ? AND is_baseline = 0");
  return (result) => {
    const { endpointId, question, atMs, isRight } = result;
    const isBaseline = isRight !== undefined && (countBaseline.get(endpointId, question) ?? 0) < BASELINE_ANSWERS;
    const right = isRight === undefined ? null : Number(isRight);
    insert.run(endpointId, question, atMs, Number(isBaseline), right, JSON.stringify(result));
    prune.run({ endpointId, question });
    pruneOld.run(atMs - KEPT_FOR_MS);
  };
}

function prepareForgetProbes(
  database: Database,
): (params: { readonly endpointId: string }) => { readonly results: number } {
  const results = database.prepare("DELETE FROM measure_probe WHERE endpoint_id = ?");
  const alerts = database.prepare("DELETE FROM measure_alert WHERE endpoint_id = ?");
  return ({ endpointId }) => {
    alerts.run(endpointId);
    return { results: results.run(endpointId).changes };
  };
}

function prepareRaiseAlert(database: Database): (params: RaiseAlertParams) => void {
  const upsert = database.prepare(
    `INSERT INTO measure_alert (endpoint_id, subject, since_ms, detail) VALUES (@endpointId, @subject, @atMs, @detail)
     ON CONFLICT (endpoint_id, subject) DO UPDATE SET since_ms = excluded.since_ms, cleared_at_ms = NULL, detail = excluded.detail`,
  );
  return (params) => void upsert.run(params);
}

function prepareClearAlert(database: Database): (params: ClearAlertParams) => void {
  const update = database.prepare(
    "UPDATE measure_alert SET cleared_at_ms = @atMs WHERE endpoint_id = @endpointId AND subject = @subject AND cleared_at_ms IS NULL",
  );
  return (params) => void update.run(params);
}

/** What the writer registers for measurements. */
export const operationModule: OperationModule = {
  schema,
  operations: {
    "measure.keep-probe": prepareKeepProbe,
    "measure.forget-probes": prepareForgetProbes,
    "measure.raise-alert": prepareRaiseAlert,
    "measure.clear-alert": prepareClearAlert,
  },
};
