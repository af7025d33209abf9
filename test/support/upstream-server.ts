import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** A request that the server has received, with its bytes. */
export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  json(): Record<string, unknown>;
}

/** Answers one request, or misbehaves in some way. May run for as long as the connection is open. */
export type UpstreamBehaviour = (request: UpstreamRequest, response: ServerResponse) => void | Promise<void>;

export interface UpstreamServerOptions {
  /** What it does with a request; see `upstream-behaviours.ts`. */
  readonly behave: UpstreamBehaviour;
  /** Listens on a unix socket instead of a free port of 127.0.0.1. */
  readonly socketPath?: string;
  readonly host?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface UpstreamServer {
  /** Origin and `/v1`, as a provider's `baseUrl`. */
  readonly baseUrl: string;
  readonly origin: string;
  readonly port: number;
  /** Everything received so far, in order. */
  readonly requests: readonly UpstreamRequest[];
  /** Connections accepted so far, and those open now. */
  readonly accepted: () => number;
  readonly open: () => number;
  /** Answers under way: neither ended nor given up by the client. */
  readonly answering: () => number;
  /** Replaces the behaviour for the requests that follow. */
  behave(behaviour: UpstreamBehaviour): void;
  /** Resolves when `count` requests have been received whole. */
  received(count: number): Promise<void>;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a real HTTP server that plays a provider. */
export async function startUpstreamServer(options: UpstreamServerOptions): Promise<UpstreamServer> {
  let behaviour = options.behave;
  let accepted = 0;
  const requests: UpstreamRequest[] = [];
  const sockets = new Set<Socket>();
  let answering = 0;
  const watchers = new Set<() => void>();
  const changed = (): void => watchers.forEach((watcher) => watcher());
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    answering += 1;
    response.on("close", () => (answering -= 1));
    readRequest(incoming).then(
      async (request) => {
        requests.push(request);
        changed();
        await behaviour(request, response);
      },
      () => incoming.destroy(), // The client went away before its request was whole.
    );
  };
  const server: Server =
    options.tls === undefined ? createPlainServer(listener) : createTlsServer(options.tls, listener);
  server.on("connection", (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on("error", () => undefined); // A client that resets is part of the tests.
    socket.on("close", () => {
      sockets.delete(socket);
      changed();
    });
  });
  const { socketPath, host = "127.0.0.1" } = options;
  await new Promise<void>((resolve) => {
    if (socketPath === undefined) server.listen(0, host, resolve);
    else server.listen(socketPath, resolve);
  });
  const port = socketPath === undefined ? (server.address() as AddressInfo).port : 0;
  const origin = `${options.tls === undefined ? "http" : "https"}://${host}:${port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    port,
    requests,
    accepted: () => accepted,
    open: () => sockets.size,
    answering: () => answering,
    behave: (next) => {
      behaviour = next;
    },
    received: (count) => until(() => requests.length >= count),
    idle: () => until(() => sockets.size === 0),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<UpstreamRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    body,
    json: () => JSON.parse(body.toString("utf8")) as Record<string, unknown>,
  };
}
