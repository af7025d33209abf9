import type { ThreadPlan } from "../plan-threads.ts";
import type { StartProfile } from "../supervisor/hosted-model.ts";

/** Which loaded model has which share of the cores. */
export class CoreShares {
  readonly #offered = new Map<string, readonly ThreadPlan[]>();
  readonly #taken = new Map<string, ThreadPlan>();

  /** The shares that a model may be loaded on; none: it has threads of its own. */
  offer(key: string, shares: readonly ThreadPlan[]): void {
    this.#offered.set(key, shares);
  }

  /**
   * Takes a share for a model that is about to be loaded: one whose cores no loaded model has, of those the one with most
   * threads. Where all are taken, the one that shares the fewest cores.
   */
  take(key: string): StartProfile {
    this.giveBack(key);
    const share = chooseShare(this.#offered.get(key) ?? [], [...this.#taken.values()]);
    if (share === undefined) return {};
    this.#taken.set(key, share);
    return { threads: share.threads, ...(share.cpus === undefined ? {} : { cpuList: share.cpus.join(",") }) };
  }

  giveBack(key: string): void {
    this.#taken.delete(key);
  }

  /** The model is gone for good. */
  forget(key: string): void {
    this.#offered.delete(key);
    this.#taken.delete(key);
  }
}

function chooseShare(shares: readonly ThreadPlan[], taken: readonly ThreadPlan[]): ThreadPlan | undefined {
  const busy = new Set(taken.flatMap(({ cpus = [] }) => cpus));
  const overlap = (share: ThreadPlan): number =>
    share.cpus === undefined
      ? taken.filter((other) => other === share).length
      : share.cpus.filter((cpu) => busy.has(cpu)).length;
  return shares.toSorted((one, other) => overlap(one) - overlap(other) || other.threads - one.threads)[0];
}

/**
 * How many models can be in memory at the same time, at most: all the pinned ones, and as many of the others, the smallest
 * first, as fit beside them. At least one where there is any; all of them where it is unknown what is free.
 */
export function mostTogether(
  pinnedBytes: readonly number[],
  sharedBytes: readonly number[],
  freeBytes: number | undefined,
): number {
  const all = pinnedBytes.length + sharedBytes.length;
  if (freeBytes === undefined) return all;
  let leftBytes = pinnedBytes.reduce((left, bytes) => left - bytes, freeBytes);
  let together = pinnedBytes.length;
  for (const bytes of sharedBytes.toSorted((a, b) => a - b)) {
    leftBytes -= bytes;
    if (leftBytes < 0) break;
    together += 1;
  }
  return Math.min(all, Math.max(1, together));
}
