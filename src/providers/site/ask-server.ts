import type { Clock } from "../../core/clock.ts";
import { toSignalboxError } from "../../core/errors.ts";
import type { Permit } from "../../core/permit.ts";
import type { HttpTransport, TransportLimits } from "../../core/transport.ts";
import type { AskServer } from "./engine-state.ts";

/** The whole of one question, its answer's last byte included. */
const ASK_TIMEOUT_MS = 2_000;

/** An exposition of metrics has some hundred kilobytes; nothing that is asked for here is larger. */
const LIMITS: TransportLimits = {
  connectTimeoutMs: 1_000,
  headersTimeoutMs: ASK_TIMEOUT_MS,
  idleTimeoutMs: ASK_TIMEOUT_MS,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 2 * 1024 * 1024,
};

/** What a server is asked through. */
export interface AskOptions {
  readonly transport: HttpTransport;
  readonly permit: Permit;
  /** For servers that want to know who asks. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Ends every question. */
  readonly signal: AbortSignal;
}

/** Asks a server below its root, each time within two seconds and two megabytes. */
export function createAskServer({ transport, permit, headers, clock, signal }: AskOptions): AskServer {
  return async (path) => {
    const tooLate = new AbortController();
    const cancelTimer = clock.after(ASK_TIMEOUT_MS, () => tooLate.abort());
    try {
      const { status, body } = await transport.send({
        method: "GET",
        path,
        headers: { accept: "*/*", ...headers() },
        signal: AbortSignal.any([signal, tooLate.signal]),
        limits: LIMITS,
        permit,
      });
      const decoder = new TextDecoder();
      let text = "";
      for await (const bytes of body) text += decoder.decode(bytes, { stream: true });
      return { kind: "answer", status, text };
    } catch (thrown) {
      const { code, message } = toSignalboxError(thrown);
      if (tooLate.signal.aborted) return { kind: "failed", reason: `it did not answer within ${ASK_TIMEOUT_MS} ms` };
      return { kind: code === "upstream_unreachable" ? "unreachable" : "failed", reason: message };
    } finally {
      cancelTimer();
    }
  };
}
