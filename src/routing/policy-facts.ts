import type { EndpointSnapshot } from "../core/endpoint.ts";
import { endpointVariables } from "../core/endpoint-variables.ts";
import type { PolicyFacts } from "../core/policy-port.ts";
import type { Workload } from "../core/workload.ts";
import type { Expectation } from "./predict.ts";
import type { RoutingInput } from "./routing-input.ts";

const MICRO_USD_PER_USD = 1_000_000;

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
      spent_usd: spentMicroUsd === undefined ? undefined : spentMicroUsd / MICRO_USD_PER_USD,
      remaining_usd:
        limitMicroUsd === undefined ? undefined : (limitMicroUsd - (spentMicroUsd ?? 0)) / MICRO_USD_PER_USD,
    },
    now: { hour: now.hour, weekday: now.weekday, iso: now.iso },
  };
}

/** The same facts with those of one endpoint. Unknown ones are `undefined`, so that a rule that reads them fails closed. */
export function withEndpoint(facts: PolicyFacts, endpoint: EndpointSnapshot, expectation: Expectation): PolicyFacts {
  const { state } = endpoint;
  const { prediction } = expectation;
  return {
    ...facts,
    endpoint: {
      ...endpointVariables(endpoint.facts),
      predicted_ttft_ms: prediction.ttftMs,
      predicted_total_ms: prediction.totalMs,
      predicted_cost_usd:
        prediction.costMicroUsd === undefined ? undefined : prediction.costMicroUsd / MICRO_USD_PER_USD,
      tokens_per_second: prediction.tokensPerSecond,
      queue_ms: prediction.queueMs,
      loaded: state.loaded,
      healthy: state.breaker === "closed" && state.unavailableBecause === undefined,
      error_rate: state.errorRate,
    },
  };
}
