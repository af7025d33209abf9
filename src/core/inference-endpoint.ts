import type { InferenceEvent } from "./inference-event.ts";
import type { InferenceRequest } from "./inference-request.ts";
import type { EndpointFacts } from "./endpoint.ts";
import type { RequestId } from "./ids.ts";
import type { Destination, Permit } from "./permit.ts";

/** One attempt of one request at one endpoint. */
export interface InferenceCall {
  readonly requestId: RequestId;
  readonly request: InferenceRequest;
  /** Present for every endpoint with a `destination`. */
  readonly permit?: Permit;
  /** Time until the first content; after it the attempt fails with `upstream_timeout`. */
  readonly firstContentTimeoutMs: number;
  /** Time until the whole answer. */
  readonly totalTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Requests of the same scope may reuse what a model of this box has evaluated for one of them. */
  readonly cacheScope?: string;
  /**
   * Present when another endpoint would be asked after this one: what is expected of the whole answer there and here, in
   * milliseconds, the load of a model included; unknown is absent.
   */
  readonly elsewhere?: { readonly thereMs?: number; readonly hereMs?: number };
}

/** An endpoint that can be asked for an answer. Local workers, site servers and clouds are the same kind of thing. */
export interface InferenceEndpoint {
  readonly facts: EndpointFacts;
  /** Where its bytes go; absent for what never leaves this box, and then no permit is needed. */
  readonly destination?: Destination;
  /**
   * Asks once, without retrying, for whatever kind of work the request is. Yields one `answer`, or `chunk`s up to the one with a finish reason and the usage.
   * MUST NOT end without error before the answer is complete: a stream that breaks off throws. Throws SignalboxError
   * only. MUST free the connection when the consumer stops early or the signal aborts.
   */
  infer(call: InferenceCall): AsyncIterable<InferenceEvent>;
}
