import type { Dispatcher } from "undici";
import type { Clock } from "../core/clock.ts";
import { SignalboxError, toAbortError } from "../core/errors.ts";
import type { TransportRequest, TransportResponse } from "../core/transport.ts";
import { toTransportError, type ExchangePhase } from "./transport-error.ts";

/** Body bytes that may wait for the reader before the sender is held back. */
const PAUSE_ABOVE_BYTES = 128 * 1024;
/** Body bytes left for the reader at which the sender may go on. */
const RESUME_BELOW_BYTES = 32 * 1024;

/** One request on its way. */
export interface ExchangePlan {
  readonly dispatcher: Pick<Dispatcher, "dispatch">;
  /** Path and query on the server, base path included. */
  readonly path: string;
  readonly request: TransportRequest;
  /** How messages call the server: its origin, or what it is. */
  readonly peer: string;
  readonly clock: Clock;
  /** Hand a redirect to the caller, who judges where it leads, instead of refusing it. */
  readonly reportRedirects?: boolean;
}

/** Sends one request and resolves with the start of its response; see `HttpTransport` for what is promised. */
export function exchange(plan: ExchangePlan): Promise<TransportResponse> {
  const { request } = plan;
  if (request.signal.aborted) return Promise.reject(toAbortError(request.signal));
  const handler = new HttpExchange(plan);
  plan.dispatcher.dispatch(
    {
      path: plan.path,
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // The exchange watches the time itself, on the injected clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    handler,
  );
  return handler.response;
}

interface Waiter {
  resolve(result: IteratorResult<Uint8Array>): void;
  reject(error: SignalboxError): void;
}

/**
 * Turns undici's callbacks into a promise of the head and a body that is pulled. At most one timer runs at a time: the
 * limit of the phase the exchange is in.
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher
 */
class HttpExchange implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array> {
  readonly response: Promise<TransportResponse>;
  readonly #plan: ExchangePlan;
  readonly #settleHead: PromiseWithResolvers<TransportResponse>;
  readonly #onAbort = (): void => this.#fail(toAbortError(this.#plan.request.signal));
  #controller: Dispatcher.DispatchController | undefined;
  #phase: ExchangePhase = "connecting";
  #isOver = false;
  #failure: SignalboxError | undefined;
  #waiting: Waiter | undefined;
  readonly #chunks: Uint8Array[] = [];
  #bufferedBytes = 0;
  #receivedBytes = 0;
  #deadlineMs = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(plan: ExchangePlan) {
    this.#plan = plan;
    this.#settleHead = Promise.withResolvers();
    this.response = this.#settleHead.promise;
    plan.request.signal.addEventListener("abort", this.#onAbort, { once: true });
    this.#watch(plan.request.limits.connectTimeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Cancelled while it waited for a connection: nothing has been written, and nothing will be.
    if (this.#isOver) return controller.abort(this.#failure ?? new Error("closed"));
    this.#controller = controller;
    this.#phase = "waiting";
    this.#watch(this.#plan.request.limits.headersTimeoutMs);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    rawHeaders: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200 || this.#isOver) return;
    const { peer, request } = this.#plan;
    const headers = lastValues(rawHeaders);
    if (sizeOf(headers) > request.limits.maxHeaderBytes) {
      return this.#fail(new SignalboxError("upstream_invalid_response", `${peer} sent too large headers.`));
    }
    if (status >= 300 && status < 400 && this.#plan.reportRedirects !== true) {
      const message = `${peer} answered with a redirect (${status}), which is not followed: configure the final address.`;
      return this.#fail(new SignalboxError("upstream_invalid_response", message));
    }
    this.#phase = "reading";
    this.#watch(request.limits.idleTimeoutMs);
    this.#settleHead.resolve({ status, headers, body: this });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const { clock, peer, request } = this.#plan;
    this.#receivedBytes += chunk.byteLength;
    if (this.#receivedBytes > request.limits.maxBodyBytes) {
      const message = `${peer} sent more than ${request.limits.maxBodyBytes} bytes.`;
      return this.#fail(new SignalboxError("upstream_invalid_response", message));
    }
    this.#deadlineMs = clock.monotonicMs() + request.limits.idleTimeoutMs;
    if (this.#waiting !== undefined) return this.#wake((waiter) => waiter.resolve({ done: false, value: chunk }));
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.byteLength;
    if (this.#bufferedBytes > PAUSE_ABOVE_BYTES) controller.pause();
  }

  onResponseEnd(): void {
    this.#end();
    this.#wake((waiter) => waiter.resolve({ done: true, value: undefined }));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(toTransportError(error, this.#phase, this.#plan.peer));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next bytes. What arrived before a failure is delivered before the failure is thrown. */
  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bufferedBytes -= chunk.byteLength;
      this.#resumeSender();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Stops reading: ends the connection unless the response has already arrived whole. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.#chunks.length = 0;
    if (!this.#isOver) {
      this.#end();
      this.#controller?.abort(new Error("the reader closed the response"));
      this.#wake((waiter) => waiter.resolve({ done: true, value: undefined }));
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  #resumeSender(): void {
    if (this.#controller?.paused !== true || this.#isOver || this.#bufferedBytes > RESUME_BELOW_BYTES) return;
    this.#deadlineMs = this.#plan.clock.monotonicMs() + this.#plan.request.limits.idleTimeoutMs;
    this.#controller.resume();
  }

  #fail(error: SignalboxError): void {
    if (this.#isOver) return;
    this.#failure = error;
    if (this.#plan.request.signal.aborted) this.#chunks.length = 0;
    this.#end();
    this.#controller?.abort(error);
    this.#settleHead.reject(error);
    this.#wake((waiter) => waiter.reject(error));
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelTimer();
    this.#plan.request.signal.removeEventListener("abort", this.#onAbort);
  }

  #wake(settle: (waiter: Waiter) => void): void {
    const waiter = this.#waiting;
    this.#waiting = undefined;
    if (waiter !== undefined) settle(waiter);
  }

  /** Allows `limitMs` from now. Data moves the deadline without touching the timer, which looks again when it rings. */
  #watch(limitMs: number): void {
    this.#deadlineMs = this.#plan.clock.monotonicMs() + limitMs;
    this.#ringAfter(limitMs);
  }

  #ringAfter(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#plan.clock.after(delayMs, () => {
      // A sender that is held back here is not silent by its own fault.
      const isHeldBack = this.#controller?.paused === true;
      const remainingMs = this.#deadlineMs - this.#plan.clock.monotonicMs();
      if (isHeldBack) this.#watch(this.#plan.request.limits.idleTimeoutMs);
      else if (remainingMs > 0) this.#ringAfter(remainingMs);
      else this.#fail(this.#timeoutError());
    });
  }

  #timeoutError(): SignalboxError {
    const { connectTimeoutMs, headersTimeoutMs, idleTimeoutMs } = this.#plan.request.limits;
    const what = {
      connecting: `could not be reached within ${connectTimeoutMs} ms`,
      waiting: `did not begin to answer within ${headersTimeoutMs} ms`,
      reading: `was silent for ${idleTimeoutMs} ms within its answer`,
    }[this.#phase];
    return new SignalboxError("upstream_timeout", `${this.#plan.peer} ${what}.`);
  }
}

function lastValues(headers: Record<string, string | string[] | undefined>): Readonly<Record<string, string>> {
  const last: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    const one = Array.isArray(value) ? value.at(-1) : value;
    if (one !== undefined) last[name] = one;
  }
  return last;
}

function sizeOf(headers: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) bytes += name.length + value.length;
  return bytes;
}
