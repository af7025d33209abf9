import type { InferenceCall } from "../../core/inference-endpoint.ts";
import type { InferenceChunk } from "../../core/inference-event.ts";
import type { Clock } from "../../core/clock.ts";
import { SignalboxError } from "../../core/errors.ts";

/** The time limits of one call, joined with its own signal. */
export interface CallDeadline {
  /** Aborts with `upstream_timeout` when a limit has passed, or with the caller's reason when the caller gives up. */
  readonly signal: AbortSignal;
  /** The first content is there: only the whole answer is waited for from now on. */
  contentArrived(): void;
  /** Ends the timers; MUST be called when the call has ended. */
  end(): void;
}

/** Starts the limits of `call`; `who` is how a timeout names the other side. A limit that is not finite is none. */
export function startCallDeadline(call: InferenceCall, clock: Clock, who: string): CallDeadline {
  const controller = new AbortController();
  const follow = (): void => controller.abort(call.signal.reason);
  const limit = (ms: number, what: string): (() => void) => {
    if (!Number.isFinite(ms)) return () => undefined;
    return clock.after(ms, () => {
      controller.abort(
        new SignalboxError("upstream_timeout", `${who} did not send ${what} within ${Math.round(ms)} ms.`),
      );
    });
  };
  if (call.signal.aborted) follow();
  call.signal.addEventListener("abort", follow, { once: true });
  const cancelFirst = limit(call.firstContentTimeoutMs, "any content");
  const cancelTotal = limit(call.totalTimeoutMs, "its whole answer");
  return {
    signal: controller.signal,
    contentArrived: cancelFirst,
    end() {
      cancelFirst();
      cancelTotal();
      call.signal.removeEventListener("abort", follow);
    },
  };
}

/** The chunks of a stream as they come; the first content ends the wait for it. */
export async function* notingContent(
  chunks: AsyncIterable<InferenceChunk>,
  deadline: CallDeadline,
): AsyncGenerator<InferenceChunk> {
  for await (const chunk of chunks) {
    if (chunk.hasContent || chunk.finishReason !== undefined) deadline.contentArrived();
    yield chunk;
  }
}
