import type { InferenceKind } from "../../core/inference-request.ts";

/**
 * The routes of the protocol below its base URL. Reranking is no part of OpenAI's API; vLLM, llama-server, Jina, Cohere
 * and OpenRouter have it at the same place.
 * @see https://platform.openai.com/docs/api-reference
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */
export const WIRE_PATHS: Readonly<Record<InferenceKind, string>> = {
  chat: "/chat/completions",
  completion: "/completions",
  embedding: "/embeddings",
  rerank: "/rerank",
  classify: "/classify",
};
