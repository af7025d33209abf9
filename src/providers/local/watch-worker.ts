import type { ErrorCode } from "../../core/error-facts.ts";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { LocalModel } from "../../core/local-model.ts";
import type { HttpTransport } from "../../core/transport.ts";

/** Failures of a connection that only the worker's own end explains. */
const WORKER_IS_GONE: ReadonlySet<ErrorCode> = new Set([
  "upstream_unreachable",
  "upstream_failed",
  "upstream_invalid_response",
]);

/** `transport`, whose failures are `worker_failed` and are reported to the model's supervisor. */
export function watchWorker(transport: HttpTransport, model: LocalModel): HttpTransport {
  const explain = (thrown: unknown, signal: AbortSignal): SignalboxError => {
    const error = toSignalboxError(thrown);
    if (signal.aborted) return error;
    if (error.code === "upstream_timeout") model.reportTrouble();
    if (!WORKER_IS_GONE.has(error.code)) return error;
    model.reportTrouble();
    const message = `The process of ${model.modelId} stopped answering.`;
    return new SignalboxError("worker_failed", message, { cause: error });
  };
  return {
    async send(request) {
      try {
        const response = await transport.send(request);
        return { ...response, body: explained(response.body, (thrown) => explain(thrown, request.signal)) };
      } catch (thrown) {
        throw explain(thrown, request.signal);
      }
    },
    close: () => transport.close(),
  };
}

/** `body` with its failures explained. Closing it reaches the connection at once, also while a read is waiting. */
function explained(
  body: AsyncIterable<Uint8Array>,
  explain: (thrown: unknown) => SignalboxError,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const reads = body[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            return await reads.next();
          } catch (thrown) {
            throw explain(thrown);
          }
        },
        return: async () => (await reads.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
