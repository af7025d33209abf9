import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextFunction, Request, Response } from "express";
import type { Clock } from "../../core/clock.ts";
import { SignalboxError } from "../../core/errors.ts";
import { exchangeOf } from "../exchange.ts";

/** The longest pause within a body; a sender that pauses longer is holding a connection, not sending. */
const MAX_PAUSE_MS = 15_000;

/**
 * Reads the whole body into `exchange.body`. One that is announced as too large is refused before a byte of it is
 * read, one that turns out to be too large as soon as it is.
 */
export function readBody(limitBytes: number, clock: Clock) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    refuseEncoded(request);
    if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    if (request.headers.expect?.toLowerCase() === "100-continue") (response as ServerResponse).writeContinue();
    exchangeOf(response).body = await collect(request, limitBytes, clock);
    next();
  };
}

function refuseEncoded(request: IncomingMessage): void {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding === "identity") return;
  throw new SignalboxError("invalid_request", "The body must not be compressed.", {
    param: "content-encoding",
    status: 415,
  });
}

function collect(request: IncomingMessage, limitBytes: number, clock: Clock): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let lastMs = clock.monotonicMs();
    let cancelTimer = (): void => {};
    const watchPauses = (): void => {
      const leftMs = lastMs + MAX_PAUSE_MS - clock.monotonicMs();
      if (leftMs > 0) cancelTimer = clock.after(leftMs, watchPauses);
      else finish(() => reject(new SignalboxError("request_timeout", `The body stopped for ${MAX_PAUSE_MS} ms.`)));
    };
    const finish = (settle: () => void): void => {
      cancelTimer();
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.byteLength;
      lastMs = clock.monotonicMs();
      if (size > limitBytes) finish(() => reject(tooLarge(limitBytes)));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      const [only] = chunks;
      finish(() => resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size)));
    };
    const onClose = (): void => {
      finish(() => reject(new SignalboxError("client_closed_request", "The connection ended before the body did.")));
    };
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
    watchPauses();
  });
}

function tooLarge(limitBytes: number): SignalboxError {
  return new SignalboxError(
    "request_too_large",
    `The body is larger than ${limitBytes} bytes, which is the limit here.`,
  );
}
