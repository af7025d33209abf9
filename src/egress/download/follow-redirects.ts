import type { Clock } from "../../core/clock.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { TransportLimits, TransportResponse } from "../../core/transport.ts";
import { exchange } from "../http-exchange.ts";
import { addressOf, type DownloadHosts } from "./host-rules.ts";
import { openConnection, type ConnectionOptions } from "./open-connection.ts";

/** Redirects of one download: a hub answers with one or two. */
const MAX_REDIRECTS = 5;
/** The longest address in a redirect, in characters; signed ones have about two thousand. */
const MAX_LOCATION_CHARACTERS = 16_384;

/** Which part of which file is asked for, and how it may be reached. */
export interface DownloadRequest extends ConnectionOptions {
  readonly url: string;
  readonly hosts: DownloadHosts;
  /** Value of `Authorization` for the first origin; never sent to another. */
  readonly authorization?: string;
  /** Called before an origin is connected to for the first time. MUST resolve only after the record of it is durable. */
  readonly recordOrigin: (origin: string) => Promise<void>;
  readonly limits: TransportLimits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The answer of the last host, and what the first one said about the file. */
export interface OpenedDownload {
  readonly response: TransportResponse;
  /** SHA-256 of the whole file, where the first host stated it. */
  readonly statedSha256?: string;
  /** Ends the connection. */
  close(): Promise<void>;
}

/**
 * Asks for the file, following redirects to listed hosts alone: each address is judged anew, nothing leads from https
 * to http, and the credential stays with the first origin. `headersFor` is told what the first host stated and gives
 * the headers of the next request.
 */
export async function followRedirects(
  request: DownloadRequest,
  headersFor: (statedSha256: string | undefined) => Readonly<Record<string, string>>,
): Promise<OpenedDownload> {
  let url = new URL(request.url);
  let statedSha256: string | undefined;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const address = addressOf(url, request.hosts);
    if (address === undefined) throw notListed(url, request.hosts);
    const connection = openConnection(address, request);
    try {
      await request.recordOrigin(url.origin);
      const isFirstOrigin = url.origin === new URL(request.url).origin;
      const response = await exchange({
        dispatcher: connection.dispatcher,
        path: `${url.pathname}${url.search}`,
        peer: request.proxy === undefined ? url.origin : `${url.origin} (through the proxy ${request.proxy.url})`,
        clock: request.clock,
        reportRedirects: true,
        request: {
          method: "GET",
          path: url.pathname,
          headers: {
            "accept-encoding": "identity",
            "user-agent": "signalbox",
            ...headersFor(statedSha256),
            ...(isFirstOrigin && request.authorization !== undefined ? { authorization: request.authorization } : {}),
          },
          signal: request.signal,
          limits: request.limits,
        },
      });
      if (isFirstOrigin) statedSha256 ??= sha256In(response.headers);
      const next = redirectTarget(response, url);
      if (next === undefined) {
        return { response, close: () => connection.close(), ...(statedSha256 === undefined ? {} : { statedSha256 }) };
      }
      await response.body[Symbol.asyncIterator]().return?.();
      url = next;
    } catch (error) {
      await connection.close();
      throw error;
    }
    await connection.close();
  }
  throw new SignalboxError("upstream_invalid_response", `${request.url} redirects more than ${MAX_REDIRECTS} times.`);
}

/** Where the answer leads on to; nothing when it is not a redirect. */
function redirectTarget({ status, headers }: TransportResponse, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const location = headers["location"] ?? "";
  const next = location.length > MAX_LOCATION_CHARACTERS ? null : URL.parse(location, from.href);
  if (location === "" || next === null) {
    throw new SignalboxError("upstream_invalid_response", `${from.origin} redirects to an address that can't be read.`);
  }
  if (from.protocol === "https:" && next.protocol !== "https:") {
    throw new SignalboxError("egress_denied", `${from.origin} redirects to ${next.origin}, which is not https.`);
  }
  if (next.username !== "" || next.password !== "") {
    throw new SignalboxError("egress_denied", `${from.origin} redirects to an address with a user name or password.`);
  }
  return next;
}

function notListed(url: URL, { named, redirect }: DownloadHosts): SignalboxError {
  const allowed = [...named, ...redirect].join(", ");
  const message = `The download leads to ${url.origin}, which is not one of the allowed hosts (${allowed}). If you trust it, name it with --allow-host ${url.hostname}.`;
  return new SignalboxError("egress_denied", message);
}

/**
 * A hub states the hash of a large file with the redirect to it.
 * @see https://huggingface.co/docs/huggingface_hub/package_reference/file_download
 */
function sha256In(headers: Readonly<Record<string, string>>): string | undefined {
  return /^"?([0-9a-f]{64})"?$/.exec(headers["x-linked-etag"] ?? "")?.[1];
}
