import type { Prediction } from "../core/decision.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { FeedbackCorrections } from "../core/feedback.ts";
import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { EndpointId, RequestId } from "../core/ids.ts";
import type { CompiledPolicy } from "../core/policy-port.ts";
import type { Principal } from "../core/principal.ts";
import type { Spend } from "../core/records.ts";
import type { Workload } from "../core/workload.ts";
import type { NowFacts } from "./now-facts.ts";
import type { TextModel } from "./text-model.ts";
import type { LearnedExpectations } from "./output-length.ts";

/** The endpoint that served the same conversation before. */
export interface StickyEndpoint {
  readonly endpointId: EndpointId;
  /** Prompt tokens that it probably still holds. */
  readonly cachedPromptTokens?: number;
}

/** An endpoint that this request has tried in vain. */
export interface TriedEndpoint {
  readonly endpointId: EndpointId;
  readonly errorCode: string;
}

/** What was known when a request was decided about, for deciding about it again. */
export interface RecordedFacts {
  readonly workload: Workload;
  /** Of the endpoints that were candidates; the others count as idle. */
  readonly predictions: ReadonlyMap<EndpointId, Prediction>;
}

/** Everything that a decision depends on. The same input always gives the same decision. */
export interface RoutingInput {
  readonly requestId: RequestId;
  readonly request: InferenceRequest;
  readonly principal: Principal;
  /** The caller's share of a queue against other keys' shares; absent: 1. */
  readonly keyWeight?: number;
  /** `name@version` of the preset whose fields the request has; for the record. */
  readonly preset?: string;
  /** Every configured endpoint, at one instant. */
  readonly endpoints: readonly EndpointSnapshot[];
  readonly policy: CompiledPolicy;
  /** All data classes, the least sensitive first. */
  readonly dataClasses: readonly string[];
  readonly now: NowFacts;
  /** What the key has spent; absent when nobody counts. */
  readonly spend?: Spend;
  /** Kinds of sensitive data found in the request; absent when nothing looked. */
  readonly findings?: readonly string[];
  /** What earlier answers have shown; absent when nobody learned. */
  readonly learned?: LearnedExpectations;
  /** What feedback on earlier answers has shown; absent when nobody asked. */
  readonly feedback?: FeedbackCorrections;
  /** The trained model for task and difficulty; absent: structure, rules and priors alone. */
  readonly textModel?: TextModel;
  readonly sticky?: StickyEndpoint;
  /** A number from 0 up to 1, drawn for this decision; it says whether the request explores. Absent: it does not. */
  readonly chance?: number;
  /** For a request of the past: what was known then, in place of what is looked at and predicted otherwise. */
  readonly recorded?: RecordedFacts;
  /** For a further attempt: the endpoints that the request has done with. They are never candidates again. */
  readonly alreadyTried?: readonly TriedEndpoint[];
}
