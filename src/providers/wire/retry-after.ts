/** The longest wait that is believed; a server that asks for more is unavailable in effect. */
const MAX_RETRY_AFTER_MS = 60 * 60_000;

/**
 * How long a server asks to be left alone: `retry-after-ms` (Azure), or `Retry-After` in seconds or as a date. Absent
 * when it does not say, or says it in no readable form.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(headers: Readonly<Record<string, string>>, wallMs: number): number | undefined {
  const inMs = parseNumber(headers["retry-after-ms"]);
  if (inMs !== undefined) return bounded(inMs);
  const stated = headers["retry-after"];
  const inSeconds = parseNumber(stated);
  if (inSeconds !== undefined) return bounded(inSeconds * 1_000);
  const dateMs = stated !== undefined && STARTS_WITH_WEEKDAY.test(stated) ? Date.parse(stated) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : bounded(dateMs - wallMs);
}

/** `Date.parse` reads almost anything as a date; HTTP's dates begin with the day of the week. */
const STARTS_WITH_WEEKDAY = /^\s*[A-Z][a-z]{2}/;

function parseNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function bounded(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS));
}
