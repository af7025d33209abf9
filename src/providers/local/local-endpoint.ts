import { createHash } from "node:crypto";
import type { InferenceCall, InferenceEndpoint } from "../../core/inference-endpoint.ts";
import type { Clock } from "../../core/clock.ts";
import { SignalboxError, toAbortError, toSignalboxError } from "../../core/errors.ts";
import type { LoadDemand, LocalModel, WorkerLease } from "../../core/local-model.ts";
import type { HttpTransport, TransportLimits } from "../../core/transport.ts";
import { askOpenAi } from "../openai-compatible/ask.ts";
import { startCallDeadline } from "../wire/call-deadline.ts";
import { createForwardBody } from "../openai-compatible/forwarded-body.ts";
import { DEFAULT_LIMITS } from "../wire/send.ts";
import { watchWorker } from "./watch-worker.ts";

/** What stands before the worker's routes. */
const BASE_PATH = "/v1";

/** What a hosted model's endpoint is made with. */
export interface LocalEndpointOptions {
  readonly model: LocalModel;
  readonly transportFor: (socketPath: string) => HttpTransport;
  readonly clock: Clock;
  readonly limits?: Partial<TransportLimits>;
}

/** A hosted model as an endpoint; `close` ends the connections to its worker. */
export interface LocalEndpoint extends InferenceEndpoint {
  close(): Promise<void>;
}

/**
 * A model of this box as an endpoint: waits until its worker can serve, which may mean loading the model within the
 * call's time, then asks it over its unix socket. Throws `worker_failed` when the worker goes away or stops answering
 * in the middle, and tells the supervisor.
 */
export function createLocalEndpoint(options: LocalEndpointOptions): LocalEndpoint {
  const { clock, model } = options;
  const { facts } = model;
  const forwardBody = createForwardBody(facts);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  let current: { readonly socketPath: string; readonly transport: HttpTransport } | undefined;

  /** The transport to a worker's socket, kept for the next call; a new worker's takes the old one's place. */
  const transportAt = async (socketPath: string): Promise<HttpTransport> => {
    if (current?.socketPath === socketPath) return current.transport;
    const replaced = current?.transport;
    const transport = watchWorker(options.transportFor(socketPath), model);
    current = { socketPath, transport };
    await replaced?.close();
    return transport;
  };

  return {
    facts,
    async *infer(call) {
      const deadline = startCallDeadline(call, clock, `The model ${facts.modelId}`);
      let lease: WorkerLease | undefined;
      try {
        lease = await model.ensureReady(deadline.signal, demandOf(call)).catch((error: unknown) => {
          throw deadline.signal.aborted ? toAbortError(deadline.signal) : error;
        });
        const transport = await transportAt(lease.socketPath);
        const upstream = { facts };
        const extraHeaders = cacheScopeHeader(call);
        const form = { forwardBody, basePath: BASE_PATH, extraHeaders };
        yield* askOpenAi({ upstream, transport, limits, clock, deadline }, call, form);
      } catch (error) {
        throw toQueueError(toSignalboxError(error));
      } finally {
        lease?.release();
        deadline.end();
      }
    },
    async close() {
      const last = current?.transport;
      current = undefined;
      await last?.close();
    },
  };
}

function demandOf({ request, elsewhere }: InferenceCall): LoadDemand {
  return { promptTokens: request.estimatedPromptTokens, ...(elsewhere === undefined ? {} : { elsewhere }) };
}

/** A header holds no team's name as it is: the name may have letters that no header may. */
function cacheScopeHeader({ cacheScope }: InferenceCall): Record<string, string> {
  if (cacheScope === undefined) return {};
  return { "x-signalbox-cache-scope": createHash("sha256").update(cacheScope).digest("hex") };
}

/** A worker limits nobody's rate: its 429 means that its own queue is full. */
function toQueueError(error: SignalboxError): SignalboxError {
  return error.code === "upstream_rate_limited"
    ? new SignalboxError("queue_full", error.message, error.details)
    : error;
}
