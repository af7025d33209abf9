import type { InferenceChunk } from "../../core/inference-event.ts";
import type { InferenceKind } from "../../core/inference-request.ts";
import type { Clock } from "../../core/clock.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { drain } from "../wire/read-body.ts";
import { MAX_EVENT_BYTES, SseSplitter } from "../wire/split-sse.ts";
import { brokenOff, invalidResponse, type Upstream } from "../wire/upstream-failure.ts";

const DONE = Buffer.from("[DONE]");

/** What the reading of a stream needs to know. */
export interface StreamContext {
  readonly upstream: Upstream;
  readonly clock: Clock;
  /** What the chunks are of: a chat's carry deltas, a completion's carry text. */
  readonly kind: InferenceKind;
  /** Whether the answer begins with the prompt. */
  readonly repeatsPrompt?: boolean;
  /** Answers asked for: without `[DONE]` the stream is complete when each has given its reason to end. */
  readonly choiceCount: number;
}

/**
 * The chunks of a streamed answer. The stream is complete with `[DONE]`, or when it ends after every choice has
 * finished; any other end throws `upstream_failed`. Frees the connection however it is left.
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export async function* readStream(
  body: AsyncIterable<Uint8Array>,
  context: StreamContext,
): AsyncGenerator<InferenceChunk> {
  const { clock, choiceCount, kind, repeatsPrompt, upstream } = context;
  const splitter = new SseSplitter(MAX_EVENT_BYTES);
  const reader = new ChunkReader(upstream, kind, repeatsPrompt);
  const reads = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await reads.next();
      const isEnd = done === true;
      for (const event of isEnd ? splitter.end() : splitter.push(value)) {
        if (DONE.equals(event.data)) {
          if (!reader.hasContent && reader.finishedChoices === 0) {
            throw invalidResponse(upstream, "ended its stream without an answer");
          }
          return await drain(reads, clock);
        }
        yield reader.read(event);
      }
      if (isEnd) break;
    }
    if (reader.finishedChoices < choiceCount) throw brokenOff(upstream);
  } finally {
    await reads.return?.();
  }
}
