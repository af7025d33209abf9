import type { InferenceCall } from "../../core/inference-endpoint.ts";
import type { InferenceChunk, InferenceEvent } from "../../core/inference-event.ts";
import type { Clock } from "../../core/clock.ts";
import { toSignalboxError } from "../../core/errors.ts";
import type { HttpTransport, TransportLimits, TransportResponse } from "../../core/transport.ts";
import type { CallDeadline } from "./call-deadline.ts";
import { skipRepeated } from "./continuation/skip-repeated.ts";
import { handOver } from "./continuation/unfinished-message.ts";
import type { ForwardBody } from "./forwarded-body.ts";
import { readAnswer, readStart, readWhole } from "./read-answer.ts";
import { readStream } from "./read-stream.ts";
import { repeatsPrompt } from "./repeats-prompt.ts";
import { failureOfErrorObject, failureOfResponse, invalidResponse, type Upstream } from "./upstream-failure.ts";
import { parseObject } from "./json-object.ts";
import { WIRE_PATHS } from "./wire-paths.ts";

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

/** One server that speaks OpenAI's protocol, as one call sees it. */
export interface Ask {
  readonly upstream: Upstream;
  readonly transport: HttpTransport;
  /** What stands before the routes of the protocol. */
  readonly basePath: string;
  readonly forwardBody: ForwardBody;
  readonly limits: TransportLimits;
  readonly clock: Clock;
  readonly deadline: CallDeadline;
  /** Beside those of the protocol. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

/** Sends one request and reads its answer; what `InferenceEndpoint.infer` promises. Does not end the deadline. */
export async function* askOpenAi(ask: Ask, call: InferenceCall): AsyncGenerator<InferenceEvent> {
  try {
    const response = await ask.transport.send({
      method: "POST",
      path: ask.basePath + WIRE_PATHS[call.request.kind],
      headers: { ...headersOf(ask.upstream, call), ...ask.extraHeaders },
      body: ask.forwardBody(call.request),
      signal: ask.deadline.signal,
      limits: limitsOf(ask.limits, call),
      ...(call.permit === undefined ? {} : { permit: call.permit }),
    });
    await refuseFailure(response, ask);
    if (!call.request.stream) {
      yield readAnswer(await readWhole(response.body), ask.upstream, call.request);
      return;
    }
    await refuseJsonForStream(response, ask.upstream);
    const { kind, choiceCount } = call.request;
    const startsWithPrompt = repeatsPrompt(call.request);
    const context = { upstream: ask.upstream, clock: ask.clock, kind, choiceCount, repeatsPrompt: startsWithPrompt };
    for await (const chunk of newChunks(readStream(response.body, context), ask.upstream, call)) {
      if (chunk.hasContent || chunk.finishReason !== undefined) ask.deadline.contentArrived();
      yield chunk;
    }
  } catch (error) {
    throw toSignalboxError(error);
  }
}

/** Of an answer that is gone on with, only what its reader has not had. */
function newChunks(
  chunks: AsyncGenerator<InferenceChunk>,
  upstream: Upstream,
  { request }: InferenceCall,
): AsyncIterable<InferenceChunk> {
  const { continues } = request;
  if (continues === undefined) return chunks;
  return skipRepeated(chunks, handOver(continues.text, request, upstream.facts), upstream);
}

/** Without a stream a server sends its headers together with the whole answer, so only the whole call's time bounds them. */
function limitsOf(limits: TransportLimits, call: InferenceCall): TransportLimits {
  if (call.request.stream) return limits;
  const headersTimeoutMs = Math.max(limits.headersTimeoutMs, call.totalTimeoutMs);
  return { ...limits, headersTimeoutMs, maxBodyBytes: Math.min(limits.maxBodyBytes, MAX_ANSWER_BYTES) };
}

function headersOf(upstream: Upstream, call: InferenceCall): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    accept: call.request.stream ? "text/event-stream" : "application/json",
    // What arrives is passed on as it is and bounded in bytes, so a compressed answer is of no use.
    "accept-encoding": "identity",
    "user-agent": "signalbox",
    "x-request-id": call.requestId,
    ...(upstream.credential === undefined ? {} : { authorization: `Bearer ${upstream.credential}` }),
  };
}

/** Throws what a status other than 2xx means, and refuses an answer in an encoding that was not asked for. */
async function refuseFailure(response: TransportResponse, ask: Ask): Promise<void> {
  const { status, headers } = response;
  if (status < 200 || status > 299) {
    const body = await readStart(response.body, MAX_ERROR_BYTES);
    throw failureOfResponse(ask.upstream, { status, headers, body, wallMs: ask.clock.wallMs() });
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return;
  await readStart(response.body, 0);
  throw invalidResponse(ask.upstream, "answered in a content encoding that was not asked for");
}

/** A stream was asked for; JSON or a web page instead is an error, which its body may explain. */
async function refuseJsonForStream(response: TransportResponse, upstream: Upstream): Promise<void> {
  const type = response.headers["content-type"] ?? "";
  if (!/^(application\/json|text\/html)\b/i.test(type)) return;
  const body = parseObject(Buffer.from(await readStart(response.body, MAX_ERROR_BYTES)).toString("utf8"));
  const error = body?.["error"];
  if (error !== undefined && error !== null) throw failureOfErrorObject(upstream, error);
  throw invalidResponse(upstream, "did not answer with a stream although one was asked for");
}
