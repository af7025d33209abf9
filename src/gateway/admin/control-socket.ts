import { once } from "node:events";
import { chmod, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import express from "express";
import type { Principal } from "../../core/principal.ts";
import { createServer } from "../http-server.ts";
import { handleError } from "../middleware/handle-error.ts";
import { openExchange } from "../middleware/open-exchange.ts";
import { mountRoutes } from "../mount-routes.ts";
import { OpenExchanges } from "../open-exchanges.ts";
import type { GatewayPorts } from "../ports.ts";
import type { Route } from "../route.ts";

/** The longest path that fits into `sun_path` with its end. @see https://man7.org/linux/man-pages/man7/unix.7.html */
const MAX_SOCKET_PATH_BYTES = process.platform === "darwin" ? 103 : 107;

const OTHERS_BITS = 0o077;
const PRIVATE_SOCKET_MODE = 0o600;

/** How whoever can open the socket appears in the audit log. */
const FOLDER_OWNER: Principal = {
  keyId: "data-folder-owner",
  keyName: "owner of the data folder",
  role: "admin",
  tags: [],
};

/** A door for commands on the same machine. */
export interface ControlSocket {
  /** Ends every connection and removes the socket. */
  close(): Promise<void>;
}

/**
 * Serves `routes` on a unix socket, to whoever can enter its folder, with the rights of an admin and without a key: who
 * can enter the data folder can make a key there anyway. Answers undefined, and tells the log why, where the folder is
 * open to others or a socket can't be had; then commands do without it.
 */
export async function openControlSocket(
  socketPath: string,
  routes: readonly Route[],
  ports: Pick<GatewayPorts, "clock" | "log" | "metrics" | "config">,
): Promise<ControlSocket | undefined> {
  const obstacle = await findObstacle(socketPath);
  if (obstacle !== undefined) {
    ports.log.info({ socketPath }, `no control socket: ${obstacle}`);
    return undefined;
  }
  const server = createServer({}, createApp(routes, ports));
  try {
    await unlink(socketPath).catch(() => undefined); // Left by a crash, or not there; this process alone serves the folder.
    server.listen({ path: socketPath });
    await once(server, "listening");
    await chmod(socketPath, PRIVATE_SOCKET_MODE);
  } catch (err) {
    server.close();
    ports.log.warn({ socketPath, err }, "no control socket: commands use what is on disk alone");
    return undefined;
  }
  return {
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function findObstacle(socketPath: string): Promise<string | undefined> {
  if (process.platform === "win32") return "this platform has none that belongs to a folder";
  if (Buffer.byteLength(socketPath) > MAX_SOCKET_PATH_BYTES) return "the path of the data folder is too long for one";
  const { mode, uid } = await stat(dirname(socketPath));
  if ((mode & OTHERS_BITS) !== 0 || uid !== process.getuid?.()) return "its folder is open to others";
  return undefined;
}

function createApp(
  routes: readonly Route[],
  ports: Pick<GatewayPorts, "clock" | "log" | "metrics" | "config">,
): ReturnType<typeof express> {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(openExchange(ports, new OpenExchanges()));
  app.use((request, _response, next) => {
    // The socket itself is the credential; whatever a client sends as one is not looked at.
    request.headers.authorization = "Bearer the-socket";
    next();
  });
  app.use(mountRoutes(routes, { ...ports, keys: { authenticate: () => FOLDER_OWNER } }));
  app.use(handleError);
  return app;
}
