import type { Decision } from "../core/decision.ts";
import { askServer, type ServerAnswer } from "./ask-server.ts";
import type { RequestToExplain } from "./explain-offline.ts";

/** Asks the server that runs on this data folder, over its control socket, where a request would go now. */
export async function explainAtServer(
  dataDir: string,
  { body, kind, headers, key }: RequestToExplain,
): Promise<ServerAnswer<Decision>> {
  const request = parseBody(body);
  if (request === undefined)
    return { kind: "refused", code: "invalid_request", message: "The request is not a JSON object." };
  const question = {
    request,
    ...(kind === undefined ? {} : { kind }),
    headers,
    ...(key === undefined ? {} : { keyId: key.keyId }),
  };
  return askServer(dataDir, { method: "POST", path: "/admin/explain", body: question });
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
