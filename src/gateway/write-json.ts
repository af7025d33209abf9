import type { Request, Response } from "express";
import { commonHeaders, exchangeOf, isGone } from "./exchange.ts";

/** How long a socket may stand still while an answer is written to it: then the client is not reading. */
export const MAX_WRITE_STALL_MS = 30_000;

/** Bodies up to this size are joined with their headers; copying larger ones costs more than it saves. */
const MAX_JOINED_BYTES = 16 * 1024;

/** How long the rest of a refused body is read and thrown away, and how much of it, so that the answer gets through. */
const LINGER_MS = 2_000;
const LINGER_BYTES = 64 * 1024 * 1024;

/** Writes a value as the whole JSON answer. For small values; answers of models are written as bytes. */
export function writeJson(
  response: Response,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  writeBytes(response, status, [Buffer.from(JSON.stringify(value))], headers);
}

/** Writes JSON text, given in pieces, as the whole answer. Does nothing where nobody is left to read it. */
export function writeBytes(
  response: Response,
  status: number,
  pieces: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {},
  contentType = "application/json; charset=utf-8",
): void {
  if (isGone(response)) return;
  const [only] = pieces;
  const bytes = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  const isBodyUnread = hasUnreadBody(response.req);
  response.setTimeout(MAX_WRITE_STALL_MS);
  response.writeHead(status, {
    ...commonHeaders(exchangeOf(response)),
    "content-type": contentType,
    "content-length": bytes.byteLength,
    ...(isBodyUnread ? { connection: "close" } : {}),
    ...headers,
  });
  if (isBodyUnread) lingeringEnd(response, bytes);
  // As Latin-1 the same bytes leave together with the headers, in one call to the system instead of two.
  else if (bytes.byteLength <= MAX_JOINED_BYTES)
    response.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"), "latin1");
  else response.end(bytes);
}

/** A request without a body counts as incomplete until its handler has returned, so its headers are asked first. */
function hasUnreadBody({ headers, complete }: Request): boolean {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  return hasBody && !complete;
}

/**
 * Ends an answer to a request whose body was not read. Closing at once would reset the connection and take the answer
 * with it, so the rest of the body is read for a moment and thrown away.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function lingeringEnd(response: Response, bytes: Uint8Array): void {
  const { req: request } = response;
  let left = LINGER_BYTES;
  const end = (): void => {
    clearTimeout(timer);
    request.removeAllListeners("data");
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  response.write(bytes);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.byteLength;
    if (left <= 0) end();
  });
  request.once("end", end).once("close", end);
  request.resume();
}
