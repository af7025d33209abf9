import { SignalboxError } from "../core/errors.ts";
import type { InferenceAnswer, InferenceEvent } from "../core/inference-event.ts";

/**
 * The one answer of a request that did not ask for a stream. The events are read to their end first, so that the outcome
 * is on disk and the money settled when the client has its answer. Throws `upstream_invalid_response` for anything else.
 */
export async function readWholeAnswer(events: AsyncIterable<InferenceEvent>): Promise<InferenceAnswer> {
  let answer: InferenceAnswer | undefined;
  for await (const event of events) {
    if (event.kind !== "answer" || answer !== undefined) {
      throw new SignalboxError("upstream_invalid_response", "The endpoint did not send exactly one whole answer.");
    }
    answer = event;
  }
  if (answer === undefined) throw new SignalboxError("upstream_invalid_response", "The endpoint sent no answer.");
  return answer;
}
