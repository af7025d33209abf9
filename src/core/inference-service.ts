import type { InferenceEvent } from "./inference-event.ts";
import type { InferenceRequest } from "./inference-request.ts";
import type { Continuation } from "./continuation.ts";
import type { Decision } from "./decision.ts";
import type { EndpointFacts, EndpointSnapshot } from "./endpoint.ts";
import type { ModelId, RequestId } from "./ids.ts";
import type { Allowance, PartOf, PartSummary } from "./joint-request.ts";
import type { Principal } from "./principal.ts";
import type { Usage } from "./usage.ts";

/** One client request on its way into dispatch. */
export interface InferenceJob {
  readonly requestId: RequestId;
  readonly request: InferenceRequest;
  readonly principal: Principal;
  readonly clientIp?: string;
  /** `name@version` of the preset whose fields the request has. */
  readonly preset?: string;
  /** Present for a part of a joint request. */
  readonly partOf?: PartOf;
  /** Who pays and is on record in the caller's place; what the policy allows is decided on for the caller. Absent: the caller. */
  readonly billedTo?: Principal;
  /** The answered request with whose data this one is made, for a comparison. */
  readonly comparisonOf?: RequestId;
  /** What its attempts may cost beside the key's budget; absent: no other limit. */
  readonly allowance?: Allowance;
  /** Aborts when the client is gone or the box stops. */
  readonly signal: AbortSignal;
}

/** One attempt, as the answer's metadata and `/v1/generation` show it. */
export interface AttemptSummary {
  readonly endpointId: string;
  readonly errorCode?: string;
  readonly durationMs: number;
}

/** An answer that has begun: the endpoint has sent its first content (or, without a stream, its whole answer). */
export interface InferenceExecution {
  readonly requestId: RequestId;
  readonly decision: Decision;
  readonly endpoint: EndpointFacts;
  /** Index of the leaf of the attempt that answers. */
  readonly auditIndex: number;
  readonly attempts: readonly AttemptSummary[];
  /**
   * The events, starting with the first. MUST be read to the end or closed: closing early cancels the endpoint.
   * May throw SignalboxError after content was sent; then no other endpoint is tried, except one of the same model that
   * goes on with the answer where the decision has a `continuation`. The outcome is durable when the iteration has ended.
   */
  readonly events: AsyncIterable<InferenceEvent>;
  /** What the answer cost, in micro-USD, once usage has been seen. Absent while unknown. */
  costMicroUsd(): number | undefined;
  /** Of a joint request, its parts so far; each is counted on its own. */
  parts?(): readonly PartSummary[];
  /** Tokens of the answer so far, counted where the endpoint did not state them. Absent while nothing was received. */
  usage?(): Usage | undefined;
  /** Where the answer broke off so far, and who went on. Absent where it can't be gone on with. */
  continuations?(): readonly Continuation[];
  /** Whose the newest event is; absent where it is always `endpoint`. */
  answering?(): EndpointFacts;
}

/** The one way from the gateway to an answer. */
export interface InferenceService {
  /** Rejects with SignalboxError when no endpoint has answered; the refusal or the last failure is durable then. */
  execute(job: InferenceJob): Promise<InferenceExecution>;
  /** The decision alone, without recording or sending anything. */
  readonly explain: (job: Omit<InferenceJob, "signal">) => Decision;
}

/** A model that several others answer for. */
export interface ListedJointModel {
  readonly id: ModelId;
  /** What it does, in a sentence. */
  readonly description: string;
  /** Models that may be asked for one request, each once. */
  readonly modelIds: readonly ModelId[];
}

/** What the box serves, for `/v1/models` and `/readyz`. */
export interface EndpointCatalog {
  /** With what only reports show. */
  snapshots(): readonly EndpointSnapshot[];
  /** Panels and plans; absent where there are none. */
  jointModels?(): readonly ListedJointModel[];
}
