const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;
/** 1 January 1970 was a Thursday. */
const EPOCH_DAYS_AFTER_MONDAY = 3;

/** The moment of a decision as policies see it, in UTC. */
export interface NowFacts {
  /** 0 to 23. */
  readonly hour: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Date and time to the second, `2026-01-07T12:00:00Z`. */
  readonly iso: string;
}

/** The facts of the instant `wallMs` milliseconds after the Unix epoch. */
export function nowFactsOf(wallMs: number): NowFacts {
  const day = Math.floor(wallMs / MS_PER_DAY);
  const seconds = Math.floor((wallMs - day * MS_PER_DAY) / 1000);
  const hour = Math.floor(seconds / 3600);
  const time = [hour, Math.floor(seconds / 60) % 60, seconds % 60].map((part) => padded(part, 2)).join(":");
  const weekday = ((((day + EPOCH_DAYS_AFTER_MONDAY) % 7) + 7) % 7) + 1;
  return { hour, weekday, iso: `${isoDateOf(day)}T${time}Z` };
}

/**
 * The date of a day counted from the Unix epoch, in the proleptic Gregorian calendar.
 * @see https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
function isoDateOf(daysSinceEpoch: number): string {
  const shifted = daysSinceEpoch + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
