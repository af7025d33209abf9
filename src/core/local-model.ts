import type { EndpointFacts } from "./endpoint.ts";
import type { ModelId } from "./ids.ts";

/** The life of a worker as everything outside hosting sees it. */
export type LocalModelPhase = "stopped" | "starting" | "ready" | "stopping" | "backing-off" | "failed";

/** What a ready worker reported about the model it has loaded. */
export interface LoadedModelFacts {
  readonly contextTokens: number;
  readonly slots: number;
  readonly threads: number;
  readonly device: "cpu" | "gpu";
  readonly loadMs: number;
  readonly weightBytes: number;
  readonly prefillTokensPerSecond?: number;
  readonly decodeTokensPerSecond?: number;
}

/**
 * One thing that a worker's process is kept from, and whether it is.
 * - network: it has none; sockets in its folder alone.
 * - files: it sees its model, the programs that it runs and its own folder, and writes to that one alone.
 * - privileges: no program that it starts gains rights.
 * - core-dumps: a crash leaves no copy of the prompts on disk.
 * - memory: it ends itself alone when it takes more than it was meant to.
 * - processor: it has no more of the processor than its share, whatever its threads do, and starts no more of them.
 * - node-permissions: its JavaScript reads and writes those files alone and starts nothing, whatever the system allows.
 */
export interface WorkerBound {
  readonly name: "network" | "files" | "privileges" | "core-dumps" | "memory" | "processor" | "node-permissions";
  readonly holds: boolean;
  /** Why it does not hold, with what to do about it. */
  readonly problem?: string;
}

/** A moment's view of one hosted model. */
export interface LocalModelState {
  readonly phase: LocalModelPhase;
  readonly loaded?: LoadedModelFacts;
  readonly pid?: number;
  /** For `starting`: the share of the file that is loaded, 0 to 1. */
  readonly loadProgress?: number;
  /** For `failed` and `backing-off`: what went wrong, for a person. */
  readonly problem?: string;
  /** For `failed` and `backing-off`: there was not enough memory. */
  readonly outOfMemory?: boolean;
  /** For `backing-off`: when the next start is due, on the monotonic clock. */
  readonly retryAtMs?: number;
  /** For `backing-off`: it has served before and starts again within moments; `ensureReady` waits for it. */
  readonly startsSoon?: boolean;
  readonly restarts: number;
  /** What its process is kept from. Absent: isolation is switched off. */
  readonly bounds?: readonly WorkerBound[];
  /** Its place in memory, beside the other models'. */
  readonly placement?: PlacementFacts;
}

/** A moment's view of one model's place in memory. Bytes are by pool: `cpu`, or `gpu:` and the device's UUID. */
export interface PlacementFacts {
  /**
   * `reserved`: it is its turn, and others are leaving for it; `draining`: it leaves when its requests have ended;
   * `failed`: it could not be loaded, and is not tried for a while; `dormant`: its weights are in memory, and its context was
   * given back until the next request.
   */
  readonly residency: "cold" | "dormant" | "reserved" | "loading" | "ready" | "draining" | "unloading" | "failed";
  /** The pool that it computes on. */
  readonly device: string;
  /** It never leaves by itself. */
  readonly isPinned: boolean;
  /** How long it stays without a request; absent for a pinned one. */
  readonly keepLoadedMs?: number;
  /** What it is expected to take. */
  readonly claimedBytes: Readonly<Record<string, number>>;
  /** What counts as taken by it now. */
  readonly heldBytes: Readonly<Record<string, number>>;
  /** Of these, states of conversations that were put aside: the first to make room. Absent: none. */
  readonly savedStateBytes?: number;
  /** Requests that it serves. */
  readonly leases: number;
  /** Requests that wait until it may be loaded. */
  readonly waiting: number;
  /** For `ready` without a request: since when. */
  readonly idleMs?: number;
  readonly lastLoadMs?: number;
  /** Until it could serve, with what has to leave first. Absent for one that was never loaded, and for one that is. */
  readonly expectedLoadMs?: number;
  /** Why a request for it would have to wait for longer than the load, or go elsewhere. */
  readonly heldUpBecause?: string;
  /** Why it can't be loaded at all now. */
  readonly noRoomBecause?: string;
}

/** A worker that can serve, held for one request: the model stays in memory until `release` is called. */
export interface WorkerLease {
  readonly socketPath: string;
  /** Calling it again does nothing. */
  release(): void;
}

/** What a request brings along, so that it can be weighed whether it is worth making room for. */
export interface LoadDemand {
  readonly promptTokens?: number;
  /** The endpoint that would be asked instead, by the expected times of a whole answer; unknown is absent. Absent: there is none. */
  readonly elsewhere?: {
    readonly thereMs?: number;
    /** Here, with the load as it was reported. */
    readonly hereMs?: number;
  };
}

/** One model hosted on this box. `hosting` implements it, `providers/local` uses it, `app` joins them. */
export interface LocalModel {
  readonly modelId: ModelId;
  readonly facts: EndpointFacts;
  state(): LocalModelState;
  /**
   * Resolves with a lease of the worker when it can serve; loads it where there is room or room can be made, and joins a
   * load in flight. Rejects with `no_room_for_model` where it is better to ask the endpoint elsewhere or nothing may leave;
   * with `worker_failed` while its process is restarted for longer than moments; with `worker_start_failed` while it
   * can't be loaded; with `draining` when it was shut down.
   */
  ensureReady(signal: AbortSignal, demand?: LoadDemand): Promise<WorkerLease>;
  /** Tells the supervisor that a request to the worker broke off, so that it looks at once instead of at the next heartbeat. */
  reportTrouble(): void;
}
