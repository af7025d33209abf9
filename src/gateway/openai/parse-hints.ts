import type { IncomingHttpHeaders } from "node:http";
import type { RequestHints } from "../../core/inference-request.ts";
import { SignalboxError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { WORKLOAD_CLASSES } from "../../core/workload.ts";

/** The longest deadline that a request may set: a day. */
const MAX_DEADLINE_MS = 86_400_000;

/** Characters of a header's value that are compared with known names. */
const MAX_NAME_LENGTH = 128;

/**
 * Reads what the caller says in headers. A header that can't be understood is refused: a data class that was ignored
 * would send data where it must not go.
 */
export function parseHints(headers: IncomingHttpHeaders, dataClasses: readonly string[]): RequestHints {
  const dataClass = knownName(headers, "x-data-class", dataClasses);
  const workloadClass = knownName(headers, "x-workload-class", WORKLOAD_CLASSES);
  const deadlineMs = parseDeadline(headers["x-deadline-ms"]);
  return Object.freeze({
    wantsMetadata: headers["x-signalbox-metadata"] === "enabled",
    ...(dataClass === undefined ? {} : { dataClass }),
    ...(workloadClass === undefined ? {} : { workloadClass }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
}

function knownName<Name extends string>(
  headers: IncomingHttpHeaders,
  header: string,
  names: readonly Name[],
): Name | undefined {
  const value = headers[header];
  if (value === undefined) return undefined;
  const known = names.find((name) => name === value);
  if (known !== undefined) return known;
  const nearest = nearestName(String(value).slice(0, MAX_NAME_LENGTH), names);
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  throw new SignalboxError("invalid_request", `The header ${header} must be one of ${names.join(", ")}.${hint}`, {
    param: header,
  });
}

function parseDeadline(value: string | string[] | undefined): number | undefined {
  if (value === undefined) return undefined;
  const deadlineMs = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (deadlineMs >= 1 && deadlineMs <= MAX_DEADLINE_MS) return deadlineMs;
  throw new SignalboxError(
    "invalid_request",
    `The header x-deadline-ms must be a whole number of milliseconds from 1 to ${MAX_DEADLINE_MS}.`,
    { param: "x-deadline-ms" },
  );
}
