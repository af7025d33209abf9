import { once } from "node:events";
import { unlink } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { SignalboxError, toSignalboxError } from "../../core/errors.ts";
import type { EngineSlot } from "./load-engine.ts";
import { parseCompletionRequest } from "./parse-completion-request.ts";
import type { CompletionRunner } from "./run-completion.ts";
import type { SlotPool } from "./slot-pool.ts";
import { newCompletionHead, StreamFrames, WholeCompletion } from "./write-completion.ts";

/** The largest body read; the gateway has its own, smaller or equal, limit. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** The gateway keeps its connections open; an idle one costs nothing here. */
const KEEP_ALIVE_TIMEOUT_MS = 60_000;

/** What the server serves. */
export interface ServedModel {
  readonly modelId: string;
  readonly systemFingerprint: string;
  readonly runner: CompletionRunner;
  readonly pool: SlotPool<EngineSlot>;
}

/**
 * Serves one model over a unix socket: `GET /health`, `POST /v1/chat/completions`, `POST /tokenize`. A client that goes
 * away ends its generation within one chunk of the prompt or one token.
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
  const path = (request.url ?? "/").split("?", 1)[0];
  const handler = ROUTES[path as keyof typeof ROUTES];
  if (handler === undefined) throw new SignalboxError("not_found", `There is no route ${path}.`);
  const method = path === "/health" ? "GET" : "POST";
  if (request.method !== method) {
    response.setHeader("allow", method);
    throw new SignalboxError("method_not_allowed", `${path} is for ${method} only.`);
  }
  await handler(served, request, response, signal);
}

const ROUTES = { "/health": sendHealth, "/v1/chat/completions": complete, "/tokenize": countTokens };

async function complete(
  served: ServedModel,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const parsed = parseCompletionRequest(await readJson(request));
  const head = newCompletionHead(served.modelId, served.systemFingerprint, Date.now());
  const events = served.runner.run(parsed, signal);
  try {
    if (parsed.stream)
      await streamCompletion(served.pool, events, new StreamFrames(head), parsed.includeUsage, response, signal);
    else await sendWholeCompletion(events, new WholeCompletion(head), response);
  } finally {
    // Frees the slot when it was this side that failed; does nothing after the end.
    await events.return(undefined as never);
  }
}

type CompletionEvents = ReturnType<CompletionRunner["run"]>;

async function sendWholeCompletion(
  events: CompletionEvents,
  whole: WholeCompletion,
  response: ServerResponse,
): Promise<void> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) return sendJson(response, 200, whole.toJson(value));
    whole.add(value);
  }
}

async function streamCompletion(
  pool: SlotPool<EngineSlot>,
  events: CompletionEvents,
  frames: StreamFrames,
  includeUsage: boolean,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) {
      response.end(`${includeUsage ? frames.usage(value) : ""}data: [DONE]\n\n`);
      return;
    }
    if (!response.headersSent) startStream(response);
    // A client that does not read stops the generation until it does, so that nothing piles up here.
    if (!response.write(frames.event(value))) await pool.pauseFor(once(response, "drain", { signal }));
  }
}

async function countTokens(served: ServedModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { runner } = served;
  const json = await readJson(request);
  const text = typeof json === "object" && json !== null && "text" in json ? json.text : undefined;
  if (text !== undefined && typeof text !== "string")
    throw new SignalboxError("invalid_request", "`text` must be a string.", { param: "text" });
  const count =
    text === undefined
      ? runner.countPromptTokens(parseCompletionRequest(json))
      : runner.engine.model.tokenize(text).length;
  sendJson(response, 200, JSON.stringify({ count, context_tokens: runner.engine.contextTokens }));
}

function sendHealth({ modelId, runner, pool }: ServedModel, _request: IncomingMessage, response: ServerResponse): void {
  const slots = runner.engine.slots.map((slot) => ({
    id: slot.id,
    busy: pool.isBusy(slot),
    held_tokens: slot.heldTokens(),
  }));
  const evaluatedTokens = runner.engine.evaluatedTokens();
  const health = {
    status: "ok",
    model: modelId,
    running: pool.running,
    queued: pool.queued,
    evaluated_tokens: evaluatedTokens,
    slots,
  };
  sendJson(response, 200, JSON.stringify(health));
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
}

function sendJson(response: ServerResponse, status: number, json: string): void {
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
