/** What is shown of some values. */
export interface Spread {
  readonly p50: number;
  readonly p90: number;
  readonly count: number;
}

/** The median; nothing for no values. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

/** Median and the value that 9 of 10 stay within, by nearest rank; nothing for no values. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const p50 = medianOf(values);
  const p90 = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(0.9 * values.length) - 1)];
  return p50 === undefined || p90 === undefined ? undefined : { p50, p90, count: values.length };
}
