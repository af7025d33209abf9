import type { Response } from "express";
import type { Clock } from "../../core/clock.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Usage } from "../../core/usage.ts";
import { chunkOf } from "../chunk-of.ts";
import { namedEvent, openEventStream } from "../event-stream.ts";
import type { Exchange } from "../exchange.ts";
import { billedUsage } from "../openai/describe-usage.ts";
import { describeApiError } from "../openai/error-envelope.ts";
import { firstChoice } from "../openai/first-choice.ts";
import { isObject } from "../openai/parse-json-object.ts";
import type { JsonObject } from "../openai/read-fields.ts";
import { idOf, incompleteReason, ResponseDescription } from "./describe-response.ts";
import { logprobsOf } from "./logprobs-of.ts";
import { OutputItems, type ResponseEvent } from "./output-items.ts";

const KEEP_ALIVE = Buffer.from(": waiting\n\n");

/**
 * Writes an answer as the events of the Responses API, numbered from 0. It ends with `response.completed` or
 * `response.incomplete`; one that breaks off ends with an `error` event, as if nothing had been decided about it yet.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export async function writeResponseStream(
  response: Response,
  exchange: Exchange,
  execution: InferenceExecution,
  options: {
    readonly clock: Clock;
    readonly request: InferenceRequest;
    readonly fields: JsonObject;
    readonly createdS: number;
  },
): Promise<void> {
  const { clock, request, fields, createdS } = options;
  const description = new ResponseDescription(execution, request, fields, createdS);
  const items = new OutputItems(idOf(execution));
  const frame = numbered();
  const writer = openEventStream(response, exchange, { clock, execution, keepAlive: KEEP_ALIVE });
  let stated: Usage | undefined;
  let finishReason: unknown;
  try {
    const begun = description.begun();
    await writer.write(frame([begunAs("created", begun), begunAs("in_progress", begun)]));
    for await (const event of execution.events) {
      const chunk = chunkOf(event);
      if (chunk.usage !== undefined) stated = chunk.usage;
      const choice = firstChoice(chunk.json) ?? {};
      finishReason = choice["finish_reason"] ?? finishReason;
      const { delta } = choice;
      const follows = isObject(delta) ? items.read(delta, logprobsOf(choice)) : [];
      if (follows.length > 0) await writer.write(frame(follows));
    }
    const reason = incompleteReason(finishReason);
    const rest = items.close();
    const ended = description.ended(items.output, billedUsage(execution, stated), reason);
    const type = reason === undefined ? "response.completed" : "response.incomplete";
    writer.end(frame([...rest, { type, response: ended }]));
  } catch (thrown) {
    const error = exchange.reasonFor(thrown);
    exchange.notes.error = error;
    const described = describeApiError(error, exchange);
    const { code, message } = error;
    writer.end(frame([{ type: "error", code, message, param: described.param, error: described }]));
  } finally {
    writer.stop();
  }
}

function begunAs(status: "created" | "in_progress", response: JsonObject): ResponseEvent {
  return { type: `response.${status}`, response };
}

/** Frames events with their numbers, one stream's in order. */
function numbered(): (events: readonly ResponseEvent[]) => Buffer {
  let next = 0;
  return (events) => {
    const frames = events.map((event) => namedEvent(event.type, { ...event, sequence_number: next++ }));
    return Buffer.from(frames.join(""));
  };
}
