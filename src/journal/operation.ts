import type { Database } from "better-sqlite3";

/**
 * One thing to do inside a commit: the name of an operation that a module registered, and its parameters. It crosses to
 * the writer's thread, so `params` MUST be plain data.
 */
export interface Operation<Result = unknown> {
  readonly name: string;
  readonly params: unknown;
  /** Never set; it carries the type of what the operation returns. */
  readonly resultType?: Result;
}

/** What each of `Operations` returned, in the same order. */
export type ResultsOf<Operations extends readonly Operation[]> = {
  readonly [Index in keyof Operations]: Operations[Index] extends Operation<infer Result> ? Result : never;
};

/** The tables of one part of the program, as numbered steps: `steps[n]` is the SQL that leads from version n to n + 1. */
export interface Schema {
  readonly part: string;
  readonly steps: readonly string[];
}

/**
 * Prepares an operation's statements on the writing connection. The function it returns runs inside the write
 * transaction: it MUST read there whatever it decides on, because other processes write too, and MUST throw
 * SignalboxError to refuse, which undoes its own request alone.
 */
export type OperationFactory = (database: Database) => (params: never) => unknown;

/** What a module of operations exports under the name `operationModule`. */
export interface OperationModule {
  readonly schema: Schema;
  readonly operations: Readonly<Record<string, OperationFactory>>;
}
