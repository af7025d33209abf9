import type { ModelId } from "../core/ids.ts";
import type { InferenceRequest } from "../core/inference-request.ts";

/** Members of the body that say how the joint answer is sent, or which models are asked. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set(["model", "models", "stream", "stream_options", "preset"]);

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The same request to one model, which answers whole. Every restriction of the caller's holds for it. */
export function partRequest(request: InferenceRequest, model: ModelId): InferenceRequest {
  const body = JSON.parse(decoder.decode(request.body)) as Record<string, unknown>;
  const kept = Object.entries(body).filter(([name]) => !OF_THE_WHOLE.has(name));
  return {
    ...request,
    model,
    fallbackModels: [],
    stream: false,
    includeUsage: false,
    body: encoder.encode(JSON.stringify({ ...Object.fromEntries(kept), model })),
  };
}
