/**
 * Brings a database to its newest tables, and is killed in the middle of one step. Arguments: the database, the part and
 * the step, from 1.
 */
import BetterSqlite3 from "better-sqlite3";
import { migrate } from "../../../src/journal/migrate.ts";
import { shippedSchemas } from "./shipped-schemas.ts";

const [file = "", part, step] = process.argv.slice(2);
const database = new BetterSqlite3(file);
database.pragma("journal_mode = WAL");
database.function("die", () => process.kill(process.pid, "SIGKILL"));
const schemas = await shippedSchemas();
migrate(
  database,
  schemas.map((schema) => ({
    part: schema.part,
    steps: schema.steps.map((sql, index) =>
      schema.part === part && index + 1 === Number(step) ? `${sql}; SELECT die();` : sql,
    ),
  })),
);
