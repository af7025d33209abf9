import type { Giveable } from "../worker-protocol.ts";
import type { MemoryReading, PlacementPlan, PlacementState, Waiter } from "./placement-state.ts";

/** What can happen to the placement of models. `key` names the model's worker. */
export type PlacementEvent =
  | { readonly kind: "registered"; readonly plan: PlacementPlan }
  /** Its process is gone for good. */
  | { readonly kind: "removed"; readonly key: string }
  | { readonly kind: "requested"; readonly key: string; readonly waiter: Waiter; readonly prefixMs?: number }
  /** A waiter has gone away. */
  | { readonly kind: "abandoned"; readonly key: string; readonly waiterId: number }
  /** A lease has ended; the process had this much resident, where that is known. */
  | { readonly kind: "released"; readonly key: string; readonly residentBytes?: number }
  /** It is pinned and is to be loaded. */
  | { readonly kind: "wanted"; readonly key: string }
  /** The operator wants it out of memory. */
  | { readonly kind: "unload-wanted"; readonly key: string }
  /** How long it stays from now on; absent: pinned. */
  | { readonly kind: "keep-changed"; readonly key: string; readonly keepLoadedMs?: number }
  | {
      readonly kind: "memory-read";
      readonly reading: MemoryReading;
      readonly residentBytes: Readonly<Record<string, number>>;
      /** Of models' processes, what the kernel counts as used; where it is known. */
      readonly usedBytes?: Readonly<Record<string, number>>;
      /** Of states that were put aside beside the processes. */
      readonly savedStateBytes?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "ready"; readonly key: string; readonly loadMs?: number }
  /** Its process has ended, and its supervisor is about to start it again. */
  | ({ readonly kind: "crashed"; readonly key: string } & LoadFailure)
  /** Its supervisor has given it up. */
  | ({ readonly kind: "failed"; readonly key: string } & LoadFailure)
  /** It was unloaded, and its memory is back. */
  | { readonly kind: "gone"; readonly key: string; readonly unloadMs?: number }
  /** It gave back what it was asked for, or could not: a request had come. */
  | { readonly kind: "given-back"; readonly key: string; readonly what: Giveable; readonly isGiven: boolean }
  | { readonly kind: "time-passed" };

/** What went wrong with a process. */
export interface LoadFailure {
  readonly problem: string;
  readonly outOfMemory: boolean;
}

/** Why a waiter is turned away. */
export interface PlacementRefusal {
  readonly code: "no_room_for_model" | "worker_start_failed" | "draining" | "queue_full";
  readonly problem: string;
  readonly retryAfterMs?: number;
}

/** What the owner of the state must do, in order. */
export type PlacementEffect =
  | { readonly kind: "read-memory" }
  | { readonly kind: "load"; readonly key: string; readonly slots: number }
  | { readonly kind: "unload"; readonly key: string; readonly because: "evicted" | "idle" | "by-hand" | "grown" }
  | { readonly kind: "give-back"; readonly key: string; readonly what: Giveable }
  /** Let the supervisor not try again by itself. */
  | { readonly kind: "give-up"; readonly key: string }
  /** Each of them has a lease from now on. */
  | { readonly kind: "grant"; readonly waiterIds: readonly number[] }
  | {
      readonly kind: "refuse";
      readonly key: string;
      readonly waiterIds: readonly number[];
      readonly refusal: PlacementRefusal;
    };

/** The next state, and what has to be done. */
export interface PlacementStep {
  readonly state: PlacementState;
  readonly effects: readonly PlacementEffect[];
}
