import { InvalidArgumentError } from "commander";
import { parseDuration } from "../config/quantities.ts";

/** A time to look back to, such as `7d` or a date, in milliseconds since the Unix epoch. */
export function parseSince(text: string): number {
  const back = parseDuration(text);
  const since = back === undefined ? Date.parse(text) : Date.now() - back;
  if (Number.isNaN(since))
    throw new InvalidArgumentError("It must be a time to look back, such as 7d or 36h, or a date.");
  return since;
}
