import { openReader } from "../journal/connection.ts";
import { databaseFileOf } from "../journal/data-dir.ts";
import { teamScope } from "./schema.ts";

/** A team as an operator sees it: what its keys have spent together, and may. */
export interface ListedTeam {
  readonly team: string;
  readonly budgetMicroUsd?: number;
  readonly settledMicroUsd: number;
  readonly reservedMicroUsd: number;
}

interface TeamRow {
  readonly team: string;
  readonly budgetMicroUsd: number | null;
  readonly settledMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/** Every team of a data folder that has keys, a budget or spend, by name. */
export function listTeams(dataDir: string): readonly ListedTeam[] {
  const database = openReader(databaseFileOf(dataDir));
  try {
    const prefix = teamScope("");
    const rows = database
      .prepare<[{ readonly prefix: string }], TeamRow>(
        `SELECT team, limit_micro_usd AS budgetMicroUsd, coalesce(settled_micro_usd, 0) AS settledMicroUsd,
                coalesce(reserved_micro_usd, 0) AS reservedMicroUsd
         FROM (SELECT team FROM ledger_key WHERE team IS NOT NULL
               UNION SELECT substr(scope, length(@prefix) + 1) FROM ledger_account
                     WHERE substr(scope, 1, length(@prefix)) = @prefix)
         LEFT JOIN ledger_account ON scope = @prefix || team ORDER BY team`,
      )
      .all({ prefix });
    return rows.map(({ budgetMicroUsd, ...row }) => (budgetMicroUsd === null ? row : { ...row, budgetMicroUsd }));
  } finally {
    database.close();
  }
}
