import type { Objective, ObjectiveWeights } from "../core/decision.ts";
import type { WorkloadClass } from "../core/workload.ts";

/** Weights that a route or a class leave nothing out of. */
export type CompleteWeights = Required<ObjectiveWeights>;

/**
 * What a second of the whole answer is worth, in micro-USD: most while a person waits, nothing for work that may wait.
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

/** What going from the worst quality to the best is worth, in micro-USD a request. */
const QUALITY_MICRO_USD = 10_000;

/** What a failed attempt costs beside its time: the tail of what waits for it, and the risk that the next fails too. */
const FAILURE_MICRO_USD = 1_000;

/** How much more than by default the thing is worth that an objective names. */
const EMPHASIS = 50;

/**
 * The weights of an objective for work of a class: what the route states, else the default.
 *
 * - `cost`: nothing but money counts, failures included by what they cost; equally dear endpoints are ordered by time.
 * - `latency`: a second until the first content is worth 50 times what a second is worth by default, one after it nothing.
 * - `throughput`: a second of the whole answer is worth 50 times as much.
 * - `quality`: quality is worth 50 times as much.
 * - `balanced`: everything at its default.
 */
export function weightsOf(
  objective: Objective,
  workloadClass: WorkloadClass,
  stated: ObjectiveWeights | undefined,
): CompleteWeights {
  const weights = TABLE[objective][workloadClass];
  return stated === undefined ? weights : { ...weights, ...stated };
}

function defaultsOf(objective: Objective, workloadClass: WorkloadClass): CompleteWeights {
  const second = SECOND_MICRO_USD[workloadClass];
  const emphasized = Math.max(second, SECOND_MICRO_USD.generative) * EMPHASIS;
  const balanced: CompleteWeights = {
    firstContentSecondMicroUsd: 0,
    answerSecondMicroUsd: second,
    qualityMicroUsd: QUALITY_MICRO_USD,
    failureMicroUsd: FAILURE_MICRO_USD,
  };
  switch (objective) {
    case "cost":
      return { ...balanced, answerSecondMicroUsd: 0, qualityMicroUsd: 0, failureMicroUsd: 0 };
    case "latency":
      return { ...balanced, firstContentSecondMicroUsd: emphasized, answerSecondMicroUsd: 0 };
    case "throughput":
      return { ...balanced, answerSecondMicroUsd: emphasized };
    case "quality":
      return { ...balanced, qualityMicroUsd: QUALITY_MICRO_USD * EMPHASIS };
    case "balanced":
      return balanced;
  }
}

function byClass(objective: Objective): Readonly<Record<WorkloadClass, CompleteWeights>> {
  return {
    agentic: defaultsOf(objective, "agentic"),
    interactive: defaultsOf(objective, "interactive"),
    generative: defaultsOf(objective, "generative"),
    embedding: defaultsOf(objective, "embedding"),
    rerank: defaultsOf(objective, "rerank"),
    batch: defaultsOf(objective, "batch"),
  };
}

const TABLE: Readonly<Record<Objective, Readonly<Record<WorkloadClass, CompleteWeights>>>> = {
  cost: byClass("cost"),
  latency: byClass("latency"),
  throughput: byClass("throughput"),
  quality: byClass("quality"),
  balanced: byClass("balanced"),
};
