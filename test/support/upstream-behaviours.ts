import type { ServerResponse } from "node:http";
import type { UpstreamBehaviour, UpstreamRequest } from "./upstream-server.ts";

/** What a well-behaved server answers. */
export interface ChatScript {
  /** The text, in the pieces that a stream sends. */
  readonly pieces?: readonly string[];
  readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finishReason?: string;
  /** `null` leaves the usage out; anything else is sent as it is. */
  readonly usage?: unknown;
  /** Runs before each piece of a stream but the first, or before an answer; may wait. */
  readonly beforePiece?: (index: number) => Promise<void> | void;
}

/** What is said where a script says nothing. */
export const DEFAULT_PIECES = ["Hello", " from", " upstream", "."];

/** Answers chat requests as OpenAI does, streamed when the request asks for it. */
export function chat(script: ChatScript = {}): UpstreamBehaviour {
  return async (request, response) => {
    const body = request.json();
    if (body["stream"] === true) await streamChat(body, response, script);
    else await answerChat(body, response, script);
  };
}

/** A response with this status and body. */
export function status(code: number, body: unknown, headers: Readonly<Record<string, string>> = {}): UpstreamBehaviour {
  return (_request, response) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(code, { "content-type": "application/json", ...headers }).end(text);
  };
}

/** A stream that consists of exactly these bytes, each string a write of its own, ended properly. */
export function rawStream(...writes: readonly (string | Buffer)[]): UpstreamBehaviour {
  return async (_request, response) => {
    startStream(response);
    for (const bytes of writes) await write(response, bytes);
    response.end();
  };
}

/** Closes the connection with a reset before any answer. */
export const resetAtOnce: UpstreamBehaviour = (_request, response) => {
  reset(response);
};

/** Sends the beginning of a stream, then resets the connection. */
export function resetAfter(...writes: readonly string[]): UpstreamBehaviour {
  return async (_request, response) => {
    startStream(response);
    for (const bytes of writes) await write(response, bytes);
    reset(response);
  };
}

/** Sends the beginning of a stream, or nothing at all, and then nothing more. */
export function stallAfter(...writes: readonly string[]): UpstreamBehaviour {
  return async (_request, response) => {
    if (writes.length === 0) return;
    startStream(response);
    for (const bytes of writes) await write(response, bytes);
  };
}

/** Answers in something that is not HTTP. */
export const garbage: UpstreamBehaviour = (_request, response) => {
  response.socket?.end("\u0000\u0001 this is no HTTP \r\n\r\n");
};

/** Sends `text` again and again until the client has gone. */
export function endless(text: string): UpstreamBehaviour {
  return async (_request, response) => {
    startStream(response);
    while (!response.destroyed) await write(response, text);
  };
}

/** Sends `bytes` one at a time, each when `next` resolves. */
export function trickle(bytes: string, next: () => Promise<void>): UpstreamBehaviour {
  return async (_request, response) => {
    startStream(response);
    for (const byte of bytes) {
      await next();
      await write(response, byte);
    }
  };
}

/** Announces a chunk of the HTTP encoding and ends the connection within it. */
export const truncatedChunk: UpstreamBehaviour = (_request, response) => {
  response.socket?.end(
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n400\r\ndata: {",
  );
};

/** Points elsewhere. */
export function redirect(location: string): UpstreamBehaviour {
  return (_request, response) => {
    response.writeHead(307, { location }).end();
  };
}

/** Ends the connection at once: with a reset over TCP, and without one over a unix socket, which has none. */
function reset(response: ServerResponse): void {
  if (response.socket?.remoteAddress === undefined) response.socket?.destroy();
  else response.socket.resetAndDestroy();
}

/** One event of a stream. */
export function event(data: unknown): string {
  return `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}

/** A chunk of a stream, as OpenAI sends it. */
export function chunk(
  delta: unknown,
  finishReason: string | null = null,
  extra: Readonly<Record<string, unknown>> = {},
) {
  return {
    id: "chatcmpl-upstream",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "upstream-model",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...extra,
  };
}

/** Sends the headers of a stream. */
export function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
}

/** Resolves when the bytes have been handed to the system, or the client has gone. */
export function write(response: ServerResponse, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    // Through the event loop, so that a client's going away is noticed between two writes.
    else response.write(bytes, () => setImmediate(resolve));
  });
}

async function streamChat(body: Record<string, unknown>, response: ServerResponse, script: ChatScript): Promise<void> {
  const { pieces = script.toolCalls === undefined ? DEFAULT_PIECES : [], toolCalls = [] } = script;
  startStream(response);
  await write(response, event(chunk({ role: "assistant", content: "" })));
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await script.beforePiece?.(index);
    await write(response, event(chunk({ content: piece })));
  }
  for (const [index, call] of toolCalls.entries()) {
    const named = { index, id: call.id, type: "function", function: { name: call.name, arguments: "" } };
    await write(response, event(chunk({ tool_calls: [named] })));
    await write(response, event(chunk({ tool_calls: [{ index, function: { arguments: call.arguments } }] })));
  }
  await write(response, event(chunk({}, finishReasonOf(script))));
  const wantsUsage = (body["stream_options"] as { include_usage?: boolean } | undefined)?.include_usage === true;
  if (wantsUsage && script.usage !== null) {
    const usage = script.usage ?? usageOf(pieces);
    await write(response, event({ ...chunk({}), choices: [], usage }));
  }
  response.end(event("[DONE]"));
}

async function answerChat(body: Record<string, unknown>, response: ServerResponse, script: ChatScript): Promise<void> {
  const { pieces = script.toolCalls === undefined ? DEFAULT_PIECES : [], toolCalls } = script;
  await script.beforePiece?.(0);
  const message = {
    role: "assistant",
    content: pieces.length === 0 ? null : pieces.join(""),
    ...(toolCalls === undefined
      ? {}
      : {
          tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
            id,
            type: "function",
            function: { name, arguments: text },
          })),
        }),
  };
  const answer = {
    id: "chatcmpl-upstream",
    object: "chat.completion",
    created: 1_700_000_000,
    model: body["model"],
    choices: [{ index: 0, message, finish_reason: finishReasonOf(script) }],
    ...(script.usage === null ? {} : { usage: script.usage ?? usageOf(pieces) }),
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

function finishReasonOf(script: ChatScript): string {
  return script.finishReason ?? (script.toolCalls === undefined ? "stop" : "tool_calls");
}

function usageOf(pieces: readonly string[]) {
  const completion = Math.max(1, pieces.length);
  return { prompt_tokens: 7, completion_tokens: completion, total_tokens: 7 + completion };
}

/** The `messages` of a request. */
export function messagesOf(request: UpstreamRequest): readonly { readonly role: string; readonly content: unknown }[] {
  return request.json()["messages"] as readonly { readonly role: string; readonly content: unknown }[];
}
