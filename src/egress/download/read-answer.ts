import { SignalboxError } from "../../core/errors.ts";
import type { TransportResponse } from "../../core/transport.ts";
import type { SourceNotes } from "./partial-file.ts";

/** What an answer to a request for a file, or for the rest of one, means. */
export type Answer =
  /** The whole file from its first byte. */
  | { readonly kind: "whole"; readonly notes: SourceNotes; readonly totalBytes?: number }
  /** What is missing. */
  | { readonly kind: "rest"; readonly totalBytes: number }
  /** Nothing is missing. */
  | { readonly kind: "complete" }
  /** The source is not the one that the partial file is of. */
  | { readonly kind: "changed" };

/** What there is of the file already. */
interface Known {
  readonly bytes: number;
  readonly notes: SourceNotes;
}

/**
 * Reads the head of an answer. `host` is the one that was asked first, for messages.
 * @throws SignalboxError `upstream_unauthorized`, `upstream_rejected`, `upstream_failed` or `upstream_invalid_response`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
export function readAnswer({ status, headers }: TransportResponse, known: Known, host: string): Answer {
  if (status !== 200 && status !== 206 && status !== 416) throw refusedBy(host, status, headers);
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new SignalboxError(
      "upstream_invalid_response",
      `${host} sends the file encoded (${encoding}), although that was not asked for.`,
    );
  }
  const range = contentRange(headers["content-range"]);
  if (status === 416)
    return known.bytes > 0 && range?.totalBytes === known.bytes ? { kind: "complete" } : { kind: "changed" };
  if (status === 200) {
    const totalBytes = byteCount(headers["content-length"]);
    const validator = strongValidator(headers);
    const facts = totalBytes === undefined ? {} : { totalBytes };
    return { kind: "whole", notes: { ...facts, ...(validator === undefined ? {} : { validator }) }, ...facts };
  }
  const isSame =
    headers["etag"] === undefined ||
    known.notes.validator === undefined ||
    strongValidator(headers) === known.notes.validator;
  const isTheRest = range?.firstByte === known.bytes && range.totalBytes !== undefined;
  const isSameSize = known.notes.totalBytes === undefined || range?.totalBytes === known.notes.totalBytes;
  if (!isSame || !isTheRest || !isSameSize || range.totalBytes === undefined) return { kind: "changed" };
  return { kind: "rest", totalBytes: range.totalBytes };
}

/** A strong `ETag`, or else `Last-Modified`: what `If-Range` may carry. */
function strongValidator(headers: Readonly<Record<string, string>>): string | undefined {
  const tag = headers["etag"];
  return tag === undefined ? headers["last-modified"] : tag.startsWith("W/") ? undefined : tag;
}

function contentRange(
  text: string | undefined,
): { readonly firstByte?: number; readonly totalBytes?: number } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(text ?? "");
  if (match === null) return undefined;
  const firstByte = byteCount(match[1]);
  const totalBytes = byteCount(match[2]);
  return { ...(firstByte === undefined ? {} : { firstByte }), ...(totalBytes === undefined ? {} : { totalBytes }) };
}

function byteCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : undefined;
}

function refusedBy(host: string, status: number, headers: Readonly<Record<string, string>>): SignalboxError {
  if (status === 401 || status === 403) {
    const message = `${host} does not give the file to you (${status}). Many models ask for their licence to be accepted on their page first; then pass a token with --token env:NAME.`;
    return new SignalboxError("upstream_unauthorized", message);
  }
  if (status === 429 || status >= 500) {
    const wait = headers["retry-after"] === undefined ? "" : `; it asks to wait ${headers["retry-after"]}`;
    return new SignalboxError("upstream_failed", `${host} can't serve the file now (${status})${wait}.`);
  }
  const what =
    status === 404
      ? "has no such file (404): check the name, or whether the repository still exists"
      : `answers with ${status}`;
  return new SignalboxError("upstream_rejected", `${host} ${what}.`, { status });
}
