import type { EndpointId } from "../core/ids.ts";
import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { RECENT_ANSWERS, type KeptProbeResult, type ProbeResult } from "./probe-result.ts";
import type { ProbeQuestion } from "./probe-questions.ts";
import type { QuestionResults } from "./question-results.ts";

/** An alert about an endpoint, standing or over. */
export interface EndpointAlert {
  readonly endpointId: EndpointId;
  readonly subject: string;
  readonly sinceMs: number;
  /** Absent while it stands. */
  readonly clearedAtMs?: number;
  readonly detail: string;
}

/** Reads what probes have shown, beside whoever writes it. */
export interface ProbeReader {
  /** The baseline and the newest results of each of the questions. */
  resultsOf(endpointId: EndpointId, questions: readonly Pick<ProbeQuestion, "id" | "check">[]): QuestionResults[];
  /** Every alert that stands, and of each endpoint and subject the last one that is over. */
  alerts(): readonly EndpointAlert[];
  close(): void;
}

interface ResultRow {
  readonly isBaseline: number;
  readonly result: string;
}

interface AlertRow {
  readonly endpointId: string;
  readonly subject: string;
  readonly sinceMs: number;
  readonly clearedAtMs: number | null;
  readonly detail: string;
}

/** Opens the results of a data folder for reading. Throws where the folder has no database. */
export function openProbeReader(dataDir: string): ProbeReader {
  const database = openReader(databaseFileOf(dataDir));
  const hasTables = database
    .prepare<[], number>("SELECT count(*) FROM sqlite_schema WHERE name IN ('measure_probe', 'measure_alert')")
    .pluck()
    .get();
  // A folder of an earlier release has none until its server has started once.
  if (hasTables !== 2) return { resultsOf: () => [], alerts: () => [], close: () => void database.close() };
  const selectBaseline = database.prepare<[string, string], ResultRow>(
    `SELECT is_baseline AS isBaseline, result FROM measure_probe
     WHERE endpoint_id = ? AND question = ? AND is_baseline = 1 ORDER BY position`,
  );
  const selectNewest = database.prepare<[string, string, number], ResultRow>(
    `SELECT is_baseline AS isBaseline, result FROM measure_probe
     WHERE endpoint_id = ? AND question = ? ORDER BY position DESC LIMIT ?`,
  );
  const selectAlerts = database.prepare<[], AlertRow>(
    `SELECT endpoint_id AS endpointId, subject, since_ms AS sinceMs, cleared_at_ms AS clearedAtMs, detail
     FROM measure_alert ORDER BY since_ms DESC`,
  );
  return {
    resultsOf: (endpointId, questions) =>
      questions.map(({ id, check }) => ({
        id,
        check,
        baseline: selectBaseline.all(endpointId, id).map(toResult),
        newest: selectNewest.all(endpointId, id, RECENT_ANSWERS).map(toResult).toReversed(),
      })),
    alerts: () =>
      selectAlerts.all().map(({ clearedAtMs, ...alert }) => (clearedAtMs === null ? alert : { ...alert, clearedAtMs })),
    close: () => {
      database.close();
    },
  };
}

function toResult({ isBaseline, result }: ResultRow): KeptProbeResult {
  return { ...(JSON.parse(result) as ProbeResult), isBaseline: isBaseline === 1 };
}
