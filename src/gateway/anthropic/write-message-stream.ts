import type { Response } from "express";
import type { Clock } from "../../core/clock.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import type { InferenceExecution } from "../../core/inference-service.ts";
import type { Usage } from "../../core/usage.ts";
import { chunkOf } from "../chunk-of.ts";
import { namedEvent, openEventStream } from "../event-stream.ts";
import type { Exchange } from "../exchange.ts";
import { billedUsage } from "../openai/describe-usage.ts";
import { describeMessageUsage } from "./describe-message-usage.ts";
import { describeAnthropicError } from "./error-envelope.ts";
import { MessageEvents, type MessageEvent } from "./message-events.ts";
import { messageFrame, messageMetadata } from "./message-frame.ts";

const PING = Buffer.from('event: ping\ndata: {"type":"ping"}\n\n');

/**
 * Writes an answer as Anthropic's events. How many tokens the prompt has is known for certain at the end alone:
 * `message_start` has the estimate that the request was decided on with, `message_delta` what is billed. An answer that
 * breaks off ends with an `error` event and without `message_stop`.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export async function writeMessageStream(
  response: Response,
  exchange: Exchange,
  execution: InferenceExecution,
  { clock, request }: { readonly clock: Clock; readonly request: InferenceRequest },
): Promise<void> {
  const events = new MessageEvents();
  const writer = openEventStream(response, exchange, { clock, execution, keepAlive: PING });
  let stated: Usage | undefined;
  try {
    await writer.write(framed([messageStart(execution, request)]));
    for await (const event of execution.events) {
      const chunk = chunkOf(event);
      if (chunk.usage !== undefined) stated = chunk.usage;
      const follows = events.read(chunk);
      if (follows.length > 0) await writer.write(framed(follows));
    }
    const usage = describeMessageUsage(billedUsage(execution, stated), execution.costMicroUsd());
    const ended = { type: "message_delta", delta: events.stop, usage, ...messageMetadata(execution, request) };
    writer.end(framed([...events.close(), ended, { type: "message_stop" }]));
  } catch (thrown) {
    const error = exchange.reasonFor(thrown);
    exchange.notes.error = error;
    writer.end(framed([describeAnthropicError(error, exchange.requestId)]));
  } finally {
    writer.stop();
  }
}

function messageStart(execution: InferenceExecution, { estimatedPromptTokens }: InferenceRequest): MessageEvent {
  const usage = {
    ...describeMessageUsage(undefined, undefined),
    input_tokens: estimatedPromptTokens,
    output_tokens: 0,
  };
  const message = { ...messageFrame(execution), content: [], stop_reason: null, stop_sequence: null, usage };
  return { type: "message_start", message };
}

function framed(events: readonly MessageEvent[]): Buffer {
  return Buffer.from(events.map((event) => namedEvent(event.type, event)).join(""));
}
