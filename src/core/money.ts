/** Money is kept in integer micro-USD; USD are what people and other programs read and write. */
export const MICRO_USD_PER_USD = 1_000_000;

/** Micro-USD as USD; what is unknown stays unknown. */
export function toUsd(microUsd: number): number;
export function toUsd(microUsd: number | undefined): number | undefined;
export function toUsd(microUsd: number | undefined): number | undefined {
  return microUsd === undefined ? undefined : microUsd / MICRO_USD_PER_USD;
}

/** USD as integer micro-USD, rounded to the nearest. */
export function toMicroUsd(usd: number): number {
  return Math.round(usd * MICRO_USD_PER_USD);
}
