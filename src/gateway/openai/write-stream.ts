import type { Response } from "express";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Clock } from "../../core/clock.ts";
import { chunkOf } from "../chunk-of.ts";
import { openEventStream } from "../event-stream.ts";
import type { Exchange } from "../exchange.ts";
import { describeApiError } from "./error-envelope.ts";
import { ChunkRewriter } from "./rewrite-answer.ts";

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
  const writer = openEventStream(response, exchange, { clock: options.clock, execution, keepAlive: KEEP_ALIVE });
  try {
    for await (const event of execution.events) {
      const chunk = chunkOf(event);
      const pieces = rewriter.rewrite(chunk);
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
