import { SignalboxError } from "../core/errors.ts";
import type { InferenceChunk, InferenceEvent } from "../core/inference-event.ts";

/** An event of a stream. Throws `upstream_invalid_response` for a whole answer, which has no place in one. */
export function chunkOf(event: InferenceEvent): InferenceChunk {
  if (event.kind === "chunk") return event;
  throw new SignalboxError("upstream_invalid_response", "The endpoint answered a stream with a whole answer.");
}
