import { readFileSync } from "node:fs";
import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  STATUS_CODES,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import type { GatewayConfig } from "./ports.ts";

/** Bytes of all headers of a request. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Time for the headers of a request, and for all of it; checked every {@link CHECK_INTERVAL_MS}. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
const CHECK_INTERVAL_MS = 2_000;

/** How long an idle connection is kept: longer than the usual load balancer keeps it, so that the balancer closes first. */
const KEEP_ALIVE_MS = 65_000;

/** Connections at the same time; more are closed at once instead of taking memory from those that are served. */
const MAX_CONNECTIONS = 10_000;

/**
 * The HTTP server with every limit stated. Node's parser stays strict: a request that states its length in two ways is
 * refused, as what follows it could be smuggled past whoever stands in front.
 * @see https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function createServer(config: Pick<GatewayConfig, "tls">, listener: RequestListener): Server {
  const options: ServerOptions = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    insecureHTTPParser: false,
    requireHostHeader: true,
    noDelay: true,
  };
  const server =
    config.tls === undefined
      ? createHttpServer(options, listener)
      : createHttpsServer({ ...options, ...readCertificate(config.tls), minVersion: "TLSv1.2" }, listener);
  server.maxConnections = MAX_CONNECTIONS;
  // Without a listener Node would ask for the body before the key, the length and the route were looked at.
  server.on("checkContinue", listener);
  server.on("clientError", answerBrokenRequest);
  return server;
}

function readCertificate(tls: NonNullable<GatewayConfig["tls"]>): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
}

const STATUS_OF_PARSER_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers bytes that never became a request, where that is possible: not into the middle of another answer on the
 * same connection, and not to a client that is gone.
 */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  const isAnswering = "_httpMessage" in socket && socket._httpMessage !== null;
  if (!socket.writable || isAnswering || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_PARSER_ERROR[error.code ?? ""] ?? 400;
  const reason = STATUS_CODES[status] ?? "Bad Request";
  const body = JSON.stringify({
    error: {
      message: `The bytes received are not a valid HTTP request (${reason}).`,
      type: "invalid_request_error",
      param: null,
      code: status === 408 ? "request_timeout" : status === 431 ? "request_too_large" : "invalid_request",
    },
  });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
