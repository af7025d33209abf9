import { pino, type DestinationStream, type Logger } from "pino";
import { describeError } from "./describe-error.ts";
import { scrubSecrets } from "./scrub-secrets.ts";

/** Levels that `SIGNALBOX_LOG_LEVEL` takes, the most talkative first. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * The process's log: one JSON object a line, with the time in ISO 8601 and the level by name. Every finished
 * line is searched for credentials, so that none gets through by a path that nobody thought of; prompts and answers
 * must not be passed to it at all.
 */
export function createLog(options: { readonly level: LogLevel; readonly destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: scrubSecrets },
    },
    // Not synchronous: a write for each line would stop every request that is being answered. Exit flushes the rest.
    options.destination ?? pino.destination({ dest: 2, sync: false }),
  );
}
