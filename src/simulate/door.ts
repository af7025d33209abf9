import type { PendingWork, WaitingLine } from "../core/endpoint.ts";
import type { QueueRefusalReason } from "../core/queue-policy.ts";

/** A request that asks for a place at an endpoint. */
export interface DoorEntry extends PendingWork {
  /** Which request of the simulation it is. */
  readonly index: number;
  readonly keyId: string;
  readonly serviceTier?: string;
  /** The longest wait that leaves time for other endpoints. */
  readonly patienceMs: number;
  /** Until the request's own deadline. */
  readonly timeLeftMs: number;
}

/** What a door says to a request that comes. */
export type DoorAnswer =
  | { readonly kind: "granted" }
  /** It waits, until `untilMs` at most; `displaced` have lost their place for it. */
  | { readonly kind: "waits"; readonly untilMs: number; readonly displaced: readonly DoorEntry[] }
  | { readonly kind: "refused"; readonly reason: QueueRefusalReason };

/** The door of one endpoint, without its own clock: who gets in, who waits, and in what order. A port, which `app` fills. */
export interface Door {
  readonly queued: number;
  readonly queuedPromptTokens: number;
  enter(entry: DoorEntry, nowMs: number): DoorAnswer;
  /** A request that had a place is through; the one that gets the place is returned. */
  release(
    entry: DoorEntry,
    served: Pick<PendingWork, "promptTokens"> & { readonly outputTokens: number },
    nowMs: number,
  ): DoorEntry | undefined;
  /** A request that waited has gone. */
  leave(entry: DoorEntry): void;
  /** The first that wait, in the order in which they will be served. */
  queuedWork(nowMs: number): readonly PendingWork[];
  /** Those who wait at this instant; valid until the door is used again. */
  line(nowMs: number): WaitingLine;
}
