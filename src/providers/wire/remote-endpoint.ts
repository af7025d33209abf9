import type { InferenceCall, InferenceEndpoint } from "../../core/inference-endpoint.ts";
import type { InferenceEvent } from "../../core/inference-event.ts";
import type { Clock } from "../../core/clock.ts";
import type { EndpointFacts } from "../../core/endpoint.ts";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { Destination } from "../../core/permit.ts";
import type { HttpTransport, TransportLimits } from "../../core/transport.ts";
import { startCallDeadline } from "./call-deadline.ts";
import { DEFAULT_LIMITS, type Exchange } from "./send.ts";
import type { Upstream } from "./upstream-failure.ts";

/** What an endpoint at another server is made with, whatever protocol it speaks. */
export interface RemoteEndpointOptions {
  readonly facts: EndpointFacts;
  /** Absent for a server that never leaves this box. */
  readonly destination?: Destination;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  /** The provider's credential, asked for at every call so that a changed secret is noticed; absent for none. */
  readonly apiKey?: () => string | undefined;
  readonly limits?: Partial<TransportLimits>;
  /** The longest that the operator lets a call take; a call may ask for less. */
  readonly timeouts?: CallTimeouts;
}

/** Limits of one call, in milliseconds. */
export interface CallTimeouts {
  /** Until the first content of a stream. */
  readonly firstContentMs: number;
  /** Until the whole answer. */
  readonly totalMs: number;
}

/**
 * How a protocol asks once and reads the answer; what `InferenceEndpoint.infer` promises, but for the end of the
 * deadline, and that it may throw anything. It tells the deadline when the first content of a stream has come.
 */
export type Ask = (exchange: Exchange, call: InferenceCall) => AsyncGenerator<InferenceEvent>;

/** What a header may carry; anything else in a credential is a mistake, such as a line end. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/** An endpoint at another server, which `ask` speaks to. */
export function createRemoteEndpoint(options: RemoteEndpointOptions, ask: Ask): InferenceEndpoint {
  const { clock, destination, facts, transport } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    facts,
    ...(destination === undefined ? {} : { destination }),
    async *infer(asked) {
      const call = options.timeouts === undefined ? asked : withinTimeouts(asked, options.timeouts);
      const upstream = upstreamOf(facts, options.apiKey?.());
      const deadline = startCallDeadline(call, clock, facts.providerId);
      try {
        yield* ask({ upstream, transport, limits, clock, deadline }, call);
      } catch (error) {
        throw toSignalboxError(error);
      } finally {
        deadline.end();
      }
    },
  };
}

/** Without a stream the first content is the whole answer, so only the whole call's limit holds. */
function withinTimeouts(call: InferenceCall, { firstContentMs, totalMs }: CallTimeouts): InferenceCall {
  const totalTimeoutMs = Math.min(call.totalTimeoutMs, totalMs);
  const firstContentTimeoutMs = Math.min(call.firstContentTimeoutMs, call.request.stream ? firstContentMs : totalMs);
  return { ...call, totalTimeoutMs, firstContentTimeoutMs };
}

function upstreamOf(facts: EndpointFacts, credential: string | undefined): Upstream {
  if (credential === undefined) return { facts };
  if (HEADER_VALUE.test(credential)) return { facts, credential };
  const message = `Nothing was sent to ${facts.providerId}: its credential holds characters that a header cannot carry.`;
  throw new SignalboxError("upstream_unauthorized", message);
}
