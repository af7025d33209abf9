import { text } from "node:stream/consumers";
import { SignalboxError } from "../core/errors.ts";
import { createUnixTransport } from "../egress/unix-transport.ts";
import { controlSocketOf } from "./control-socket-path.ts";
import { systemClock } from "./system-clock.ts";

/** A running server answers within milliseconds; one that does not is as good as none. */
const LIMITS = {
  connectTimeoutMs: 2_000,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 16 * 1024 * 1024,
} as const;

/** What a command asks the running server for: a route of `/admin`, with the body that it takes. */
export interface AdminQuestion {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** For what takes longer than a look: a model that has to be loaded, say. */
  readonly timeoutMs?: number;
}

/** The server's answer, its refusal, or that no server answers. */
export type ServerAnswer<Body> =
  | { readonly kind: "answered"; readonly body: Body }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "no-server"; readonly because: string };

/** Asks the server that runs on this data folder, over its control socket, as whoever owns the folder. */
export async function askServer<Body>(dataDir: string, question: AdminQuestion): Promise<ServerAnswer<Body>> {
  const { method, path, body, timeoutMs } = question;
  const transport = createUnixTransport({
    socketPath: controlSocketOf(dataDir),
    clock: systemClock,
    maxConnections: 1,
  });
  try {
    const response = await transport.send({
      method,
      path,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      signal: new AbortController().signal,
      limits: timeoutMs === undefined ? LIMITS : { ...LIMITS, headersTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs },
    });
    const answer: unknown = JSON.parse(await text(response.body));
    if (response.status < 300) return { kind: "answered", body: answer as Body };
    const { error } = answer as { readonly error: { readonly code: string; readonly message: string } };
    return { kind: "refused", code: error.code, message: error.message };
  } catch (error) {
    // No server runs here, or none that answers: what is on disk alone still says much.
    if (error instanceof SignalboxError || error instanceof SyntaxError)
      return { kind: "no-server", because: error.message };
    throw error;
  } finally {
    await transport.close();
  }
}
