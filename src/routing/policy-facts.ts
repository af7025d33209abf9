import type { Prediction } from "../core/decision.ts";
import type { EndpointSnapshot, EndpointState } from "../core/endpoint.ts";
import { ENDPOINT_VARIABLES } from "../core/endpoint-variables.ts";
import type { PolicyFacts } from "../core/policy-port.ts";
import type { Workload } from "../core/workload.ts";
import type { Expectation } from "./predict.ts";
import type { RoutingInput } from "./routing-input.ts";
import { toUsd } from "../core/money.ts";

/** What a policy may know about a request before any endpoint is looked at. */
export function requestFacts(input: RoutingInput, workload: Workload, dataClass: string): PolicyFacts {
  const { request, principal, spend, now } = input;
  const limitMicroUsd = spend?.limitMicroUsd ?? principal.budgetMicroUsd;
  const spentMicroUsd = spend === undefined ? undefined : spend.settledMicroUsd + spend.reservedMicroUsd;
  return {
    request: {
      model: request.model,
      kind: request.kind,
      stream: request.stream,
      prompt_tokens: request.estimatedPromptTokens,
      max_tokens: request.maxTokens,
      tool_count: request.toolCount,
      has_images: request.hasImages,
      has_json_schema: request.responseFormat.kind === "json-schema",
      service_tier: request.serviceTier,
      metadata: request.metadata,
    },
    principal: {
      key_id: principal.keyId,
      team: principal.team,
      user: principal.user,
      role: principal.role,
      tags: principal.tags,
    },
    data: { class: dataClass, findings: input.findings },
    workload: {
      class: workload.class,
      task: workload.task,
      difficulty: workload.difficulty,
      expected_output_tokens: workload.expectedOutputTokens,
    },
    budget: {
      spent_usd: toUsd(spentMicroUsd),
      remaining_usd: limitMicroUsd === undefined ? undefined : toUsd(limitMicroUsd - (spentMicroUsd ?? 0)),
    },
    now: { hour: now.hour, weekday: now.weekday, iso: now.iso },
  };
}

/**
 * The same facts with those of the endpoint that was looked at last. Unknown ones are `undefined`, so that a rule that reads
 * them fails closed. One view serves a whole decision: a condition keeps nothing of what it reads.
 */
export interface FactsOfEndpoints extends PolicyFacts {
  lookAt(endpoint: EndpointSnapshot, expectation: Expectation): void;
}

/** Facts that are those of `facts` until an endpoint is looked at. */
export function factsOfEndpoints(facts: PolicyFacts): FactsOfEndpoints {
  const { request, principal, data, workload, budget, now } = facts;
  const view = new EndpointView();
  return {
    request,
    principal,
    data,
    workload,
    budget,
    now,
    endpoint: view as unknown as Readonly<Record<string, unknown>>,
    lookAt: (endpoint, { prediction }) => {
      view.snapshot = endpoint;
      view.prediction = prediction;
    },
  };
}

/** The endpoint that is looked at as the variables of policies; worked out when read: most policies read two or three. */
class EndpointView {
  snapshot: EndpointSnapshot | undefined;
  prediction: Prediction | undefined;
}

const PREDICTED_VARIABLES: Readonly<Record<string, (prediction: Prediction) => unknown>> = {
  predicted_ttft_ms: (prediction) => prediction.ttftMs,
  predicted_total_ms: (prediction) => prediction.totalMs,
  predicted_cost_usd: ({ costMicroUsd }) => toUsd(costMicroUsd),
  tokens_per_second: (prediction) => prediction.tokensPerSecond,
  queue_ms: (prediction) => prediction.queueMs,
};

const STATE_VARIABLES: Readonly<Record<string, (state: EndpointState) => unknown>> = {
  loaded: (state) => state.loaded,
  healthy: (state) => state.breaker === "closed" && state.unavailableBecause === undefined,
  error_rate: (state) => state.errorRate,
};

for (const [name, read] of Object.entries(ENDPOINT_VARIABLES))
  Object.defineProperty(EndpointView.prototype, name, {
    get(this: EndpointView) {
      return this.snapshot === undefined ? undefined : read(this.snapshot.facts);
    },
  });
for (const [name, read] of Object.entries(STATE_VARIABLES))
  Object.defineProperty(EndpointView.prototype, name, {
    get(this: EndpointView) {
      return this.snapshot === undefined ? undefined : read(this.snapshot.state);
    },
  });
for (const [name, read] of Object.entries(PREDICTED_VARIABLES))
  Object.defineProperty(EndpointView.prototype, name, {
    get(this: EndpointView) {
      return this.prediction === undefined ? undefined : read(this.prediction);
    },
  });
