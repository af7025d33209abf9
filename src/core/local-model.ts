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

/** A moment's view of one hosted model. */
export interface LocalModelState {
  readonly phase: LocalModelPhase;
  readonly loaded?: LoadedModelFacts;
  readonly pid?: number;
  /** For `starting`: the share of the file that is loaded, 0 to 1. */
  readonly loadProgress?: number;
  /** For `failed` and `backing-off`: what went wrong, for a person. */
  readonly problem?: string;
  /** For `backing-off`: when the next start is due, on the monotonic clock. */
  readonly retryAtMs?: number;
  /** For `backing-off`: it has served before and starts again within moments; `ensureReady` waits for it. */
  readonly startsSoon?: boolean;
  readonly restarts: number;
}

/** One model hosted on this box. `hosting` implements it, `providers/local` uses it, `app` joins them. */
export interface LocalModel {
  readonly modelId: ModelId;
  readonly facts: EndpointFacts;
  state(): LocalModelState;
  /**
   * Resolves with the worker's unix socket when it can serve.
   * ready → at once; stopped → starts it; starting → joins the start in flight; stopping → waits, then starts;
   * backing-off → waits where it starts soon, otherwise rejects with `worker_failed`; failed → rejects with `worker_start_failed`; shut down → `draining`.
   */
  ensureReady(signal: AbortSignal): Promise<{ readonly socketPath: string }>;
  /** Tells the supervisor that a request to the worker broke off, so that it looks at once instead of at the next heartbeat. */
  reportTrouble(): void;
}
