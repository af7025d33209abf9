import { SignalboxError } from "../core/errors.ts";
import type { ModelId } from "../core/ids.ts";
import type { InferenceRequest } from "../core/inference-request.ts";

/** Members of the body that say how the panel's own answer is sent, or which models are asked. */
const PANEL_MEMBERS: ReadonlySet<string> = new Set(["models", "stream", "stream_options"]);

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Throws `invalid_request` for what a vote cannot decide on: anything but one answer in text to a chat. */
export function checkPanelRequest(request: InferenceRequest): void {
  if (request.kind !== "chat") throw invalid("model", "A panel answers chats alone.");
  if (request.choiceCount !== 1) throw invalid("n", "A panel gives one answer; leave `n` out.");
  if (request.toolCount > 0) throw invalid("tools", "A panel compares answers in text; leave `tools` out.");
}

/** The same request to one member, which answers whole: there is nothing to compare before. */
export function childRequest(request: InferenceRequest, model: ModelId): InferenceRequest {
  const body = JSON.parse(decoder.decode(request.body)) as Record<string, unknown>;
  const kept = Object.entries(body).filter(([name]) => !PANEL_MEMBERS.has(name));
  return {
    ...request,
    model,
    fallbackModels: [],
    stream: false,
    includeUsage: false,
    body: encoder.encode(JSON.stringify({ ...Object.fromEntries(kept), model })),
  };
}

function invalid(param: string, message: string): SignalboxError {
  return new SignalboxError("invalid_request", message, { param });
}
