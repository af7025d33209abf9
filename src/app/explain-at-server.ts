import { text } from "node:stream/consumers";
import type { Decision } from "../core/decision.ts";
import { SignalboxError } from "../core/errors.ts";
import { createUnixTransport } from "../egress/unix-transport.ts";
import { controlSocketOf } from "./control-socket-path.ts";
import type { RequestToExplain } from "./explain-offline.ts";
import { systemClock } from "./system-clock.ts";

/** A running server answers within milliseconds; one that does not is as good as none. */
const LIMITS = {
  connectTimeoutMs: 2_000,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 16 * 1024 * 1024,
} as const;

/** What came of asking: the decision on live facts, the server's refusal of the request, or that no server answers. */
export type ServerExplanation =
  | { readonly kind: "explained"; readonly decision: Decision }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "no-server"; readonly because: string };

/** Asks the server that runs on this data folder, over its control socket, where a request would go now. */
export async function explainAtServer(
  dataDir: string,
  { body, headers, key }: RequestToExplain,
): Promise<ServerExplanation> {
  const request = parseBody(body);
  if (request === undefined) return { kind: "refused", message: "The request is not a JSON object." };
  const transport = createUnixTransport({
    socketPath: controlSocketOf(dataDir),
    clock: systemClock,
    maxConnections: 1,
  });
  try {
    const question = { request, headers, ...(key === undefined ? {} : { keyId: key.keyId }) };
    const response = await transport.send({
      method: "POST",
      path: "/admin/explain",
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify(question)),
      signal: new AbortController().signal,
      limits: LIMITS,
    });
    const answer: unknown = JSON.parse(await text(response.body));
    if (response.status === 200) return { kind: "explained", decision: answer as Decision };
    const { error } = answer as { readonly error: { readonly message: string } };
    return { kind: "refused", message: error.message };
  } catch (error) {
    // No server runs here, or none that answers: the configuration alone still says much.
    if (error instanceof SignalboxError || error instanceof SyntaxError)
      return { kind: "no-server", because: error.message };
    throw error;
  } finally {
    await transport.close();
  }
}

function parseBody(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // The caller says so; the parser would quote the text, which is a prompt.
    return undefined;
  }
}
