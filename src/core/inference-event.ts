import type { Usage } from "./usage.ts";

/**
 * What an endpoint sends back. The canonical form is OpenAI's wire JSON, kept as bytes: a same-protocol answer is
 * passed on as it came, and other protocols are translated into it by their adapter.
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export type InferenceEvent = InferenceChunk | InferenceAnswer;

/** One `chat.completion.chunk`, or `text_completion`, of a stream, without its `data: ` frame. */
export interface InferenceChunk {
  readonly kind: "chunk";
  readonly json: Uint8Array;
  /** Whether it carries content, a tool call or a refusal: after the first such chunk no other endpoint is tried. */
  readonly hasContent: boolean;
  readonly finishReason?: string;
  readonly usage?: Usage;
}

/** The whole answer (`chat.completion`, a list of embeddings …) of a request that did not ask for a stream. */
export interface InferenceAnswer {
  readonly kind: "answer";
  readonly json: Uint8Array;
  readonly finishReason?: string;
  readonly usage?: Usage;
}
