import type { Response } from "express";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Clock } from "../../core/clock.ts";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import { commonHeaders, type Exchange, isGone } from "../exchange.ts";
import { MAX_WRITE_STALL_MS } from "../write-json.ts";
import { describeApiError } from "./error-envelope.ts";
import { executionHeaders } from "./execution-headers.ts";
import { ChunkRewriter } from "./rewrite-answer.ts";

/** A comment is sent when a stream has been silent for so long: some proxies cut a silent connection after 30 s. */
const KEEP_ALIVE_MS = 15_000;

const DATA = Buffer.from("data: ");
const END_OF_EVENT = Buffer.from("\n\n");
const KEEP_ALIVE = Buffer.from(": waiting\n\n");
const DONE = Buffer.from("data: [DONE]\n\n");

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Writes an answer as server-sent events, as fast as the client reads and no faster. The headers name the audit leaf
 * of the endpoint that answers, so they are sent when it has begun to, never before. A complete answer ends with its
 * usage and `[DONE]`; one that breaks off ends with an error event and without `[DONE]`.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function writeStream(
  response: Response,
  exchange: Exchange,
  execution: InferenceExecution,
  options: { readonly clock: Clock; readonly request: InferenceRequest },
): Promise<void> {
  const rewriter = new ChunkRewriter(execution, options.request);
  const writer = openEventStream(response, exchange, execution, options.clock);
  try {
    for await (const event of execution.events) {
      if (event.kind !== "chunk") {
        throw new SignalboxError("upstream_invalid_response", "The endpoint answered a stream with a whole answer.");
      }
      const pieces = rewriter.rewrite(event);
      if (pieces !== undefined) await writer.write(eventOf(pieces));
    }
    await writer.write(eventOf([rewriter.finalChunk()]));
    writer.end(DONE);
  } catch (thrown) {
    const error = exchange.reasonFor(thrown);
    exchange.notes.error = error;
    writer.end(eventOf([rewriter.errorChunk(describeApiError(error, exchange))]));
  } finally {
    writer.stop();
  }
}

interface EventWriter {
  /** Resolves when more may be written. Rejects with `client_closed_request` when nobody reads any more. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  end(bytes: Uint8Array): void;
  stop(): void;
}

function openEventStream(
  response: Response,
  exchange: Exchange,
  execution: InferenceExecution,
  clock: Clock,
): EventWriter {
  response.setTimeout(MAX_WRITE_STALL_MS);
  response.writeHead(200, {
    ...commonHeaders(exchange),
    ...executionHeaders(execution),
    "content-type": "text/event-stream; charset=utf-8",
    // Asks nginx and its kin not to collect the stream. @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
    "x-accel-buffering": "no",
  });
  let lastWriteMs = clock.monotonicMs();
  let cancelTimer = (): void => {};
  const keepAlive = (): void => {
    const silentMs = clock.monotonicMs() - lastWriteMs;
    // Nothing is added to a full buffer: a client that does not read must run into the time limit of its socket.
    if (silentMs >= KEEP_ALIVE_MS && !response.writableNeedDrain && !isGone(response)) {
      lastWriteMs = clock.monotonicMs();
      response.write(KEEP_ALIVE);
    }
    cancelTimer = clock.after(Math.max(1, KEEP_ALIVE_MS - (clock.monotonicMs() - lastWriteMs)), keepAlive);
  };
  cancelTimer = clock.after(KEEP_ALIVE_MS, keepAlive);
  return {
    write: (bytes) => {
      lastWriteMs = clock.monotonicMs();
      if (isGone(response)) throw new SignalboxError("client_closed_request", "The client closed the connection.");
      return response.write(bytes) ? undefined : untilDrained(response, exchange.signal);
    },
    end: (bytes) => {
      if (!isGone(response)) response.end(bytes);
    },
    stop: () => cancelTimer(),
  };
}

function untilDrained(response: Response, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      response.off("drain", finish);
      signal.removeEventListener("abort", finish);
      if (signal.aborted) reject(toSignalboxError(signal.reason));
      else resolve();
    };
    response.on("drain", finish);
    signal.addEventListener("abort", finish);
    if (signal.aborted) finish();
  });
}

/** One event. A line break within the JSON can only be space between its parts, and would end the line of the event. */
function eventOf(pieces: readonly Uint8Array[]): Buffer {
  const event = Buffer.concat([DATA, ...pieces, END_OF_EVENT]);
  const end = event.length - END_OF_EVENT.length;
  const firstBreak = event.indexOf(LINE_FEED);
  if (firstBreak === end && event.indexOf(CARRIAGE_RETURN) === -1) return event;
  for (let index = 0; index < end; index++) {
    if (event[index] === LINE_FEED || event[index] === CARRIAGE_RETURN) event[index] = 0x20;
  }
  return event;
}
