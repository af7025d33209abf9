import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ContinuationVerdict } from "../core/continuation.ts";
import type { CascadeVerdict, DecisionChange } from "../core/decision.ts";
import type { ComparisonMetrics } from "../core/comparison-metrics.ts";
import type { EndpointCatalog } from "../core/inference-service.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { MemoryView } from "../core/memory-view.ts";
import type { PredictionMetrics } from "../core/prediction-metrics.ts";
import type { ProbeMetrics } from "../core/probe-metrics.ts";
import type { QueueMetrics } from "../core/queue-policy.ts";
import { defineComparisonMetrics } from "./comparison-metrics.ts";
import { defineGainMetrics } from "./gain-metrics.ts";
import { defineMemoryMetrics } from "./memory-metrics.ts";
import type { EndedAnswer, RequestMetrics } from "../core/request-metrics.ts";
import { defineProbeMetrics } from "./probe-metrics.ts";
import { defineQueueMetrics } from "./queue-metrics.ts";
import { toUsd } from "../core/money.ts";

/** Buckets for the whole time of an answer, in seconds. @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ */
const DURATION_BUCKETS_S = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Buckets for the time to the first content, in seconds. @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ */
const FIRST_CONTENT_BUCKETS_S = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60,
];

/** Buckets for counts of tokens. @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ */
const TOKEN_BUCKETS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];

/** Buckets for one durable write, in seconds: from a fast flash disk to one that is about to fail. */
const COMMIT_BUCKETS_S = [0.000_25, 0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.5, 2];

/** Buckets for observed over predicted, the same distance on both sides of 1. */
const RATIO_BUCKETS = [0.1, 0.25, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 4, 10];

const MS_PER_SECOND = 1_000;
/** The box's metrics, with the hooks of the parts that do not go through the gateway. */
export interface Metrics extends RequestMetrics, QueueMetrics, PredictionMetrics, ProbeMetrics, ComparisonMetrics {
  /** How long one commit of the audit log took until it was on disk. */
  auditCommitted(durationMs: number): void;
  /** How the cascade went that an endpoint's answer began. */
  cascadeEnded(endpointId: string, verdict: CascadeVerdict): void;
  /** What followed where an answer of the endpoint broke off that could be gone on with. */
  continuationEnded(endpointId: string, verdict: ContinuationVerdict): void;
  /** What the policy that is tried would have changed in one decision. */
  policyShadowed(change: DecisionChange): void;
}

/**
 * Every metric of the box, under the names that dashboards use. Answers of models are measured under the names of
 * OpenTelemetry's conventions for generative AI; what those do not name begins with `signalbox_`. Labels hold ids
 * from the configuration and codes from the error table, never anything that a client wrote.
 */
