import type { WorkloadClass } from "./workload.ts";

/** How requests of one workload class wait at an endpoint. */
export interface ClassPolicy {
  /** How much a token of this class weighs against one of the others: twice the weight is served twice as fast. */
  readonly weight: number;
  /** The longest wait. Who is expected to wait longer is refused at once; who has waited this long leaves. */
  readonly maxWaitMs: number;
  /** Prompt and expected answer tokens that may wait together. One request may wait however large it is. */
  readonly maxQueuedTokens: number;
}

/** How each workload class waits, at every endpoint. */
export type QueueClasses = Readonly<Record<WorkloadClass, ClassPolicy>>;

/** The most that a weight may be; the least is its inverse. */
export const MAX_QUEUE_WEIGHT = 100;

const MAX_QUEUED_TOKENS = 1_000_000;

/** What counts where the configuration says nothing: people first, then programs, long texts, and what may wait. */
export const DEFAULT_QUEUE_CLASSES: QueueClasses = {
  interactive: { weight: 8, maxWaitMs: 60_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
  agentic: { weight: 4, maxWaitMs: 60_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
  embedding: { weight: 4, maxWaitMs: 60_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
  rerank: { weight: 4, maxWaitMs: 60_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
  generative: { weight: 2, maxWaitMs: 180_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
  batch: { weight: 1, maxWaitMs: 600_000, maxQueuedTokens: MAX_QUEUED_TOKENS },
};

/** Why a request found no place in a queue, or lost it. */
export type QueueRefusalReason =
  /** As many requests wait as may. */
  | "requests"
  /** As many tokens of its class wait as may. */
  | "tokens"
  /** It is expected to wait longer than its deadline or its class allows. */
  | "wait"
  /** It waited as long as its class, or the time that is kept for other endpoints, allows. */
  | "waited"
  /** It gave its place up to a request whose caller has had less. */
  | "displaced";

/** What a metrics registry hears of the queues. No method may throw or wait. */
export interface QueueMetrics {
  /** A request got its place after `waitMs`; 0 for one that found a free one. */
  queueLeft(endpointId: string, workloadClass: WorkloadClass, waitMs: number): void;
  queueRefused(endpointId: string, workloadClass: WorkloadClass, reason: QueueRefusalReason): void;
}
