import type { Giveable } from "../worker-protocol.ts";

/** Bytes by memory pool. A pool is `cpu`, which is the machine's memory, or `gpu:` and the device's UUID. */
export type BytesByPool = Readonly<Record<string, number>>;

/** One request that waits for its model to get into memory. */
export interface Waiter {
  readonly id: number;
  readonly sinceMs: number;
  /**
   * By how many milliseconds its answer here, once the model is loaded, would be earlier than the next endpoint's; 0
   * where it would not. Absent: there is no other endpoint, so that it waits as long as it must.
   */
  readonly savedMs?: number;
  /** The operator asked for the load. */
  readonly isByHand?: boolean;
}

/** What decays: `value` as it was at `atMs`. */
export interface Decaying {
  readonly value: number;
  readonly atMs: number;
}

/** Where a model is on its way into memory and out of it. Times are on the monotonic clock. */
export type Residency =
  | { readonly kind: "cold" }
  /** It is its turn on its device: it is loaded when those that make room for it are gone. */
  | { readonly kind: "reserved"; readonly sinceMs: number }
  /** Its process loads the model, or is being started again after a crash. */
  | { readonly kind: "loading"; readonly sinceMs: number }
  | { readonly kind: "ready"; readonly sinceMs: number }
  /** Takes no new request, and is unloaded when the last one has ended. */
  | {
      readonly kind: "draining";
      readonly sinceMs: number;
      readonly readySinceMs: number;
      /** It stays after all when the model that it makes room for is not wanted any more. */
      readonly forSwap: boolean;
    }
  | { readonly kind: "unloading"; readonly sinceMs: number }
  /** It could not be loaded, and is not tried before `retryAtMs`. */
  | { readonly kind: "failed"; readonly retryAtMs: number; readonly problem: string };

/** How a model's process has grown since it was loaded. */
export interface Growth {
  /** Requests that have ended. */
  readonly requests: number;
  /** What it had resident, by and by; oldest first. */
  readonly marks: readonly number[];
  /** The first of all: by then everything that it needs has been used. */
  readonly settledBytes?: number;
  /** Since when it is larger than it should be. */
  readonly sinceMs?: number;
}

/** Of a process that has answered nothing yet. */
export const NO_GROWTH: Growth = { requests: 0, marks: [] };

/** What the placement of one model starts from. */
export interface PlacementPlan {
  /** Tells workers apart, also two of one model while one replaces the other. */
  readonly key: string;
  /** For messages. */
  readonly modelId: string;
  /** The pool that it computes on: loads on one device follow each other. */
  readonly device: string;
  /** What it is expected to take of each pool. A pool that is not named is not known to be needed. */
  readonly claims: BytesByPool;
  /** Of the claim on `cpu`, the mapped file: the kernel counts its pages as free, but without them the model is slow. */
  readonly mappedBytes: number;
  /** Of the claims, what its context takes, which an idle model can give back alone. Absent: this one can't. */
  readonly contextBytes?: BytesByPool;
  readonly slots: number;
  /** How long it stays without a request. Absent: pinned. */
  readonly keepLoadedMs?: number;
}

/** One model as placement sees it. */
export interface Standing extends PlacementPlan {
  readonly residency: Residency;
  /** For `cold` and `reserved`: its process is there with the weights, and only its context was given back. */
  readonly isDormant: boolean;
  /** It has been asked to give this back and has not answered yet. */
  readonly giving?: Giveable;
  /** Of what it holds on `cpu`, states of conversations that were put aside; as last seen. */
  readonly savedStateBytes: number;
  /** Of what it holds on `cpu`, what the kernel counts as used; as last seen. Absent: unknown. */
  readonly usedBytes?: number;
  /** What counts as taken: the claims while it is loaded, then what it really takes. */
  readonly held: BytesByPool;
  /** Requests that it serves, or that have been promised that it will. */
  readonly leases: number;
  readonly waiters: readonly Waiter[];
  /** It is to be loaded although no request waits, because it is pinned. */
  readonly isWanted: boolean;
  readonly lastUsedMs: number;
  /** Requests, decaying. */
  readonly uses: Decaying;
  /** Milliseconds that requests sent elsewhere would have saved here, decaying. */
  readonly forgoneMs: Decaying;
  /** Of the last load. */
  readonly loadMs?: number;
  /** From the decision to unload until its memory was back. */
  readonly unloadMs?: number;
  /** What the prompts of its requests take to be read again when its cache is lost; a running mean. */
  readonly prefixMs?: number;
  readonly growth: Growth;
  /** It leaves because it has grown, and is loaded again once it is gone. */
  readonly isRecycling?: true;
  /** When it last left for that. */
  readonly recycledAtMs?: number;
  /** Loads in a row that failed. */
  readonly failures: number;
  /** Slots of the next load: fewer after one that ran out of memory. */
  readonly loadSlots: number;
  /** What the claims are multiplied with: more than 1 after a load that ran out of memory with a single slot. */
  readonly claimFactor: number;
}