export function createMetrics(catalog: EndpointCatalog, memory?: () => MemoryView): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = defineRequestMetrics(registry);
  const answers = defineAnswerMetrics(registry);
  const gains = defineGainMetrics(registry);
  defineEndpointGauges(registry, catalog);
  if (memory !== undefined) defineMemoryMetrics(registry, memory);
  const auditCommit = new Histogram({
    name: "signalbox_audit_commit_duration_seconds",
    help: "Time of one commit of the audit log, until it is on disk",
    buckets: COMMIT_BUCKETS_S,
    registers: [registry],
  });
  const shadowed = new Counter({
    name: "signalbox_policy_shadow_decisions_total",
    help: "Decisions by what the policy that is only tried would have changed in them",
    labelNames: ["change"],
    registers: [registry],
  });
  const cascades = new Counter({
    name: "signalbox_cascades_total",
    help: "Answers that were held back until they were judged by their own confidence, by what followed: kept, went-on, given-back",
    labelNames: ["endpoint", "verdict"],
    registers: [registry],
  });
  const continuations = new Counter({
    name: "signalbox_continuations_total",
    help: "Answers that broke off and could be gone on with, by the endpoint that broke off and what followed: went-on, gave-up",
    labelNames: ["endpoint", "verdict"],
    registers: [registry],
  });
  return {
    ...requests,
    ...defineQueueMetrics(registry, catalog),
    ...defineProbeMetrics(registry),
    ...defineComparisonMetrics(registry),
    answerEnded: (ended) => {
      answers(ended);
      gains(ended);
    },
    predictionCompared: definePredictionMetrics(registry),
    auditCommitted: (durationMs) => auditCommit.observe(durationMs / MS_PER_SECOND),
    policyShadowed: (change) => shadowed.inc({ change }),
    cascadeEnded: (endpoint, verdict) => cascades.inc({ endpoint, verdict }),
    continuationEnded: (endpoint, verdict) => continuations.inc({ endpoint, verdict }),
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function defineRequestMetrics(
  registry: Registry,
): Pick<RequestMetrics, "requestStarted" | "requestEnded" | "attemptEnded"> {
  const registers = [registry];
  const inFlight = new Gauge({ name: "signalbox_requests_in_flight", help: "HTTP requests being answered", registers });
  const ended = new Counter({
    name: "signalbox_requests_total",
    help: "HTTP requests that have ended, by route, status and workload class",
    labelNames: ["method", "route", "status", "workload_class"],
    registers,
  });
  const duration = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Time of an HTTP request from its headers to the end of the answer",
    labelNames: ["http_request_method", "http_route"],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const attempts = new Counter({
    name: "signalbox_attempts_total",
    help: "Attempts at an endpoint by how they ended: answered, or the error's code",
    labelNames: ["endpoint", "outcome"],
    registers,
  });
  return {
    requestStarted: () => inFlight.inc(),
    requestEnded: ({ method, route, status, workloadClass, durationMs }) => {
      inFlight.dec();
      ended.inc({ method, route, status, workload_class: workloadClass ?? "none" });
      duration.observe({ http_request_method: method, http_route: route }, durationMs / MS_PER_SECOND);
    },
    attemptEnded: (endpoint, errorCode) => attempts.inc({ endpoint, outcome: errorCode ?? "answered" }),
  };
}

function defineAnswerMetrics(registry: Registry): RequestMetrics["answerEnded"] {
  const common = ["gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_response_model"] as const;
  const registers = [registry];
  const firstContent = new Histogram({
    name: "gen_ai_server_time_to_first_token_seconds",
    help: "Time from a request's arrival to the first content of its answer",
    labelNames: [...common, "workload_class"],
    buckets: FIRST_CONTENT_BUCKETS_S,
    registers,
  });
  const duration = new Histogram({
    name: "gen_ai_server_request_duration_seconds",
    help: "Time from a request's arrival to the end of its answer",
    labelNames: [...common, "workload_class", "error_type"],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const tokens = new Histogram({
    name: "gen_ai_client_token_usage",
    help: "Tokens of one answer, by kind (input, output) and by who counted (measured, estimated)",
    labelNames: [...common, "gen_ai_token_type", "basis"],
    buckets: TOKEN_BUCKETS,
    registers,
  });
  const cost = new Counter({
    name: "signalbox_cost_usd_total",
    help: "What the answers cost, in US dollars",
    labelNames: ["endpoint"],
    registers,
  });
  return (ended: EndedAnswer) => {
    const labels = {
      gen_ai_operation_name: "chat",
      gen_ai_provider_name: ended.endpoint.providerId,
      gen_ai_response_model: ended.endpoint.modelId,
    };
    const workload_class = ended.workloadClass;
    firstContent.observe({ ...labels, workload_class }, ended.firstContentMs / MS_PER_SECOND);
    const error_type = ended.errorCode ?? "none";
    duration.observe({ ...labels, workload_class, error_type }, ended.totalMs / MS_PER_SECOND);
    const { usage, costMicroUsd } = ended;
    if (costMicroUsd !== undefined) cost.inc({ endpoint: ended.endpoint.id }, toUsd(costMicroUsd));
    if (usage === undefined) return;
    const { promptTokens, completionTokens, basis } = usage;
    if (promptTokens !== undefined) tokens.observe({ ...labels, gen_ai_token_type: "input", basis }, promptTokens);
    if (completionTokens !== undefined)
      tokens.observe({ ...labels, gen_ai_token_type: "output", basis }, completionTokens);
  };
}

function definePredictionMetrics(registry: Registry): PredictionMetrics["predictionCompared"] {
  const ratios = new Histogram({
    name: "signalbox_prediction_ratio",
    help: "Observed over predicted, by endpoint and quantity: 1 is exact, 2 is twice as slow or long as predicted",
    labelNames: ["endpoint", "quantity"],
    buckets: RATIO_BUCKETS,
    registers: [registry],
  });
  return (endpoint, quantity, ratio) => ratios.observe({ endpoint, quantity }, ratio);
}

/** Gauges that are read from the endpoints' state when somebody scrapes, and cost nothing until then. */
function defineEndpointGauges(registry: Registry, catalog: EndpointCatalog): void {
  const define = (name: string, help: string, read: (snapshot: EndpointSnapshot) => number | undefined): void => {
    new Gauge({
      name: `signalbox_endpoint_${name}`,
      help,
      labelNames: ["endpoint"],
      registers: [registry],
      collect() {
        this.reset();
        for (const snapshot of catalog.snapshots()) {
          const value = read(snapshot);
          if (value !== undefined) this.set({ endpoint: snapshot.facts.id }, value);
        }
      },
    });
  };
  define("running", "Requests that the endpoint is answering", ({ state }) => state.running);
  define("queued", "Requests that wait for the endpoint", ({ state }) => state.queued);
  define("slots", "Requests that the endpoint answers at the same time", ({ facts }) => facts.slots);
  define("loaded", "Whether the model is in memory", ({ state }) => Number(state.loaded));
  define("breaker_open", "Whether the endpoint is left alone after failures", ({ state }) =>
    Number(state.breaker === "open"),
  );
  define("error_ratio", "Share of recent attempts that failed by the endpoint's fault", ({ state }) => state.errorRate);
}
