import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Response } from "express";
import { type SignalboxError, toSignalboxError } from "../core/errors.ts";
import type { RequestId } from "../core/ids.ts";
import type { Principal } from "../core/principal.ts";
import type { WorkloadClass } from "../core/workload.ts";

/** A caller's own id for a request is repeated to it and logged, if it looks like one. */
const CLIENT_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The base path that OpenRouter's clients know. */
export const OPENROUTER_BASE = "/api/v1";

/** Anthropic's clients ask only here; under any other path its errors would be read by nobody. */
const ANTHROPIC_PATH = /^(?:\/api)?\/v1\/messages(?:[/?]|$)/;

/** Whose clients ask where this request came in, which decides how an error is written to them. */
export type Client = "openai" | "openrouter" | "anthropic";

function clientOf(url: string): Client {
  if (ANTHROPIC_PATH.test(url)) return "anthropic";
  return url.startsWith(`${OPENROUTER_BASE}/`) ? "openrouter" : "openai";
}

/** What the one log line of a request says besides its status and time; filled in on the way. */
export interface ExchangeNotes {
  route: string;
  model?: string;
  endpointId?: string;
  workloadClass?: WorkloadClass;
  auditIndex?: number;
  error?: SignalboxError;
}

/**
 * One HTTP request and its answer, from its headers to the end. Its id is always made here: a caller who could choose
 * it could write into another request's records.
 */
export class Exchange {
  readonly requestId: RequestId = `req_${randomUUID()}`;
  readonly clientRequestId: string | undefined;
  readonly clientIp: string | undefined;
  readonly client: Client;
  /** On the monotonic clock. */
  readonly startedMs: number;
  readonly notes: ExchangeNotes = { route: "none" };
  /** Who is calling; set by `authenticate`. */
  principal: Principal | undefined;
  /** The body as it came; set by `readBody`. */
  body: Uint8Array | undefined;
  /** `name@version` of the preset whose fields the body has; set by `applyPreset`. */
  preset: string | undefined;
  readonly #controller = new AbortController();

  constructor(request: IncomingMessage, startedMs: number) {
    const stated = request.headers["x-client-request-id"] ?? request.headers["x-request-id"];
    this.clientRequestId = typeof stated === "string" && CLIENT_REQUEST_ID.test(stated) ? stated : undefined;
    this.clientIp = request.socket.remoteAddress?.replace(/^::ffff:/, "");
    this.client = clientOf(request.url ?? "");
    this.startedMs = startedMs;
  }

  /** Aborts when the client is gone or the box stops; its reason is a SignalboxError. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: SignalboxError): void {
    this.#controller.abort(reason);
  }

  /** Why the request failed: whatever was thrown after an abort only says that there was one. */
  reasonFor(thrown: unknown): SignalboxError {
    return toSignalboxError(this.signal.aborted ? this.signal.reason : thrown);
  }

  /** The caller of a route that asks for a key. */
  get caller(): Principal {
    if (this.principal === undefined) throw new Error("The route is open to everybody and has no caller.");
    return this.principal;
  }
}

/** Puts the exchange where every later step of the same request finds it. */
export function attachExchange(response: Response, exchange: Exchange): void {
  response.locals["exchange"] = exchange;
}

/** The exchange that this response belongs to. */
export function exchangeOf(response: Response): Exchange {
  const exchange: unknown = response.locals["exchange"];
  if (!(exchange instanceof Exchange)) throw new Error("The request did not pass `openExchange`.");
  return exchange;
}

/** The headers that every answer carries. */
export function commonHeaders(exchange: Exchange): Record<string, string> {
  return {
    "x-request-id": exchange.requestId,
    // Under this name Anthropic's clients look for it. @see https://docs.claude.com/en/api/errors#request-id
    ...(exchange.client === "anthropic" ? { "request-id": exchange.requestId } : {}),
    ...(exchange.clientRequestId === undefined ? {} : { "x-client-request-id": exchange.clientRequestId }),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
}

/**
 * Whether nobody is there any more to read an answer. Asks the request's socket: an answer that waits behind another
 * one on the same connection has none yet.
 */
export function isGone(response: Response): boolean {
  return response.destroyed || response.req.socket.destroyed;
}
