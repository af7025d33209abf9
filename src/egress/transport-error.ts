import { errors } from "undici";
import { SignalboxError } from "../core/errors.ts";

/** How far an exchange has come. */
export type ExchangePhase = "connecting" | "waiting" | "reading";

/**
 * What went wrong between this box and `peer`, in one of the codes that `HttpTransport` promises. The original stays
 * as the cause, except that parser errors lose the response bytes that they carry: an error may be logged, an answer not.
 */
export function toTransportError(error: unknown, phase: ExchangePhase, peer: string): SignalboxError {
  if (error instanceof SignalboxError) return error;
  if (error instanceof errors.HTTPParserError) {
    const cause = new Error(error.message);
    return ENDED_WITHIN_MESSAGE.test(error.message)
      ? new SignalboxError("upstream_failed", `${peer} broke off its answer.`, { cause })
      : new SignalboxError("upstream_invalid_response", `${peer} did not answer in HTTP.`, { cause });
  }
  const code = codeOf(error);
  switch (code) {
    case "UND_ERR_HEADERS_OVERFLOW":
      return new SignalboxError("upstream_invalid_response", `${peer} sent too large headers.`, { cause: error });
    case "UND_ERR_CONNECT_TIMEOUT":
    case "ETIMEDOUT":
      return new SignalboxError("upstream_timeout", `${peer} timed out (${code}).`, { cause: error });
    case "UND_ERR_DESTROYED":
    case "UND_ERR_CLOSED":
      return new SignalboxError("upstream_unreachable", `The connections to ${peer} were closed.`, { cause: error });
    case "UND_ERR_INVALID_ARG":
      return new SignalboxError("internal_error", `The request to ${peer} could not be formed.`, { cause: error });
  }
  if (phase === "connecting") {
    return new SignalboxError("upstream_unreachable", `${peer} could not be reached${inBrackets(code)}.`, {
      cause: error,
    });
  }
  const what = phase === "waiting" ? "closed the connection before it answered" : "broke off its answer";
  return new SignalboxError("upstream_failed", `${peer} ${what}${inBrackets(code)}.`, { cause: error });
}

/** How the parser says that the connection ended before the message did. */
const ENDED_WITHIN_MESSAGE = /\bEOF\b/;

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : "";
}

function inBrackets(code: string): string {
  return code === "" ? "" : ` (${code})`;
}
