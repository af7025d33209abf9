import type { Response } from "express";
import type { Clock } from "../core/clock.ts";
import { SignalboxError, toSignalboxError } from "../core/errors.ts";
import type { InferenceExecution } from "../core/inference-service.ts";
import { commonHeaders, type Exchange, isGone } from "./exchange.ts";
import { executionHeaders } from "./execution-headers.ts";
import { MAX_WRITE_STALL_MS } from "./write-json.ts";

/** A sign of life is sent when a stream has been silent for so long: some proxies cut a silent connection after 30 s. */
const KEEP_ALIVE_MS = 15_000;

/** An event with its name, as Anthropic and the Responses API frame theirs. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function namedEvent(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Writes events as fast as the client reads and no faster. */
export interface EventWriter {
  /** Resolves when more may be written. Rejects with `client_closed_request` when nobody reads any more. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  end(bytes: Uint8Array): void;
  stop(): void;
}

/** What a stream of events needs to know beside its events. */
export interface EventStreamOptions {
  readonly clock: Clock;
  /** Whose answer it is: named in the headers. */
  readonly execution: InferenceExecution;
  /** What is sent when the stream has been silent for a while, and every client passes over. */
  readonly keepAlive: Uint8Array;
}

/** Sends the headers of a stream of events and keeps it alive until it is stopped. */
export function openEventStream(
  response: Response,
  exchange: Exchange,
  { clock, execution, keepAlive: sign }: EventStreamOptions,
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
      response.write(sign);
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
