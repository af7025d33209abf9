import type { InferenceEndpoint } from "../../core/inference-endpoint.ts";
import { createRemoteEndpoint, type RemoteEndpointOptions } from "../wire/remote-endpoint.ts";
import { askOpenAi } from "./ask.ts";
import { createForwardBody } from "./forwarded-body.ts";

/**
 * An endpoint at a server that speaks OpenAI's protocol: a vendor, vLLM, llama-server, Ollama, another Signalbox.
 * The caller's bytes are forwarded with as little change as possible, and the answer's come back unchanged.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function createOpenAiCompatibleEndpoint(options: RemoteEndpointOptions): InferenceEndpoint {
  const form = { forwardBody: createForwardBody(options.facts) };
  return createRemoteEndpoint(options, (exchange, call) => askOpenAi(exchange, call, form));
}
