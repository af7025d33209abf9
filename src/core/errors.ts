import { ERROR_FACTS, type ErrorCode, type ErrorFacts } from "./error-facts.ts";

/** Facts that travel with an error to the client. Never holds a secret or any text of a prompt. */
export interface ErrorDetails {
  /** The request field at fault, in OpenAI's notation (`messages[2].content`). */
  readonly param?: string;
  /** How long to wait before trying again; becomes `Retry-After`. */
  readonly retryAfterMs?: number;
  /** Public facts for `error.metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What logs say instead of the message, where the message quotes somebody who may quote the prompt. */
  readonly logMessage?: string;
  /** Overrides the table's status: an upstream's own 4xx is passed on as it came. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The only error that crosses a module boundary. `message` is written for the person who reads the answer. */
export class SignalboxError extends Error {
  override readonly name = "SignalboxError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get facts(): ErrorFacts {
    return ERROR_FACTS[this.code];
  }

  get status(): number {
    return this.details.status ?? this.facts.status;
  }
}

/** `thrown` itself when it is one of ours, otherwise an `internal_error` that keeps it as its cause. */
export function toSignalboxError(thrown: unknown): SignalboxError {
  if (thrown instanceof SignalboxError) return thrown;
  return new SignalboxError("internal_error", "The request failed because of a defect in Signalbox.", {
    cause: thrown,
  });
}

/** Why a call was given up: the signal's own reason where it is one of ours, such as a deadline's; else `client_closed_request`. */
export function toAbortError(signal: AbortSignal): SignalboxError {
  const reason: unknown = signal.reason;
  if (reason instanceof SignalboxError) return reason;
  return new SignalboxError("client_closed_request", "The request was cancelled.", { cause: reason });
}
