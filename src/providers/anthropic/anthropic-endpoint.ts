import type { InferenceEndpoint } from "../../core/inference-endpoint.ts";
import { notingContent } from "../wire/call-deadline.ts";
import { readWhole } from "../wire/read-body.ts";
import { type Ask, createRemoteEndpoint, type RemoteEndpointOptions } from "../wire/remote-endpoint.ts";
import { send } from "../wire/send.ts";
import { messagesBody } from "./messages-body.ts";
import { readMessage } from "./read-message.ts";
import { readMessageStream } from "./read-message-stream.ts";

/** The version of the protocol that this folder speaks. @see https://docs.claude.com/en/api/versioning */
const VERSION = "2023-06-01";

/**
 * An endpoint at a server that speaks Anthropic's protocol. Chats alone: it has no other kind of work. What the caller
 * wrote in OpenAI's form is said in Anthropic's, and the answer comes back in OpenAI's.
 * @see https://docs.claude.com/en/api/messages
 */
export function createAnthropicEndpoint(options: RemoteEndpointOptions): InferenceEndpoint {
  return createRemoteEndpoint(options, askAnthropic);
}

const askAnthropic: Ask = async function* (exchange, call) {
  const { upstream, clock, deadline } = exchange;
  const { credential, facts } = upstream;
  const response = await send(exchange, call, {
    path: "/messages",
    headers: { "anthropic-version": VERSION, ...(credential === undefined ? {} : { "x-api-key": credential }) },
    body: messagesBody(call.request, facts),
  });
  if (!call.request.stream) {
    yield readMessage(await readWhole(response.body), upstream, Math.floor(clock.wallMs() / 1_000));
    return;
  }
  yield* notingContent(readMessageStream(response.body, upstream, clock), deadline);
};
