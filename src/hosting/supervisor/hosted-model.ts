import type { Clock, Random } from "../../core/clock.ts";
import type { EndpointFacts } from "../../core/endpoint.ts";
import type { LocalModel, LocalModelState } from "../../core/local-model.ts";
import type { WorkerFence } from "../fence/worker-fence.ts";
import type { Giveable, WorkerHeartbeat, WorkerOptions } from "../worker-protocol.ts";
import type { RunDirectory } from "./run-directory.ts";
import type { WorkerChild, WorkerChildEvents, WorkerChildSetup } from "./worker-child.ts";

/** The part of pino's logger that the supervisor uses. */
export interface WorkerLog {
  debug(facts: Readonly<Record<string, unknown>>, message: string): void;
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** How one model is hosted; the worker's options as far as they are known before it starts. */
export interface HostingOptions extends Omit<WorkerOptions, "modelId" | "socketPath" | "heartbeatIntervalMs"> {
  /** Logical CPUs to confine the process to, as `taskset` lists them (`1-3,5`). Absent: unconfined. */
  readonly cpuList?: string;
}

/** What a model is supervised with. */
export interface LocalModelSetup {
  readonly facts: EndpointFacts;
  readonly options: HostingOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WorkerLog;
  readonly runDirectory: RunDirectory;
  /** Tells how many processes the kernel has killed for want of memory. Absent: such an end is not told from others. */
  readonly countOomKills?: () => Promise<number | undefined>;
  /** What the worker is kept from. Absent: nothing. */
  readonly fence?: WorkerFence;
  /** The most memory that the worker may take. Absent: unbounded. */
  readonly memoryBytes?: number;
  /** The worker's program. Absent: the one beside this folder. */
  readonly entryFile?: string;
  /** Absent: a real process. */
  readonly spawn?: (setup: WorkerChildSetup, events: WorkerChildEvents) => WorkerChild;
}

/** What a model does right now, from its last heartbeat. */
export type LiveNumbers = Pick<WorkerHeartbeat, "running" | "queued"> &
  Partial<Omit<WorkerHeartbeat, "kind" | "running" | "queued" | "evaluatedTokens">>;

/** What may differ from one start of a worker to the next. */
export interface StartProfile {
  /** Fewer than configured where memory is short: the requests beyond them wait in the worker. */
  readonly slots?: number;
  readonly threads?: number;
  readonly cpuList?: string;
}

/** A hosted model with its supervision. */
export interface HostedModel extends Omit<LocalModel, "ensureReady"> {
  /**
   * Resolves with the worker's unix socket when it can serve.
   * ready → at once; stopped → starts it; starting → joins the start in flight; stopping → waits, then starts;
   * backing-off → waits where it starts soon, otherwise rejects with `worker_failed`; failed → rejects with `worker_start_failed`; shut down → `draining`.
   */
  ensureReady(signal: AbortSignal): Promise<{ readonly socketPath: string }>;
  /**
   * Begins to load it, also after failures; does not wait. Does nothing when it is loaded or being loaded. The profile
   * counts from the next start of its process on, restarts included.
   */
  start(profile?: StartProfile): void;
  /**
   * Asks its process for memory that it can do without: states that were put aside, or its context, which comes back with
   * the next request. Resolves with whether it did; within 5 s, and never rejects.
   */
  giveBack(what: Giveable): Promise<boolean>;
  /** Takes it out of memory; the next request loads it again. Resolves when its process is gone. */
  unload(): Promise<void>;
  /** Ends it for good. Resolves when its process is gone, or when the kernel can't end it. */
  stop(): Promise<void>;
  /** Calls `listener` after each change of `state()`. The returned function ends that. */
  onChange(listener: (state: LocalModelState) => void): () => void;
  live(): LiveNumbers;
  /** The process's last lines of output, oldest first, also after its end. */
  lastLines(): readonly string[];
}
