import { SignalboxError } from "../../src/core/errors.ts";
import type { Operation, OperationModule } from "../../src/journal/operation.ts";

/** A part of the program as small as can be: a table of names, each of which can be added once. */
export const COUNTER_OPERATIONS = new URL(import.meta.url).href;

export const operationModule: OperationModule = {
  schema: { part: "counter", steps: ["CREATE TABLE counter (name TEXT PRIMARY KEY, filler BLOB) STRICT"] },
  operations: {
    "counter.add": (database) => {
      const insert = database.prepare("INSERT INTO counter (name, filler) VALUES (?, zeroblob(?))");
      const count = database.prepare<[], number>("SELECT count(*) FROM counter").pluck();
      return ({ name, bytes }: { name: string; bytes: number }) => {
        insert.run(name, bytes);
        return count.get();
      };
    },
    "counter.refuse": () => () => {
      throw new SignalboxError("budget_exceeded", "No.", { metadata: { scope: "key:1" } });
    },
    "counter.limit-pages": (database) => (pages: number) => {
      database.pragma(`max_page_count = ${pages}`);
    },
    "counter.fail-as": () => (message: string) => {
      throw new Error(message);
    },
  },
};

export function add(name: string, bytes = 0): Operation<number> {
  return { name: "counter.add", params: { name, bytes } };
}

export function refuse(): Operation {
  return { name: "counter.refuse", params: undefined };
}

/** From now on SQLite itself reports a full disk when the database needs more pages. */
export function limitPages(pages: number): Operation {
  return { name: "counter.limit-pages", params: pages };
}

export function failAs(message: string): Operation {
  return { name: "counter.fail-as", params: message };
}
