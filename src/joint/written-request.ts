import type { InferenceRequest } from "../core/inference-request.ts";

/** Reads the body of a chat as the gateway reads a client's. */
export type ParseChat = (body: Uint8Array) => InferenceRequest;

const encoder = new TextEncoder();

/**
 * A request that is written here on behalf of a caller's: read as any body is, and under every restriction that the
 * caller's own request has.
 */
export function writtenRequest(parse: ParseChat, caller: InferenceRequest, fields: object): InferenceRequest {
  const { provider, suffixes, metadata, serviceTier, user, hints } = caller;
  return {
    ...parse(encoder.encode(JSON.stringify(fields))),
    provider,
    suffixes,
    metadata,
    hints: { ...hints, wantsMetadata: false },
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(user === undefined ? {} : { user }),
  };
}

/** The messages of a chat's body. */
export function messagesOf({ body }: InferenceRequest): readonly ChatMessage[] {
  return (JSON.parse(new TextDecoder().decode(body)) as { readonly messages: readonly ChatMessage[] }).messages;
}

/** How a caller wants tokens chosen. @see https://openrouter.ai/docs/api-reference/parameters */
const SAMPLING = ["temperature", "top_p", "top_k", "min_p", "seed"] as const;

/** The members of a chat's body that say how its tokens are chosen: whoever works for the caller keeps to them. */
export function samplingOf({ body }: InferenceRequest): Readonly<Record<string, unknown>> {
  const fields = JSON.parse(new TextDecoder().decode(body)) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(SAMPLING.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}

/** A message as clients send it. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
}

/** The conversation as text, for a reader that is to judge it; pictures are named, not shown. */
export function transcriptOf(messages: readonly ChatMessage[]): string {
  return messages.map(({ role, content }) => `${role}: ${textOf(content)}`).join("\n\n");
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return (content as readonly { readonly type?: string; readonly text?: unknown }[])
    .map(({ type, text }) => (typeof text === "string" ? text : `(${type ?? "part"} not shown)`))
    .join("\n");
}
