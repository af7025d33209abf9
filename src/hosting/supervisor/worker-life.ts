import { NO_HISTORY, type WorkerFailure, type WorkerHistory } from "./restart-policy.ts";

/** The life of one model's worker. Only what a state needs is in it; times are on the monotonic clock. */
export type WorkerState = { readonly history: WorkerHistory } & (
  | { readonly kind: "stopped" }
  | { readonly kind: "starting"; readonly progress: number; readonly progressAtMs: number }
  | ReadyState
  /** Asked to end. `deadlineMs`: when it is killed, and after that when nobody waits for it any more. */
  | {
      readonly kind: "stopping";
      readonly next: "stopped" | "starting" | "shut-down";
      readonly killed: boolean;
      readonly deadlineMs?: number;
    }
  /** Killed for a failure, and not gone yet. */
  | { readonly kind: "killing"; readonly failure: WorkerFailure; readonly readyForMs?: number }
  | {
      readonly kind: "backing-off";
      readonly retryAtMs: number;
      readonly problem: string;
      readonly outOfMemory?: true;
      /** It has served before and starts again shortly, so requests wait for it instead of being turned away. */
      readonly startsSoon: boolean;
    }
  | { readonly kind: "failed"; readonly retryAtMs: number; readonly problem: string; readonly outOfMemory?: true }
  | { readonly kind: "shut-down" }
);

/** A worker that serves, with what its last signs of life showed. */
export interface ReadyState {
  readonly kind: "ready";
  readonly readyAtMs: number;
  /** By then the next heartbeat must have come. */
  readonly heartbeatDueMs: number;
  readonly running: number;
  readonly evaluatedTokens: number;
  /** When it last evaluated a token, or had nothing to evaluate. */
  readonly progressAtMs: number;
}

/** What can happen to a worker. */
export type WorkerEvent =
  /** A request waits for it. */
  | { readonly kind: "ready-requested" }
  /** The operator wants it to run, whatever happened before. */
  | { readonly kind: "start-requested" }
  | { readonly kind: "unload-requested" }
  | { readonly kind: "shutdown-requested" }
  | { readonly kind: "load-progressed"; readonly progress: number }
  | { readonly kind: "load-failed"; readonly reason: string; readonly outOfMemory?: boolean }
  | { readonly kind: "child-ready" }
  | { readonly kind: "heartbeat"; readonly running: number; readonly evaluatedTokens: number }
  /** A request to it broke off. */
  | { readonly kind: "trouble-reported" }
  /** The process is gone, or could not be started. */
  | { readonly kind: "child-exited"; readonly failure: WorkerFailure }
  /** The time of `wakeAtMs` has come. */
  | { readonly kind: "time-passed" };

/** Why a waiter is turned away. */
export interface Refusal {
  readonly code: "worker_failed" | "worker_start_failed" | "draining";
  readonly problem: string;
}

/** What the owner of the state must do, in order. */
export type WorkerEffect =
  | { readonly kind: "spawn" }
  /** Ask the child to end. */
  | { readonly kind: "terminate" }
  | { readonly kind: "kill" }
  | { readonly kind: "grant-waiters" }
  | { readonly kind: "refuse-waiters"; readonly refusal: Refusal };

/** What an event leads to: the next state, and what its owner has to do. */
export interface Step {
  readonly state: WorkerState;
  readonly effects: readonly WorkerEffect[];
}

/** A heartbeat comes every second; without one for this long the process hangs. */
export const HEARTBEAT_TIMEOUT_MS = 5_000;

/** After a request broke off, the next heartbeat must come within this time. */
export const TROUBLE_HEARTBEAT_TIMEOUT_MS = 2_000;

/** A worker that evaluates nothing for this long although a request runs hangs; a chunk of a prompt takes seconds at most. */
export const PROGRESS_STALL_MS = 30_000;

/** Loading may take as long as the disk needs, as long as it goes on. */
export const LOAD_STALL_MS = 120_000;

/** How long a worker may take to finish what it runs when it is asked to end. */
export const STOP_GRACE_MS = 10_000;

/** How long the kernel may take to end a killed process before nobody waits for it any more. */
export const KILL_WAIT_MS = 5_000;

/** A timer that fires this much too late says that the gateway itself stood still: the worker is not to blame. */
export const OWN_STALL_MS = 2_000;

/** A restart that is due within this time is waited for: long enough for the first after a crash and the second. */
export const MAX_RESTART_WAIT_MS = 2_000;

/** A worker that nobody has asked for yet. */
export const INITIAL_STATE: WorkerState = { kind: "stopped", history: NO_HISTORY };

/** When `time-passed` is due, if nothing happens before. */
export function wakeAtMs(state: WorkerState): number | undefined {
  switch (state.kind) {
    case "starting":
      return state.progressAtMs + LOAD_STALL_MS;
    case "ready":
      return state.running > 0
        ? Math.min(state.heartbeatDueMs, state.progressAtMs + PROGRESS_STALL_MS)
        : state.heartbeatDueMs;
    case "stopping":
      return state.deadlineMs;
    case "backing-off":
    case "failed":
      return state.retryAtMs;
    case "stopped":
    case "killing":
    case "shut-down":
      return undefined;
  }
}

/** Whether a request that comes now has to wait, and will be answered by a later step. */
export function isAwaited(state: WorkerState): boolean {
  if (state.kind === "backing-off") return state.startsSoon;
  return state.kind === "starting" || (state.kind === "stopping" && state.next === "starting");
}
