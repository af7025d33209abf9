import { pino, type DestinationStream, type Logger } from "pino";
import { describeError } from "./describe-error.ts";
import { scrubSecrets } from "./scrub-secrets.ts";

/** Levels that `SIGNALBOX_LOG_LEVEL` takes, the most talkative first. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that are never written, wherever one level of nesting puts them. */
const SECRET_FIELDS = [
  "apiKey",
  "authorization",
  "cookie",
  "key",
  "password",
  "secret",
  "token",
  '["x-api-key"]',
  '["proxy-authorization"]',
];

/**
 * The process's log: one JSON object a line, with the time in ISO 8601 and the level by name. Secrets are kept out
 * twice: known fields are replaced, and every finished line is searched for text that looks like a credential.
 * Prompts and answers must not be passed to it at all.
 */
export function createLog(options: { readonly level: LogLevel; readonly destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, nested(field)]), censor: "[redacted]" },
      hooks: { streamWrite: scrubSecrets },
    },
    options.destination ?? pino.destination(2),
  );
}

function nested(field: string): string {
  return field.startsWith("[") ? `*${field}` : `*.${field}`;
}
