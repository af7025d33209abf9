const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;

/** 1 January 1970 was a Thursday: so many days after a Monday. */
const EPOCH_DAYS_AFTER_MONDAY = 3;

/** Days since the Unix epoch, in UTC. */
export function dayOf(wallMs: number): number {
  return Math.floor(wallMs / MS_PER_DAY);
}

/** The first days of the week (from Monday) and of the month in which `wallMs` lies. */
export function periodStarts(wallMs: number): { readonly day: number; readonly week: number; readonly month: number } {
  const day = dayOf(wallMs);
  const weekday = (day + EPOCH_DAYS_AFTER_MONDAY) % DAYS_PER_WEEK;
  const date = new Date(wallMs);
  return { day, week: day - weekday, month: dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)) };
}
