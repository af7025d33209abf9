/** Feedback's part of the writer: runs in its thread, inside the write transaction. */
import type { Database } from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import type { OperationModule, Schema } from "../journal/operation.ts";
import type { FeedbackSum, KeepFeedbackParams } from "./operation-requests.ts";

/** Answers of one scope and task whose feedback is kept; the oldest make room. */
const KEPT_MAX = 1_000;

/** How often the feedback on one answer may be changed: enough for second thoughts, not for a flood of records. */
const CHANGES_MAX = 5;

const schema: Schema = {
  part: "feedback",
  steps: [
    `CREATE TABLE feedback_answer (
       position INTEGER PRIMARY KEY AUTOINCREMENT,
       request_id TEXT NOT NULL UNIQUE,
       scope TEXT NOT NULL,
       task TEXT NOT NULL,
       score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
       weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1),
       changes INTEGER NOT NULL DEFAULT 0
     ) STRICT;
     CREATE INDEX feedback_answer_task ON feedback_answer (scope, task, position);`,
  ],
};

/** The columns of a {@link FeedbackSum}, for those that read the table. */
export const SUM_COLUMNS =
  "scope, task, count(*) AS count, total(weight) AS weight, total(weight * (1 - score)) AS missing";

function prepareKeep(database: Database): (params: KeepFeedbackParams) => FeedbackSum {
  const selectChanges = database
    .prepare<[string], number>("SELECT changes FROM feedback_answer WHERE request_id = ?")
    .pluck();
  const upsert = database.prepare(
    `INSERT INTO feedback_answer (request_id, scope, task, score, weight) VALUES (@requestId, @scope, @task, @score, @weight)
     ON CONFLICT (request_id) DO UPDATE SET score = excluded.score, changes = changes + 1`,
  );
  const prune = database.prepare(
    `DELETE FROM feedback_answer WHERE scope = @scope AND task = @task AND position <=
       (SELECT position FROM feedback_answer WHERE scope = @scope AND task = @task ORDER BY position DESC LIMIT 1 OFFSET ${KEPT_MAX})`,
  );
  const sum = database.prepare<[KeepFeedbackParams], FeedbackSum>(
    `SELECT ${SUM_COLUMNS} FROM feedback_answer WHERE scope = @scope AND task = @task`,
  );
  return (params) => {
    if ((selectChanges.get(params.requestId) ?? 0) >= CHANGES_MAX) {
      const message = `The feedback on this answer was changed ${CHANGES_MAX} times and stays as it is.`;
      throw new SignalboxError("invalid_request", message, { param: "request_id" });
    }
    upsert.run(params);
    prune.run(params);
    const kept = sum.get(params);
    if (kept === undefined) throw new Error("A sum has one row.");
    return kept;
  };
}

/** What the writer registers for feedback. */
export const operationModule: OperationModule = { schema, operations: { "feedback.keep": prepareKeep } };
