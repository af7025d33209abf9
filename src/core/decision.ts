import type { EndpointId, KeyId, ModelId, RequestId } from "./ids.ts";
import type { Workload } from "./workload.ts";

/** What a route tries to make small or large. */
export type Objective = "cost" | "latency" | "throughput" | "quality" | "balanced";

/** What the router expects of one endpoint for one request. Unknown is absent. */
export interface Prediction {
  readonly queueMs: number;
  readonly ttftMs?: number;
  readonly totalMs?: number;
  readonly tokensPerSecond?: number;
  /** For the expected output. */
  readonly costMicroUsd?: number;
  /** For the largest possible output: what is reserved. */
  readonly worstCostMicroUsd?: number;
}

/** One endpoint that may be tried, with the reasons for its place. */
export interface RankedCandidate {
  readonly endpointId: EndpointId;
  readonly modelId: ModelId;
  /** 0 is the first tier of the route's `prefer`; endpoints that no tier names come last. */
  readonly tier: number;
  readonly prediction: Prediction;
  /** Lower is better, in the unit of the objective. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** The kind of filter that excluded an endpoint. */
export type RejectionKind =
  | "model"
  | "request"
  | "constraint"
  | "capability"
  | "context"
  | "egress"
  | "price"
  | "availability";

/** One endpoint that may not be tried, and the first reason why. */
export interface RejectedCandidate {
  readonly endpointId: EndpointId;
  readonly kind: RejectionKind;
  /** The constraint's id, the request field or the fact that excluded it. */
  readonly by: string;
  readonly detail: string;
  /** When it may be able to serve again, where that is known. */
  readonly retryInMs?: number;
}

/** What the router decided about one request: the order of attempts, and for every other endpoint why not. */
export interface Decision {
  readonly requestId: RequestId;
  readonly keyId: KeyId;
  readonly requestedModel: ModelId;
  readonly workload: Workload;
  readonly dataClass: string;
  readonly policySha256: string;
  /** Id of the route that applied. */
  readonly routeId: string;
  readonly objective: Objective;
  readonly candidates: readonly RankedCandidate[];
  readonly rejected: readonly RejectedCandidate[];
  /** What a reader of the decision should know beside it: a preference that could not be evaluated, a model that is not configured. */
  readonly notes?: readonly string[];
}
