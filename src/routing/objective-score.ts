import type { SortKey } from "../core/inference-request.ts";
import type { Objective } from "../core/decision.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { Workload, WorkloadClass } from "../core/workload.ts";
import type { Expectation } from "./predict.ts";

/** Quality of a model about which nobody said anything. */
const PRIOR_QUALITY = 0.5;

/**
 * What `balanced` pays for a second of waiting, in micro-USD: most while a person waits, nothing for work that may wait.
 * 1,000 is 3.60 USD an hour, well below a wage, because a person seldom does nothing else meanwhile.
 */
const SECOND_MICRO_USD: Readonly<Record<WorkloadClass, number>> = {
  agentic: 500,
  interactive: 1_000,
  generative: 200,
  embedding: 200,
  rerank: 500,
  batch: 0,
};

/** What `balanced` pays for going from the worst quality to the best, in micro-USD a request. */
const FULL_QUALITY_MICRO_USD = 10_000;

/** Behind every price, and a number that JSON can carry. */
const UNKNOWN_PRICE_SCORE = Number.MAX_SAFE_INTEGER;

/**
 * How bad an endpoint is under an objective; lower is better. It looks at one endpoint alone, so that taking another
 * one away never changes the order of the rest. Units: cost and balanced in micro-USD, latency in milliseconds to the
 * first content, throughput in milliseconds per answer token with the wait included, quality in missing quality (0 to 1).
 */
export function objectiveScore(
  objective: Objective,
  facts: EndpointFacts,
  expectation: Expectation,
  workload: Workload,
): number {
  switch (objective) {
    case "cost":
      return expectation.costMicroUsd;
    case "latency":
      return expectation.ttftMs;
    case "throughput":
      return expectation.totalMs / Math.max(1, workload.expectedOutputTokens);
    case "quality":
      return 1 - (facts.quality ?? PRIOR_QUALITY);
    case "balanced":
      return (
        expectation.costMicroUsd +
        (expectation.totalMs / 1000) * SECOND_MICRO_USD[workload.class] +
        (1 - (facts.quality ?? PRIOR_QUALITY)) * FULL_QUALITY_MICRO_USD
      );
  }
}

/** How bad an endpoint is under the caller's own `sort`; lower is better. A price that is unknown comes last. */
export function sortScore(sort: SortKey, facts: EndpointFacts, expectation: Expectation): number {
  switch (sort) {
    case "price":
      return expectation.prediction.costMicroUsd ?? UNKNOWN_PRICE_SCORE;
    case "latency":
      return expectation.ttftMs;
    case "throughput":
      return -expectation.tokensPerSecond;
    case "exacto":
      return 1 - (facts.quality ?? PRIOR_QUALITY);
  }
}
