import type { IncomingHttpHeaders } from "node:http";
import type { Request, Response } from "express";
import type { Clock } from "../core/clock.ts";
import { directCostMicroUsd, type DirectAlternative } from "../core/direct-alternative.ts";
import type { InferenceEvent } from "../core/inference-event.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { InferenceExecution } from "../core/inference-service.ts";
import type { EndedAnswer } from "../core/request-metrics.ts";
import type { Usage } from "../core/usage.ts";
import { toSignalboxError } from "../core/errors.ts";
import { type Exchange, exchangeOf } from "./exchange.ts";
import { failedAttempts } from "./failed-attempts.ts";
import type { GatewayPorts } from "./ports.ts";

type InferencePorts = Pick<GatewayPorts, "service" | "clock" | "metrics" | "dataClasses">;

/** A request as it was read, and how its client is to be answered. */
export interface ReadRequest {
  readonly request: InferenceRequest;
  readonly writer: AnswerWriter;
}

/**
 * One way in which clients ask models. Throws SignalboxError only, with the field in `param` as the client named it.
 */
export type ClientProtocol = (
  body: Uint8Array,
  headers: IncomingHttpHeaders,
  dataClasses: readonly string[],
) => ReadRequest;

/** How a client reads answers. */
export interface AnswerWriter {
  /** Writes the answer of a request that did not ask for a stream, once its outcome is durable. */
  writeAnswer(response: Response, execution: InferenceExecution, request: InferenceRequest): Promise<void>;
  /** Writes the answer as events, and says in the stream when it breaks off: after the first event nothing is thrown. */
  writeStream(
    response: Response,
    exchange: Exchange,
    execution: InferenceExecution,
    options: { readonly clock: Clock; readonly request: InferenceRequest },
  ): Promise<void>;
}

/** A route that asks a model, whatever for: parse, execute, write. */
export function serveInference(ports: InferencePorts, protocol: ClientProtocol) {
  return async (request: Request, response: Response): Promise<void> => {
    const exchange = exchangeOf(response);
    const { request: asked, writer } = protocol(exchange.body ?? NO_BODY, request.headers, ports.dataClasses());
    exchange.notes.model = asked.model;
    const execution = await execute(ports, exchange, asked);
    try {
      const observed = measured(execution, ports, exchange);
      if (asked.stream) await writer.writeStream(response, exchange, observed, { clock: ports.clock, request: asked });
      else await writer.writeAnswer(response, observed, asked);
    } finally {
      // Events that were never asked for are not closed by anybody else, and would keep the endpoint working.
      await execution.events[Symbol.asyncIterator]().return?.();
    }
  };
}

const NO_BODY = new Uint8Array(0);

async function execute(
  ports: InferencePorts,
  exchange: Exchange,
  request: InferenceRequest,
): Promise<InferenceExecution> {
  const { requestId, caller, clientIp, signal } = exchange;
  const principal = request.user === undefined ? caller : { ...caller, user: request.user };
  try {
    return await ports.service.execute({
      requestId,
      request,
      principal,
      signal,
      ...(clientIp === undefined ? {} : { clientIp }),
      ...(exchange.preset === undefined ? {} : { preset: exchange.preset }),
    });
  } catch (thrown) {
    const error = toSignalboxError(thrown);
    for (const { endpointId, errorCode } of failedAttempts(error)) ports.metrics.attemptEnded(endpointId, errorCode);
    throw error;
  }
}

/** The same execution, counted: its attempts now, its answer when the events have ended, however they end. */
function measured(
  execution: InferenceExecution,
  { clock, metrics }: InferencePorts,
  exchange: Exchange,
): InferenceExecution {
  const { endpoint, decision, auditIndex } = execution;
  const workloadClass = decision.workload.class;
  Object.assign(exchange.notes, { endpointId: endpoint.id, workloadClass, auditIndex });
  // The parts of a joint request were counted one by one.
  if (execution.parts !== undefined) return execution;
  for (const { endpointId, errorCode } of execution.attempts) metrics.attemptEnded(endpointId, errorCode);
  const firstContentMs = clock.monotonicMs() - exchange.startedMs;
  const finish = (errorCode: string | undefined): void => {
    for (const { attempts } of execution.continuations?.() ?? [])
      for (const { endpointId, errorCode: code } of attempts) metrics.attemptEnded(endpointId, code);
    const usage = execution.usage?.();
    const costMicroUsd = execution.costMicroUsd();
    metrics.answerEnded({
      endpoint,
      workloadClass,
      firstContentMs,
      totalMs: clock.monotonicMs() - exchange.startedMs,
      ...(usage === undefined ? {} : { usage }),
      ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
      ...(decision.direct === undefined ? {} : { direct: expectedDirect(decision.direct, usage) }),
      ...(errorCode === undefined ? {} : { errorCode }),
    });
  };
  return {
    requestId: execution.requestId,
    decision,
    endpoint,
    auditIndex,
    attempts: execution.attempts,
    events: observeEnd(execution.events, finish),
    costMicroUsd: () => execution.costMicroUsd(),
    usage: () => execution.usage?.(),
    ...(execution.continuations === undefined ? {} : { continuations: () => execution.continuations?.() ?? [] }),
    ...(execution.answering === undefined ? {} : { answering: () => execution.answering?.() ?? endpoint }),
  };
}

function expectedDirect(direct: DirectAlternative, usage: Usage | undefined): NonNullable<EndedAnswer["direct"]> {
  const costMicroUsd = directCostMicroUsd(direct, usage);
  return {
    ...(costMicroUsd === undefined ? {} : { costMicroUsd }),
    ...(direct.totalMs === undefined ? {} : { totalMs: direct.totalMs }),
  };
}

/** The same events; `finish` is called once, with the code of the error that ended them, if one did. */
async function* observeEnd(
  events: AsyncIterable<InferenceEvent>,
  finish: (errorCode: string | undefined) => void,
): AsyncGenerator<InferenceEvent> {
  let errorCode: string | undefined = "client_closed_request";
  try {
    yield* events;
    errorCode = undefined;
  } catch (thrown) {
    errorCode = toSignalboxError(thrown).code;
    throw thrown;
  } finally {
    finish(errorCode);
  }
}
