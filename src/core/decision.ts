import type { ContinuationPlan } from "./continuation.ts";
import type { DirectAlternative } from "./direct-alternative.ts";
import type { EndpointId, KeyId, ModelId, RequestId } from "./ids.ts";
import type { JointDecision } from "./joint-request.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { Workload } from "./workload.ts";

/** What a route tries to make small or large. */
export type Objective = "cost" | "latency" | "throughput" | "quality" | "balanced";

/** What time, quality and failures are worth on a route, in micro-USD. What is absent has the default of the request's class. */
export interface ObjectiveWeights {
  /** A second until the first content. */
  readonly firstContentSecondMicroUsd?: number;
  /** A second of the whole answer, the time until the first content included. */
  readonly answerSecondMicroUsd?: number;
  /** The whole way from the worst quality to the best. */
  readonly qualityMicroUsd?: number;
  /** A failed attempt or a missed deadline, beside the time that it costs. */
  readonly failureMicroUsd?: number;
}

/**
 * What the router expects of one endpoint for one request. Unknown is absent. Plain names are medians; what ends in P90
 * is the value that 9 of 10 requests are expected to stay within.
 */
export interface Prediction {
  readonly queueMs: number;
  readonly ttftMs?: number;
  readonly ttftP90Ms?: number;
  readonly totalMs?: number;
  readonly totalP90Ms?: number;
  readonly tokensPerSecond?: number;
  /** The rate that 9 of 10 answers reach. */
  readonly tokensPerSecondP90?: number;
  /** Of this endpoint's model; absent where it is the workload's. */
  readonly outputTokens?: number;
  /** What the times were multiplied by because earlier predictions were off; absent for 1. */
  readonly firstContentCorrection?: number;
  readonly writingCorrection?: number;
  /** For the expected output. */
  readonly costMicroUsd?: number;
  /** For the largest possible output: what is reserved. */
  readonly worstCostMicroUsd?: number;
}

/** A score's summands, in micro-USD; absent for those that are 0. The score is their sum. */
export interface ScoreParts {
  /** What the caller pays. */
  readonly price?: number;
  /** What the owner's own hardware costs for this request. */
  readonly hardware?: number;
  /** What the waiting is worth. */
  readonly lateness?: number;
  /** What a failure or a missed deadline costs, by how likely it is. */
  readonly failure?: number;
  /** Never positive: what the expected quality is worth. */
  readonly quality?: number;
}

/** One endpoint that may be tried, with the reasons for its place. */
export interface RankedCandidate {
  readonly endpointId: EndpointId;
  readonly modelId: ModelId;
  /** 0 is the first tier of the route's `prefer`; endpoints that no tier names come last. */
  readonly tier: number;
  readonly prediction: Prediction;
  /** Lower is better. In micro-USD under an objective; under the caller's own `sort` in its unit. */
  readonly score: number;
  /** How an objective's score comes about. */
  readonly scoreParts?: ScoreParts;
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

/** How a decision would have been another one under another policy. */
export type DecisionChange = "none" | "fallbacks" | "first" | "refused" | "permitted";

/** Every change, the harmless first. */
export const DECISION_CHANGES: readonly DecisionChange[] = ["none", "fallbacks", "first", "refused", "permitted"];

/** What a policy that is only tried would have decided about the request. */
export interface ShadowDecision {
  readonly policySha256: string;
  readonly change: DecisionChange;
  readonly routeId: string;
  /** Absent where it would have refused the request. */
  readonly firstEndpointId?: EndpointId;
  /** What is expected of that endpoint. */
  readonly costMicroUsd?: number;
  readonly ttftMs?: number;
  /** Endpoints that its constraints forbid and the policy's do not, and the other way round. */
  readonly forbidden?: readonly { readonly endpointId: EndpointId; readonly by: string }[];
  readonly allowed?: readonly { readonly endpointId: EndpointId; readonly by: string }[];
}

/** A cheap answer first, and another endpoint's where that is not sure of itself. */
export interface CascadePlan {
  /** Whose answer is held back and judged. */
  readonly endpointId: EndpointId;
  /** Who is asked next, as things stand. */
  readonly nextEndpointId: EndpointId;
  /** The lowest mean log-probability of its tokens with which the answer is given. */
  readonly minMeanLogprob: number;
}

/**
 * How a cascade went: the first answer was sure enough and `kept`, the request `went-on` to the next endpoint, or the
 * answer was `given-back` because that one failed.
 */
export type CascadeVerdict = "kept" | "went-on" | "given-back";

/** What the router decided about one request: the order of attempts, and for every other endpoint why not. */
export interface Decision {
  readonly requestId: RequestId;
  readonly keyId: KeyId;
  readonly requestedModel: ModelId;
  /** What the request was, without its text; of a request's first decision alone, once it is on record. */
  readonly request?: RecordedRequest;
  /** Of a joint request: who is asked for it. The candidates are those of all its parts. */
  readonly joint?: JointDecision;
  /** `name@version` of the preset whose fields the request has. */
  readonly preset?: string;
  readonly workload: Workload;
  readonly dataClass: string;
  readonly policySha256: string;
  /** Id of the route that applied. */
  readonly routeId: string;
  readonly objective: Objective;
  /** Whether a second endpoint may be asked when the first is late; absent: it may not. */
  readonly hedge?: boolean;
  /** Present where the first endpoint's answer is held back until it is known to be sure of itself. */
  readonly cascade?: CascadePlan;
  /** Present where an answer that breaks off may be gone on with. */
  readonly continuation?: ContinuationPlan;
  readonly candidates: readonly RankedCandidate[];
  readonly rejected: readonly RejectedCandidate[];
  /** What a reader of the decision should know beside it: a preference that could not be evaluated, a model that is not configured. */
  readonly notes?: readonly string[];
  /** What going direct to one fixed endpoint would have meant; of a sampled share of first decisions alone. */
  readonly direct?: DirectAlternative;
  /** Present while another policy is tried beside the one that counts; of a request's first decision alone. */
  readonly shadow?: ShadowDecision;
}
