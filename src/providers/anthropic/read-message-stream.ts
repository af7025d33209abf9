import type { InferenceChunk } from "../../core/inference-event.ts";
import type { Clock } from "../../core/clock.ts";
import { drain } from "../wire/read-body.ts";
import { MAX_EVENT_BYTES, SseSplitter } from "../wire/split-sse.ts";
import { brokenOff, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";
import { MessageReader } from "./message-reader.ts";

/**
 * The chunks of a streamed message, which is complete with `message_stop`; any other end throws `upstream_failed`. Frees
 * the connection however it is left.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export async function* readMessageStream(
  body: AsyncIterable<Uint8Array>,
  upstream: Upstream,
  clock: Clock,
): AsyncGenerator<InferenceChunk> {
  const splitter = new SseSplitter(MAX_EVENT_BYTES);
  const reader = new MessageReader(upstream, Math.floor(clock.wallMs() / 1_000));
  const reads = body[Symbol.asyncIterator]();
  let hasFinished = false;
  try {
    for (;;) {
      const { done, value } = await reads.next();
      const isEnd = done === true;
      for (const event of isEnd ? splitter.end() : splitter.push(value)) {
        for (const chunk of reader.read(event)) {
          hasFinished ||= chunk.finishReason !== undefined;
          yield chunk;
        }
        if (!reader.isComplete) continue;
        if (!hasFinished) throw invalidResponse(upstream, "ended its stream without an answer");
        return await drain(reads, clock);
      }
      if (isEnd) throw brokenOff(upstream);
    }
  } finally {
    await reads.return?.();
  }
}
