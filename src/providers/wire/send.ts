import type { InferenceCall } from "../../core/inference-endpoint.ts";
import type { Clock } from "../../core/clock.ts";
import type { HttpTransport, TransportLimits, TransportResponse } from "../../core/transport.ts";
import type { CallDeadline } from "./call-deadline.ts";
import { readObject } from "./json-object.ts";
import { readStart } from "./read-body.ts";
import { failureOfErrorObject, failureOfResponse, invalidResponse, type Upstream } from "./upstream-failure.ts";

/** Of an error's body, the bytes that are looked at. */
const MAX_ERROR_BYTES = 64 * 1024;

/** The most that an answer without a stream may take: it is held in memory as a whole. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Limits of one upstream call that nobody configures. The deadline of the call bounds the wait for the headers. */
export const DEFAULT_LIMITS: TransportLimits = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 600_000,
  idleTimeoutMs: 60_000,
  maxHeaderBytes: 32 * 1024,
  maxBodyBytes: 256 * 1024 * 1024,
};

/** One server, as one call sees it, whatever protocol it speaks. */
export interface Exchange {
  readonly upstream: Upstream;
  readonly transport: HttpTransport;
  readonly limits: TransportLimits;
  readonly clock: Clock;
  readonly deadline: CallDeadline;
}

/** What a protocol makes of a request. */
export interface WireRequest {
  /** Below the base URL. */
  readonly path: string;
  /** Beside those that every protocol has: who asks with what right, and the like. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Posts one request. The response is one of success, in the form that was asked for: a status other than 2xx, a content
 * encoding, and JSON where a stream was asked for, throw what they mean.
 */
export async function send(exchange: Exchange, call: InferenceCall, request: WireRequest): Promise<TransportResponse> {
  const response = await exchange.transport.send({
    method: "POST",
    path: request.path,
    headers: {
      "content-type": "application/json",
      accept: call.request.stream ? "text/event-stream" : "application/json",
      // What arrives is passed on as it is and bounded in bytes, so a compressed answer is of no use.
      "accept-encoding": "identity",
      "user-agent": "signalbox",
      ...request.headers,
    },
    body: request.body,
    signal: exchange.deadline.signal,
    limits: limitsOf(exchange.limits, call),
    ...(call.permit === undefined ? {} : { permit: call.permit }),
  });
  await refuseFailure(response, exchange);
  if (call.request.stream) await refuseJsonForStream(response, exchange.upstream);
  return response;
}

/** Without a stream a server sends its headers together with the whole answer, so only the whole call's time bounds them. */
function limitsOf(limits: TransportLimits, call: InferenceCall): TransportLimits {
  if (call.request.stream) return limits;
  const headersTimeoutMs = Math.max(limits.headersTimeoutMs, call.totalTimeoutMs);
  return { ...limits, headersTimeoutMs, maxBodyBytes: Math.min(limits.maxBodyBytes, MAX_ANSWER_BYTES) };
}

/** Throws what a status other than 2xx means, and refuses an answer in an encoding that was not asked for. */
async function refuseFailure(response: TransportResponse, { upstream, clock }: Exchange): Promise<void> {
  const { status, headers } = response;
  if (status < 200 || status > 299) {
    const body = await readStart(response.body, MAX_ERROR_BYTES);
    throw failureOfResponse(upstream, { status, headers, body, wallMs: clock.wallMs() });
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return;
  await readStart(response.body, 0);
  throw invalidResponse(upstream, "answered in a content encoding that was not asked for");
}

/** A stream was asked for; JSON or a web page instead is an error, which its body may explain. */
async function refuseJsonForStream(response: TransportResponse, upstream: Upstream): Promise<void> {
  const type = response.headers["content-type"] ?? "";
  if (!/^(application\/json|text\/html)\b/i.test(type)) return;
  const body = readObject(await readStart(response.body, MAX_ERROR_BYTES));
  const error = body?.["error"];
  if (error !== undefined && error !== null) throw failureOfErrorObject(upstream, error);
  throw invalidResponse(upstream, "did not answer with a stream although one was asked for");
}