/** What one pool had free when it was looked at. */
export interface PoolReading {
  /** Within the cgroup's limits, or as the driver says. Absent: unknown. */
  readonly freeBytes?: number;
  /** Of the whole pool, or of the cgroup. Absent: unknown. */
  readonly totalBytes?: number;
  /** Held by programs that are not ours, where that is known. */
  readonly foreignBytes?: number;
}

/** One look at the memory. */
export type MemoryReading = Readonly<Record<string, PoolReading>>;

/** Everything that a decision depends on, frozen. */
export interface PlacementState {
  readonly standings: ReadonlyMap<string, Standing>;
  /** What the operator lets models take, by pool; `gpu` stands for every GPU that is not named. */
  readonly budgets: BytesByPool;
  readonly reading: MemoryReading;
  /** A look at the memory is under way; the decision waits for it. */
  readonly isReading: boolean;
  /** When the memory was last looked at. Absent: never, or a model has come or gone since. */
  readonly readAtMs?: number;
  /** By device, when a model last had to leave for another. */
  readonly lastSwapMs: Readonly<Record<string, number>>;
  readonly counts: PlacementCounts;
}

/** What has happened since the start. */
export interface PlacementCounts {
  readonly loads: number;
  readonly failedLoads: number;
  readonly evictions: number;
  readonly idleUnloads: number;
  readonly refusedSwaps: number;
  /** Processes that were started anew because they had grown. */
  readonly recycled: number;
  /** Times that states which were put aside made room. */
  readonly freedStates: number;
  /** Times that the context of an idle model made room. */
  readonly freedContexts: number;
}

/** A box on which nothing is loaded. */
export function emptyPlacement(budgets: BytesByPool = {}): PlacementState {
  return {
    standings: new Map(),
    budgets,
    reading: {},
    isReading: false,
    lastSwapMs: {},
    counts: {
      loads: 0,
      failedLoads: 0,
      evictions: 0,
      idleUnloads: 0,
      refusedSwaps: 0,
      recycled: 0,
      freedStates: 0,
      freedContexts: 0,
    },
  };
}

/** Whether a model is in memory or on its way in or out. */
export function holdsMemory({ residency, isDormant }: Standing): boolean {
  return isDormant || holdsAll(residency);
}

function holdsAll(residency: Residency): boolean {
  return residency.kind !== "cold" && residency.kind !== "failed" && residency.kind !== "reserved";
}

/** Whether it is to be loaded and is not being loaded yet. */
export function isAwaited({ residency, isWanted, waiters }: Standing): boolean {
  return (residency.kind === "cold" || residency.kind === "reserved") && (isWanted || waiters.length > 0);
}

/** What its next load is expected to take; of one whose weights are in memory, its context alone. */
export function claimsOf({ claims, contextBytes = {}, claimFactor, isDormant }: Standing): BytesByPool {
  if (isDormant) return contextBytes;
  return Object.fromEntries(Object.entries(claims).map(([pool, bytes]) => [pool, Math.ceil(bytes * claimFactor)]));
}

/** Bytes of each pool, added or taken away; never less than nothing. */
export function combine(one: BytesByPool, other: BytesByPool, sign: 1 | -1): BytesByPool {
  const pools = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...pools].map((pool) => [pool, Math.max(0, (one[pool] ?? 0) + sign * (other[pool] ?? 0))]),
  );
}
