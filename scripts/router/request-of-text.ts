import type { InferenceRequest } from "../../src/core/inference-request.ts";
import { parseChatRequest } from "../../src/gateway/openai/parse-chat-request.ts";

/** The request of a client that says nothing but `text`, parsed as the gateway parses it. */
export function requestOf(text: string): InferenceRequest {
  const body = JSON.stringify({ model: "auto", messages: [{ role: "user", content: text === "" ? " " : text }] });
  return parseChatRequest(new TextEncoder().encode(body), {}, []);
}
