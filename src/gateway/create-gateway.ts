import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { SignalboxError } from "../core/errors.ts";
import { createServer } from "./http-server.ts";
import { handleError } from "./middleware/handle-error.ts";
import { openExchange } from "./middleware/open-exchange.ts";
import { mountRoutes } from "./mount-routes.ts";
import { OpenExchanges } from "./open-exchanges.ts";
import type { GatewayPorts } from "./ports.ts";
import { createRoutes } from "./routes.ts";

/** After a drain's deadline: how long the aborted answers have for saying so to their clients. */
const FAREWELL_MS = 2_000;

/** Routes that answer while the box is draining, so that whoever watches it sees that it is. */
const ANSWERED_WHILE_DRAINING: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** The box as its clients see it. */
export interface Gateway {
  /** Resolves with the address when requests are accepted. Rejects with an Error that says what to change. */
  listen(): Promise<{ readonly url: string }>;
  /**
   * Stops: accepts no connection, refuses new requests with `draining`, waits for the answers under way up to
   * `deadlineMs`, aborts those that are left, and closes every connection. Calling it again waits for the same stop.
   */
  drain(deadlineMs: number): Promise<void>;
}

/** Makes the HTTP side of the box from its ports. Nothing listens until `listen` is called. */
export function createGateway(ports: GatewayPorts): Gateway {
  const open = new OpenExchanges();
  let drained: Promise<void> | undefined;
  const isDraining = (): boolean => drained !== undefined;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(openExchange(ports, open));
  app.use(refuseWhileDraining(isDraining));
  app.use(mountRoutes(createRoutes(ports, isDraining), ports));
  app.use(handleError);
  const server = createServer(ports.config, app);
  return {
    listen: () => listen(server, ports.config),
    drain: (deadlineMs) => {
      drained ??= stop(server, open, ports, deadlineMs);
      return drained;
    },
  };
}

function refuseWhileDraining(isDraining: () => boolean) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (isDraining() && !ANSWERED_WHILE_DRAINING.has(request.path)) {
      throw new SignalboxError("draining", "The box is shutting down and takes no new requests.");
    }
    next();
  };
}

async function listen(server: Server, { host, port, tls }: GatewayPorts["config"]): Promise<{ readonly url: string }> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const remedy = code === "EADDRINUSE" ? "something else listens there" : code === "EACCES" ? "not permitted" : "";
    throw new Error(
      `Can't listen on ${host}, port ${port}: ${remedy || String(error)}. Set server.host or server.port.`,
      {
        cause: error,
      },
    );
  }
  const address = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return { url: `${tls === undefined ? "http" : "https"}://${name}:${address.port}` };
}

async function stop(
  server: Server,
  open: OpenExchanges,
  { clock }: Pick<GatewayPorts, "clock">,
  deadlineMs: number,
): Promise<void> {
  const closed = server.listening ? once(server, "close") : Promise.resolve();
  server.close();
  const isIdle = await open.whenEmpty(clock, deadlineMs);
  if (!isIdle) {
    open.abortAll(new SignalboxError("draining", "The box is shutting down; the answer was cut off."));
    await open.whenEmpty(clock, FAREWELL_MS);
  }
  server.closeAllConnections();
  await closed;
}
