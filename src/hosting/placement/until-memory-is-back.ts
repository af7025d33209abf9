import type { Clock } from "../../core/clock.ts";
import type { BytesByPool, MemoryReading } from "./placement-state.ts";

/** A driver takes memory back some time after its process has ended. */
const POLL_MS = 250;
const MAX_WAIT_MS = 5_000;

/** This share of what the model held counts as back: others allocate meanwhile, and the estimate has its error. */
const BACK_SHARE = 0.75;

/**
 * Looks at the memory of the GPUs that a model holds memory of, and answers a function that waits, no longer than 5 s,
 * until most of it is free again; to be called when the process is gone. The machine's own memory is not looked at: the
 * kernel frees it before it reports the end of the process.
 */
export async function untilMemoryIsBack(
  held: BytesByPool,
  {
    clock,
    readMemory,
  }: { readonly clock: Clock; readonly readMemory: (pools: readonly string[]) => Promise<MemoryReading> },
): Promise<() => Promise<void>> {
  const pools = Object.keys(held).filter((pool) => pool !== "cpu");
  if (pools.length === 0) return async () => {};
  const before = await readMemory(pools);
  return async () => {
    const untilMs = clock.monotonicMs() + MAX_WAIT_MS;
    while (clock.monotonicMs() < untilMs) {
      const now = await readMemory(pools);
      const isBack = pools.every((pool) => {
        const freeBefore = before[pool]?.freeBytes;
        const free = now[pool]?.freeBytes;
        return freeBefore === undefined || free === undefined || free >= freeBefore + (held[pool] ?? 0) * BACK_SHARE;
      });
      if (isBack) return;
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
  };
}
