/** The value that `share` of the sorted values do not exceed, by nearest rank; nothing where there are none. */
export function percentile(sorted: ArrayLike<number>, share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
