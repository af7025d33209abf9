import { describe, expect, it } from "vitest";
import { parseEmbeddingRequest } from "../../src/gateway/openai/parse-embedding-request.ts";
import { parseRerankRequest } from "../../src/gateway/openai/parse-rerank-request.ts";

const CLASSES = ["public", "internal"];
const bytesOf = (body: object): Buffer => Buffer.from(JSON.stringify(body));
const parseEmbedding = (body: object, headers = {}) => parseEmbeddingRequest(bytesOf(body), headers, CLASSES);
const parseRerank = (body: object) => parseRerankRequest(bytesOf(body), {}, CLASSES);

describe("a request for embeddings", () => {
  it.each([
    ["a text", "abcdef", 1],
    ["texts", ["abc", "d"], 2],
    ["one text in tokens", [1, 2, 3], 1],
    ["texts in tokens", [[1, 2], [3]], 2],
  ])("takes %s", (_name, input, inputCount) => {
    expect(parseEmbedding({ model: "acme/embed", input })).toMatchObject({
      kind: "embedding",
      model: "acme/embed",
      inputCount,
      stream: false,
      maxTokens: 0,
      toolCount: 0,
    });
  });

  it("knows how long its longest input is, which a context must hold, and how much all of them are", () => {
    const { estimatedPromptTokens, longestInputTokens } = parseEmbedding({
      model: "m",
      input: ["a".repeat(30), "abc"],
    });
    expect({ estimatedPromptTokens, longestInputTokens }).toEqual({
      estimatedPromptTokens: 15,
      longestInputTokens: 12,
    });
  });

  it("carries what a request of any kind says to the router", () => {
    const body = {
      model: "m",
      input: "a",
      dimensions: 8,
      provider: { only: ["acme"] },
      user: "u",
      metadata: { a: "b" },
    };
    const request = parseEmbedding(body, { "x-data-class": "public" });
    expect(request).toMatchObject({
      provider: { only: ["acme"] },
      user: "u",
      metadata: { a: "b" },
      parameters: ["dimensions"],
      hints: { dataClass: "public" },
    });
  });

  it.each([
    ["nothing to embed", {}, "input"],
    ["an empty text", { input: "" }, "input"],
    ["an empty list", { input: [] }, "input"],
    ["an empty text among others", { input: ["a", ""] }, "input[1]"],
    ["no tokens", { input: [[1], []] }, "input[1]"],
    ["a token that is none", { input: [[1, -1]] }, "input[0][1]"],
    ["more than 2048 inputs", { input: Array.from({ length: 2_049 }, () => "a") }, "input"],
    ["more than 300 000 tokens", { input: Array.from({ length: 2 }, () => "a".repeat(500_000)) }, "input"],
    ["dimensions that are no number", { input: "a", dimensions: "8" }, "dimensions"],
    ["an unknown encoding", { input: "a", encoding_format: "hex" }, "encoding_format"],
    ["a choice of models", { model: "auto", input: "a" }, "model"],
    ["another model as a fallback", { models: ["n"], input: "a" }, "models"],
  ])("refuses %s and names the field", (_name, body, param) => {
    expect(() => parseEmbedding({ model: "m", ...body })).toThrow(
      expect.objectContaining({ code: "invalid_request", details: expect.objectContaining({ param }) }),
    );
  });
});

describe("a request for an order of documents", () => {
  it("takes texts and objects with text, and reads the query together with each", () => {
    const request = parseRerank({ model: "auto", query: "abc", documents: ["abc", { text: "abcabc" }], top_n: 1 });
    expect(request).toMatchObject({ kind: "rerank", inputCount: 2, maxTokens: 0, parameters: ["top_n"] });
    expect(request.longestInputTokens).toBe(7);
    expect(request.estimatedPromptTokens).toBe(13);
  });

  it.each([
    ["no query", { query: "", documents: ["a"] }, "query"],
    ["no documents", { query: "q", documents: [] }, "documents"],
    ["a document without text", { query: "q", documents: ["a", { title: "b" }] }, "documents[1].text"],
    ["a document that is no text", { query: "q", documents: [7] }, "documents[0]"],
    ["too many documents", { query: "q", documents: Array.from({ length: 2_049 }, () => "a") }, "documents"],
    ["a count of none", { query: "q", documents: ["a"], top_n: 0 }, "top_n"],
  ])("refuses %s and names the field", (_name, body, param) => {
    expect(() => parseRerank({ model: "m", ...body })).toThrow(
      expect.objectContaining({ code: "invalid_request", details: expect.objectContaining({ param }) }),
    );
  });
});
