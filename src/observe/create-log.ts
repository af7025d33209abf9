import { pino, type DestinationStream, type Logger } from "pino";
import { describeError } from "./describe-error.ts";
import { scrubSecrets } from "./scrub-secrets.ts";

/** Levels that `SIGNALBOX_LOG_LEVEL` takes, the most talkative first. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Lines are collected up to this size or age before they are written: a write for each would cost a request more than
 * the line itself. What is left is written when the process exits.
 */
const BUFFERED_BYTES = 4_096;
const MAX_DELAY_MS = 200;

/** Lines that wait while whoever reads the log does not read; beyond it new lines are lost instead of memory. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

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
    options.destination ??
      pino.destination({
        dest: 2,
        sync: false,
        minLength: BUFFERED_BYTES,
        maxLength: MAX_PENDING_BYTES,
        periodicFlush: MAX_DELAY_MS,
      }),
  );
}
