import { Pool } from "undici";
import type { Clock } from "../core/clock.ts";
import type { HttpTransport } from "../core/transport.ts";
import { connectionDefaults } from "./connection-defaults.ts";
import { exchange } from "./http-exchange.ts";

/** What a transport to a process on this box is made with. */
export interface UnixTransportOptions {
  readonly socketPath: string;
  readonly clock: Clock;
  /** Connections that may be open at the same time; a request beyond them waits within its connect timeout. */
  readonly maxConnections: number;
}

/** The way to a process on this box, over its unix socket. Nothing can leave the box over it, so it needs no permit. */
export function createUnixTransport(options: UnixTransportOptions): HttpTransport {
  const { clock, maxConnections, socketPath } = options;
  const pool = new Pool("http://localhost", {
    ...connectionDefaults,
    connections: maxConnections,
    connect: { ...connectionDefaults.connect, socketPath },
  });
  return {
    send: (request) => exchange({ dispatcher: pool, path: request.path, request, peer: "The model's process", clock }),
    close: () => pool.destroy(),
  };
}
