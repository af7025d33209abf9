import { SignalboxError } from "../../core/errors.ts";
import type { QueueRefusalReason } from "../../core/queue-policy.ts";
import type { WorkloadClass } from "../../core/workload.ts";

/** When nothing better is known, a refused caller is asked to wait this long. */
const DEFAULT_RETRY_AFTER_MS = 1_000;

/** Nobody is asked to wait longer: who knows what is then. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** What a refused caller is told. */
export interface QueueRefusal {
  readonly endpointId: string;
  readonly workloadClass: WorkloadClass;
  readonly reason: QueueRefusalReason;
  readonly running: number;
  readonly queued: number;
  /** Absent: nobody can tell. */
  readonly predictedWaitMs?: number | undefined;
  /** For `wait` and `waited`: what was allowed. */
  readonly allowedMs: number;
}

/** The refusal as an error that another endpoint may mend, with the expected wait as `Retry-After`. */
export function queueFullError(refusal: QueueRefusal): SignalboxError {
  const { endpointId, workloadClass, reason, queued, predictedWaitMs } = refusal;
  return new SignalboxError("queue_full", messageOf(refusal), {
    retryAfterMs: Math.min(predictedWaitMs ?? DEFAULT_RETRY_AFTER_MS, MAX_RETRY_AFTER_MS),
    metadata: {
      queue: {
        endpoint: endpointId,
        workload_class: workloadClass,
        reason,
        queued,
        predicted_wait_ms: predictedWaitMs === undefined ? null : Math.round(predictedWaitMs),
      },
    },
  });
}

function messageOf({ endpointId, workloadClass, reason, running, queued, ...times }: QueueRefusal): string {
  const allowedMs = Math.round(times.allowedMs);
  switch (reason) {
    case "requests":
      return `${endpointId} answers ${running} requests and ${queued} more are waiting, which is its limit.`;
    case "tokens":
      return `As many tokens of ${workloadClass} requests wait for ${endpointId} as may.`;
    case "wait":
      return `A place at ${endpointId} is expected in ${Math.round(times.predictedWaitMs ?? 0)} ms; the request may wait ${allowedMs} ms.`;
    case "waited":
      return `The request waited ${allowedMs} ms for a place at ${endpointId}, which is as long as it may.`;
    case "displaced":
      return `The queue of ${endpointId} is full, and the request gave its place to a caller that has had less of it.`;
  }
}
