import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { ClassQueue } from "../core/endpoint.ts";
import type { EndpointCatalog } from "../core/inference-service.ts";
import type { QueueMetrics } from "../core/queue-policy.ts";

/** Buckets for the wait for a place, in seconds: from none to the longest that any class may wait by default. */
const WAIT_BUCKETS_S = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600];

const MS_PER_SECOND = 1_000;

/** What waits at each endpoint, how long requests waited, and who was refused and why. */
export function defineQueueMetrics(registry: Registry, catalog: EndpointCatalog): QueueMetrics {
  const registers = [registry];
  const labelNames = ["endpoint", "workload_class"] as const;
  const defineGauge = (name: string, help: string, read: (queue: ClassQueue) => number | undefined): void => {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { facts, state } of catalog.snapshots()) {
          for (const queue of state.classQueues ?? []) {
            const value = read(queue);
            if (value !== undefined) this.set({ endpoint: facts.id, workload_class: queue.workloadClass }, value);
          }
        }
      },
    });
  };
  defineGauge("signalbox_queue_depth", "Requests that wait for a place", ({ queued }) => queued);
  defineGauge(
    "signalbox_queue_tokens",
    "Prompt and expected answer tokens that wait for a place",
    ({ queuedTokens }) => queuedTokens,
  );
  defineGauge("signalbox_queue_predicted_wait_seconds", "Predicted wait of one more request", ({ predictedWaitMs }) =>
    predictedWaitMs === undefined ? undefined : predictedWaitMs / MS_PER_SECOND,
  );
  const wait = new Histogram({
    name: "signalbox_queue_wait_seconds",
    help: "Time that requests waited until they had a place",
    labelNames,
    buckets: WAIT_BUCKETS_S,
    registers,
  });
  const refused = new Counter({
    name: "signalbox_queue_refusals_total",
    help: "Requests that found no place in a queue or lost it, by reason: requests, tokens, wait, waited, displaced",
    labelNames: [...labelNames, "reason"],
    registers,
  });
  return {
    queueLeft: (endpoint, workload_class, waitMs) => wait.observe({ endpoint, workload_class }, waitMs / MS_PER_SECOND),
    queueRefused: (endpoint, workload_class, reason) => refused.inc({ endpoint, workload_class, reason }),
  };
}
