import type { Permit } from "./permit.ts";

/** Limits of one upstream call. All are required, so that no call is unbounded by omission. */
export interface TransportLimits {
  readonly connectTimeoutMs: number;
  /** From the request's last byte to the response's headers. */
  readonly headersTimeoutMs: number;
  /** The longest silence within the body. */
  readonly idleTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
}

/** One HTTP request to a server that the transport was made for. */
export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query below the base URL, starting with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  readonly limits: TransportLimits;
  /** Required by transports that leave this box; used up by the call. */
  readonly permit?: Permit;
}

/** The start of a response; its body is pulled, so that a slow reader slows the sender down. */
export interface TransportResponse {
  readonly status: number;
  /** Names in lower case; of repeated headers the last. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body's bytes as they arrive. MUST be read to its end or closed by the caller (leaving a `for await` closes
   * it); closing early ends the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * A way to one server: a worker's unix socket, or a configured remote address. Follows no redirect, uses no proxy,
 * retries nothing. Rejects with a SignalboxError: `upstream_unreachable`, `upstream_timeout`, `upstream_failed`
 * (broken off), `upstream_invalid_response` (too large, not HTTP), `egress_denied`, `client_closed_request` (aborted).
 */
export interface HttpTransport {
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Ends all connections. */
  close(): Promise<void>;
}
