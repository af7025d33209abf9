import type { ReaderKind } from "./load-reader.ts";
import { parseEmbeddingRequest, parseRerankRequest } from "./parse-reading-request.ts";
import type { ReadingResult, ReadingRunner } from "./run-reading.ts";
import { sendJson, type WorkerExchange, type WorkerRoute } from "./worker-server.ts";

/** A model that reads, as its routes see it. */
export interface ServedReader {
  readonly modelId: string;
  readonly runner: ReadingRunner;
}

/** What can be asked of a model that reads. */
export function readingRoutes(served: ServedReader): ReadonlyMap<string, WorkerRoute> {
  const routes: Readonly<Record<ReaderKind, [string, WorkerRoute]>> = {
    embedding: ["/v1/embeddings", (exchange) => embed(served, exchange)],
    rerank: ["/v1/rerank", (exchange) => rank(served, exchange)],
  };
  return new Map([routes[served.runner.reader.kind]]);
}

/** @see https://platform.openai.com/docs/api-reference/embeddings/create */
async function embed({ modelId, runner }: ServedReader, { json, response, signal }: WorkerExchange): Promise<void> {
  const request = parseEmbeddingRequest(json);
  const result = await runner.embed(request, signal);
  const data = result.values.map((vector, index) => ({
    object: "embedding",
    index,
    embedding: request.encoding === "float" ? vector : toBase64(vector),
  }));
  sendJson(response, 200, JSON.stringify({ object: "list", data, model: modelId, usage: usageJson(result) }));
}

/** @see https://jina.ai/reranker */
async function rank({ modelId, runner }: ServedReader, { json, response, signal }: WorkerExchange): Promise<void> {
  const result = await runner.rank(parseRerankRequest(json), signal);
  const results = result.values
    .map((score, index) => ({ index, relevance_score: score }))
    .toSorted((a, b) => b.relevance_score - a.relevance_score || a.index - b.index);
  sendJson(response, 200, JSON.stringify({ object: "list", model: modelId, results, usage: usageJson(result) }));
}

function usageJson({ promptTokens }: ReadingResult<unknown>): Readonly<Record<string, number>> {
  return { prompt_tokens: promptTokens, total_tokens: promptTokens };
}

/** Little-endian 32-bit floats, as OpenAI sends them. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  return bytes.toString("base64");
}
