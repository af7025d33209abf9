import { once } from "node:events";
import { unlink } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { PooledSlot, SlotPool } from "./slot-pool.ts";
import type { StateCache } from "./state-cache.ts";

/** The largest body read; the gateway has its own, smaller or equal, limit. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Who may reuse what is evaluated for a request; without it all those who send none. */
const CACHE_SCOPE_HEADER = "x-signalbox-cache-scope";
/** The gateway keeps its connections open; an idle one costs nothing here. */
const KEEP_ALIVE_TIMEOUT_MS = 60_000;

/** One request, its body parsed. */
export interface WorkerExchange {
  readonly json: unknown;
  readonly response: ServerResponse;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /** Requests of the same scope may reuse what is evaluated for this one. */
  readonly cacheScope: string;
}

/** Answers one request, or throws SignalboxError. */
export type WorkerRoute = (exchange: WorkerExchange) => Promise<void> | void;

/** What the server serves. */
export interface ServedModel {
  readonly modelId: string;
  /** What can be asked of the model, by path; always with `POST`. */
  readonly routes: ReadonlyMap<string, WorkerRoute>;
  readonly pool: Pick<SlotPool<PooledSlot>, "running" | "queued" | "isBusy">;
  readonly engine: {
    readonly slots: readonly PooledSlot[];
    evaluatedTokens(): number;
    readonly stateCache?: Pick<StateCache, "count" | "bytes">;
    readonly drafts?: { readonly proposedTokens: number; readonly confirmedTokens: number };
  };
}

/**
 * Serves one model over a unix socket: `GET /health` and what the model is made for. A client that goes away ends its
 * generation within one chunk of the prompt or one token, and the reading of its texts with the present one.
 */
export async function startWorkerServer(served: ServedModel, socketPath: string): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, requestTimeout: 0 }, (request, response) => {
    void answer(served, request, response);
    // A server that closes waits for its connections, and clients like to keep theirs.
    response.once("close", () => setImmediate(() => server.listening || server.closeIdleConnections()));
  });
  await unlink(socketPath).catch((error: NodeJS.ErrnoException) => {
    // A socket that an earlier process left behind; usually there is none.
    if (error.code !== "ENOENT") throw error;
  });
  server.listen(socketPath);
  await once(server, "listening");
  return server;
}

async function answer(served: ServedModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new SignalboxError("client_closed_request", "The client went away."));
  });
  const requestId = request.headers["x-request-id"];
  if (typeof requestId === "string") response.setHeader("x-request-id", requestId);
  try {
    await route(served, request, response, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    const known = toSignalboxError(error);
    if (known.code === "internal_error")
      process.stderr.write(`${known.cause instanceof Error ? known.cause.stack : String(error)}\n`);
    sendError(response, known);
  }
}

async function route(
  served: ServedModel,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const handle = served.routes.get(path);
  if (handle === undefined && path !== "/health") throw new SignalboxError("not_found", `There is no route ${path}.`);
  const method = path === "/health" ? "GET" : "POST";
  if (request.method !== method) {
    response.setHeader("allow", method);
    throw new SignalboxError("method_not_allowed", `${path} is for ${method} only.`);
  }
  if (handle === undefined) sendHealth(served, response);
  else await handle({ json: await readJson(request), response, signal, cacheScope: cacheScopeOf(request) });
}

function cacheScopeOf({ headers }: IncomingMessage): string {
  const scope = headers[CACHE_SCOPE_HEADER];
  return typeof scope === "string" ? scope : "";
}

function sendHealth({ modelId, engine, pool }: ServedModel, response: ServerResponse): void {
  const slots = engine.slots.map((slot) => ({
    id: slot.id,
    busy: pool.isBusy(slot),
    held_tokens: slot.heldTokens(),
  }));
  const health = {
    status: "ok",
    model: modelId,
    running: pool.running,
    queued: pool.queued,
    evaluated_tokens: engine.evaluatedTokens(),
    drafts: { proposed: engine.drafts?.proposedTokens ?? 0, confirmed: engine.drafts?.confirmedTokens ?? 0 },
    saved_states: { count: engine.stateCache?.count ?? 0, bytes: engine.stateCache?.bytes ?? 0 },
    slots,
  };
  sendJson(response, 200, JSON.stringify(health));
}

/** Writes a JSON text as the whole answer. */
export function sendJson(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(json),
  });
  response.end(json);
}

/** OpenAI's error envelope; in a stream that has begun, as its last frame and without the `[DONE]` that would call it complete. */
function sendError(response: ServerResponse, error: SignalboxError): void {
  const { param, retryAfterMs, metadata } = error.details;
  const envelope = { message: error.message, type: error.facts.openaiType, param: param ?? null, code: error.code };
  const json = JSON.stringify({ error: metadata === undefined ? envelope : { ...envelope, metadata } });
  if (response.headersSent) {
    response.end(`data: ${json}\n\n`);
    return;
  }
  if (retryAfterMs !== undefined) response.setHeader("retry-after", Math.ceil(retryAfterMs / 1_000));
  if (error.code === "request_too_large") response.setHeader("connection", "close");
  sendJson(response, error.status, json);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new SignalboxError("request_too_large", `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SignalboxError("invalid_request", `The body is not JSON: ${reason}`, { cause });
  }
}
