/** Of the time expected for a request, the least that is still expected of one that runs, however long it has. */
const MIN_REMAINING_SHARE = 0.1;

/** A request that has a place, in expected time. */
export interface RunningService {
  readonly expectedMs: number;
  readonly elapsedMs: number;
}

/**
 * When a place is free for a request: each place is taken by those `ahead` of it, in order, as soon as the one that has
 * it is through. All times in milliseconds from now. `slots` places in all; those not taken by `running` are free.
 */
export function predictWaitMs(slots: number, running: readonly RunningService[], ahead: readonly number[]): number {
  if (running.length < slots && ahead.length === 0) return 0;
  const freeAt = running.map(({ expectedMs, elapsedMs }) =>
    Math.max(expectedMs - elapsedMs, expectedMs * MIN_REMAINING_SHARE),
  );
  while (freeAt.length < slots && freeAt.length < running.length + ahead.length + 1) freeAt.push(0);
  freeAt.sort((a, b) => a - b);
  for (const serviceMs of ahead) replaceFirst(freeAt, (freeAt[0] ?? 0) + serviceMs);
  return freeAt[0] ?? 0;
}

/** Replaces the smallest number of a heap, the first, by a larger one. A sorted list is a heap. */
function replaceFirst(heap: number[], value: number): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    const smaller = (heap[right] ?? Infinity) < (heap[left] ?? Infinity) ? right : left;
    const child = heap[smaller];
    if (child === undefined || child >= value) break;
    heap[index] = child;
    index = smaller;
  }
  heap[index] = value;
}
