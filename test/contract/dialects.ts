import * as messages from "../support/message-behaviours.ts";
import * as upstream from "../support/upstream-behaviours.ts";
import type { UpstreamBehaviour } from "../support/upstream-server.ts";

/** How a server of one protocol says what the contract makes it say. */
export interface Dialect {
  /** Where requests arrive. */
  readonly path: string;
  /** What it receives for the caller's words beside the model, its messages, `stream: true`, `seed: 7` and an option of a vendor's. */
  readonly asked: Readonly<Record<string, unknown>>;
  chat(script?: upstream.ChatScript): UpstreamBehaviour;
  /** Events of a stream: its beginning, a first text, its proper end, an end that nothing came before, and an error. */
  readonly role: string;
  readonly hello: string;
  readonly stop: string;
  readonly emptyEnd: string;
  error(text: string): string;
}

export const OPENAI: Dialect = {
  path: "/v1/chat/completions",
  asked: {
    messages: [{ role: "user", content: "Hello" }],
    stream: true,
    stream_options: { include_usage: true },
    seed: 7,
    vendor_option: [1],
  },
  chat: upstream.chat,
  role: upstream.event(upstream.chunk({ role: "assistant", content: "" })),
  hello: upstream.event(upstream.chunk({ content: "Hello" })),
  stop: upstream.event(upstream.chunk({}, "stop")),
  emptyEnd: upstream.event("[DONE]"),
  error: (text) => upstream.event({ error: { message: text } }),
};

export const ANTHROPIC: Dialect = {
  path: "/v1/messages",
  asked: {
    max_tokens: 4_096,
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    stream: true,
  },
  chat: messages.message,
  role: messages.messageStart() + messages.blockStart(0, { type: "text", text: "" }),
  hello: messages.blockDelta(0, { type: "text_delta", text: "Hello" }),
  stop: messages.messageEnd("end_turn"),
  emptyEnd: messages.messageEvent("message_stop"),
  error: (text) => messages.messageEvent("error", { error: { type: "api_error", message: text } }),
};
