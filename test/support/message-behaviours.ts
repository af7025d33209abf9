import type { ServerResponse } from "node:http";
import { type ChatScript, DEFAULT_PIECES, startStream, write } from "./upstream-behaviours.ts";
import type { UpstreamBehaviour } from "./upstream-server.ts";

/** Answers `POST /messages` as Anthropic does, streamed when the request asks for it. */
export function message(script: ChatScript = {}): UpstreamBehaviour {
  return async (request, response) => {
    const body = request.json();
    if (body["stream"] === true) await streamMessage(body, response, script);
    else await answerMessage(body, response, script);
  };
}

/** One named event of a stream. */
export function messageEvent(type: string, members: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`;
}

/** How a stream begins. */
export function messageStart(model: unknown = "upstream-model", inputTokens = 7): string {
  const usage = { input_tokens: inputTokens, output_tokens: 1, cache_read_input_tokens: null };
  const head = { id: "msg_upstream", type: "message", role: "assistant", model, content: [], stop_reason: null, usage };
  return messageEvent("message_start", { message: head });
}

/** The start of a block, and what it begins with. */
export function blockStart(index: number, block: object): string {
  return messageEvent("content_block_start", { index, content_block: block });
}

/** A piece of a block. */
export function blockDelta(index: number, delta: object): string {
  return messageEvent("content_block_delta", { index, delta });
}

/** The end of a block. */
export function blockStop(index: number): string {
  return messageEvent("content_block_stop", { index });
}

/** How a stream ends. */
export function messageEnd(
  reason: string,
  usage: object = { output_tokens: 4 },
  matched: string | null = null,
): string {
  return (
    messageEvent("message_delta", { delta: { stop_reason: reason, stop_sequence: matched }, usage }) +
    messageEvent("message_stop")
  );
}

async function streamMessage(
  body: Record<string, unknown>,
  response: ServerResponse,
  script: ChatScript,
): Promise<void> {
  const { pieces = script.toolCalls === undefined ? DEFAULT_PIECES : [], toolCalls = [] } = script;
  startStream(response);
  await write(response, messageStart(body["model"]) + messageEvent("ping"));
  if (pieces.length > 0) await write(response, blockStart(0, { type: "text", text: "" }));
  for (const [index, text] of pieces.entries()) {
    if (index > 0) await script.beforePiece?.(index);
    await write(response, blockDelta(0, { type: "text_delta", text }));
  }
  if (pieces.length > 0) await write(response, blockStop(0));
  for (const [index, { id, name, arguments: written }] of toolCalls.entries()) {
    const at = index + 1;
    await write(response, blockStart(at, { type: "tool_use", id, name, input: {} }));
    await write(response, blockDelta(at, { type: "input_json_delta", partial_json: written }));
    await write(response, blockStop(at));
  }
  response.end(messageEnd(reasonOf(script), { output_tokens: Math.max(1, pieces.length) }));
}

async function answerMessage(
  body: Record<string, unknown>,
  response: ServerResponse,
  script: ChatScript,
): Promise<void> {
  const { pieces = script.toolCalls === undefined ? DEFAULT_PIECES : [], toolCalls = [] } = script;
  await script.beforePiece?.(0);
  const calls = toolCalls.map(({ id, name, arguments: written }) => {
    return { type: "tool_use", id, name, input: JSON.parse(written) as unknown };
  });
  const answer = {
    id: "msg_upstream",
    type: "message",
    role: "assistant",
    model: body["model"],
    content: [...(pieces.length === 0 ? [] : [{ type: "text", text: pieces.join("") }]), ...calls],
    stop_reason: reasonOf(script),
    stop_sequence: null,
    usage: { input_tokens: 7, output_tokens: Math.max(1, pieces.length) },
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

function reasonOf(script: ChatScript): string {
  return script.finishReason ?? (script.toolCalls === undefined ? "end_turn" : "tool_use");
}
