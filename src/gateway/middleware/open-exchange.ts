import type { Socket } from "node:net";
import type { NextFunction, Request, Response } from "express";
import { SignalboxError } from "../../core/errors.ts";
import { attachExchange, Exchange } from "../exchange.ts";
import type { OpenExchanges } from "../open-exchanges.ts";
import type { GatewayPorts } from "../ports.ts";

/** The status under which a request is counted whose client left before its answer. */
const CLIENT_CLOSED_STATUS = 499;

/**
 * The first step of every request: gives it an id and an abort signal, and arranges that it is counted and logged once,
 * when its answer has ended or its client is gone.
 */
export function openExchange(ports: Pick<GatewayPorts, "clock" | "log" | "metrics">, open: OpenExchanges) {
  const connections: Connections = new WeakMap();
  return (request: Request, response: Response, next: NextFunction): void => {
    const exchange = new Exchange(request, ports.clock.monotonicMs());
    attachExchange(response, exchange);
    open.add(exchange);
    ports.metrics.requestStarted();
    const end = (): void => {
      response.off("close", end);
      connections.get(request.socket)?.delete(end);
      open.delete(exchange);
      if (!response.writableFinished) {
        const reason = new SignalboxError("client_closed_request", "The client closed the connection.");
        exchange.notes.error ??= reason;
        exchange.abort(reason);
      }
      record(ports, exchange, request, response);
    };
    response.once("close", end);
    endWithConnection(connections, request.socket, end);
    next();
  };
}

/** For each connection, what ends the requests that are open on it. */
type Connections = WeakMap<Socket, Set<() => void>>;

/**
 * Calls `end` when the connection closes. An answer that waits behind another one on the same connection is not told
 * by Node. One listener serves all requests of a connection, however many it carries.
 */
function endWithConnection(connections: Connections, socket: Socket, end: () => void): void {
  const ends = connections.get(socket);
  if (ends !== undefined) {
    ends.add(end);
    return;
  }
  const created = new Set([end]);
  connections.set(socket, created);
  // A request in the middle of its answer hears of the close from its response, in the same turn or the next.
  socket.once("close", () => setImmediate(() => created.forEach((each) => each())));
}

function record(
  { clock, log, metrics }: Pick<GatewayPorts, "clock" | "log" | "metrics">,
  exchange: Exchange,
  request: Request,
  response: Response,
): void {
  const { notes, principal } = exchange;
  const durationMs = clock.monotonicMs() - exchange.startedMs;
  const status = response.headersSent ? response.statusCode : CLIENT_CLOSED_STATUS;
  const { route, error, workloadClass, ...others } = notes;
  metrics.requestEnded({
    method: request.method,
    route,
    status,
    durationMs,
    ...(workloadClass === undefined ? {} : { workloadClass }),
  });
  const facts = {
    requestId: exchange.requestId,
    ...(exchange.clientRequestId === undefined ? {} : { clientRequestId: exchange.clientRequestId }),
    method: request.method,
    route,
    status,
    durationMs: Math.round(durationMs),
    ...(principal === undefined ? {} : { keyId: principal.keyId }),
    ...(workloadClass === undefined ? {} : { workload: workloadClass }),
    ...others,
    ...(response.writableFinished ? {} : { cutShort: true }),
  };
  if (error === undefined) log.info(facts, "request");
  else if (error.code === "internal_error") log.error({ ...facts, code: error.code, err: error }, "request failed");
  else if (error.facts.fault === "caller") log.info({ ...facts, code: error.code }, "request refused");
  else log.warn({ ...facts, code: error.code, reason: error.details.logMessage ?? error.message }, "request failed");
}
