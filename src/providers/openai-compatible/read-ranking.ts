import type { InferenceAnswer } from "../../core/inference-event.ts";
import type { InferenceRequest } from "../../core/inference-request.ts";
import { isObject, type JsonObject } from "../wire/json-object.ts";
import { readInputUsage, usageMember } from "./read-usage.ts";
import { readMember } from "./splice-body.ts";
import { invalidResponse, type Upstream } from "../wire/upstream-failure.ts";

interface RankedDocument {
  readonly index: number;
  readonly score: number;
  readonly document: unknown;
}

/**
 * The documents in their order, in the shape that all of Jina's, Cohere's and OpenRouter's clients read:
 * `results[{index, relevance_score, document: {text}}]`, the best first, at most `top_n`. Servers differ in the score's
 * name, in whether they sort, and in whether they repeat documents; these come from the request, unless it says
 * `return_documents: false`.
 */
export function readRanking(body: JsonObject, upstream: Upstream, request: InferenceRequest): InferenceAnswer {
  const { results = body["data"], data: _, ...rest } = body;
  if (!Array.isArray(results) || results.length === 0) throw invalidResponse(upstream, "answered without any result");
  const documents = readMember(request.body, "documents") as readonly unknown[];
  const topN = readMember(request.body, "top_n");
  const repeats = readMember(request.body, "return_documents") !== false;
  const ranked = results
    .map((result: unknown) => readResult(result, documents, upstream))
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, typeof topN === "number" ? topN : undefined);
  const answer = {
    ...rest,
    results: ranked.map(({ index, score, document }) => ({
      index,
      relevance_score: score,
      ...(repeats ? { document: isObject(document) ? document : { text: document } } : {}),
    })),
  };
  return { kind: "answer", json: Buffer.from(JSON.stringify(answer)), ...usageMember(readInputUsage(body)) };
}

function readResult(result: unknown, documents: readonly unknown[], upstream: Upstream): RankedDocument {
  if (isObject(result)) {
    const index = result["index"];
    const score = result["relevance_score"] ?? result["score"];
    if (typeof index === "number" && typeof score === "number" && documents[index] !== undefined)
      return { index, score, document: documents[index] };
  }
  throw invalidResponse(upstream, "answered with a result that names no document or has no score");
}
