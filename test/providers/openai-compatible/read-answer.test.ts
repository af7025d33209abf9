import { describe, expect, it } from "vitest";
import type { InferenceKind } from "../../../src/core/inference-request.ts";
import { readAnswer } from "../../../src/providers/openai-compatible/read-answer.ts";
import { chatRequestOf, jsonOf, upstreamFactsOf } from "../../support/upstream-call.ts";

const upstream = { facts: upstreamFactsOf() };

function read(kind: InferenceKind, body: Record<string, unknown>, answer: unknown, inputCount = 1) {
  const request = { ...chatRequestOf({ model: "m", ...body }), kind, inputCount };
  return readAnswer(Buffer.from(JSON.stringify(answer)), upstream, request);
}

const VECTOR = [0.5, -0.25];
const VECTOR_BASE64 = Buffer.from(new Float32Array(VECTOR).buffer).toString("base64");
const usage = { prompt_tokens: 7, total_tokens: 7 };

describe("an answer with embeddings", () => {
  const answered = (...vectors: unknown[]) => ({
    object: "list",
    data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })),
    usage,
  });

  it("is passed on as it came where its encoding is the one asked for", () => {
    const event = read("embedding", { input: "a" }, answered(VECTOR));
    expect(jsonOf(event)).toEqual(answered(VECTOR));
    expect(event.usage).toEqual({ basis: "measured", promptTokens: 7 });
  });

  it.each([
    ["base64", VECTOR, VECTOR_BASE64],
    ["base64", VECTOR_BASE64, VECTOR_BASE64],
    ["float", VECTOR_BASE64, VECTOR],
    [undefined, VECTOR_BASE64, VECTOR],
  ])("comes in the encoding asked for (%s)", (encoding_format, sent, received) => {
    const event = read("embedding", { input: "a", encoding_format }, answered(sent));
    expect(jsonOf(event)["data"]).toEqual([{ object: "embedding", index: 0, embedding: received }]);
  });

  it.each([
    ["vectors of another length than the one asked for", answered([...VECTOR, 1]), 1, VECTOR.length],
    ["such a vector in base64", answered(VECTOR_BASE64), 1, VECTOR.length + 1],
    ["fewer vectors than inputs", answered(VECTOR), 2],
    ["a vector that is none", answered("", VECTOR), 2],
    ["a vector of something else", answered(["0.5"]), 1],
    ["no list", { object: "list" }, 1],
  ])("is refused with %s", (_name, answer, inputCount, dimensions?: number) => {
    const asked = { input: "a", ...(dimensions === undefined ? {} : { dimensions }) };
    expect(() => read("embedding", asked, answer, inputCount)).toThrow(
      expect.objectContaining({ code: "upstream_invalid_response" }),
    );
  });
});

describe("a text that begins with its prompt", () => {
  const usage = { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 };
  const answer = { choices: [{ index: 0, text: "Hello there", finish_reason: "length" }], usage };

  it("may have taken no token, and another text not", () => {
    const echoed = read("completion", { prompt: "Hello there", echo: true, max_tokens: 0 }, answer);
    expect(echoed.usage).toEqual({ basis: "measured", promptTokens: 5, completionTokens: 0 });
    const written = read("completion", { prompt: "Hello" }, answer);
    expect(written.usage).toEqual({ basis: "measured", promptTokens: 5 });
  });
});

describe("an answer with ranked documents", () => {
  const documents = ["first", { text: "second", id: 2 }, "third"];
  const results = [
    { index: 0, relevance_score: 0.1 },
    { index: 1, relevance_score: 0.9 },
    { index: 2, relevance_score: 0.5 },
  ];

  it("has the best document first, with its text, whatever the server's order is", () => {
    const event = read("rerank", { query: "q", documents }, { model: "x", results, usage: { total_tokens: 30 } }, 3);
    expect(jsonOf(event)["results"]).toEqual([
      { index: 1, relevance_score: 0.9, document: { text: "second", id: 2 } },
      { index: 2, relevance_score: 0.5, document: { text: "third" } },
      { index: 0, relevance_score: 0.1, document: { text: "first" } },
    ]);
    expect(event.usage).toEqual({ basis: "measured", promptTokens: 30 });
  });

  it("has at most `top_n` documents, and no texts where none are wanted", () => {
    const asked = { query: "q", documents, top_n: 1, return_documents: false };
    expect(jsonOf(read("rerank", asked, { results }, 3))["results"]).toEqual([{ index: 1, relevance_score: 0.9 }]);
  });

  it("is read in the other names that servers have for it, and with Cohere's count of tokens", () => {
    const answer = { data: [{ index: 0, score: 0.3 }], meta: { tokens: { input_tokens: 12 } } };
    const event = read("rerank", { query: "q", documents, return_documents: false }, answer, 3);
    expect(jsonOf(event)["results"]).toEqual([{ index: 0, relevance_score: 0.3 }]);
    expect(event.usage?.promptTokens).toBe(12);
  });

  it.each([
    ["no result", { results: [] }],
    ["a document that was not sent", { results: [{ index: 3, relevance_score: 1 }] }],
    ["a score that is no number", { results: [{ index: 0, relevance_score: "high" }] }],
  ])("is refused with %s", (_name, answer) => {
    expect(() => read("rerank", { query: "q", documents }, answer, 3)).toThrow(
      expect.objectContaining({ code: "upstream_invalid_response" }),
    );
  });
});

describe("the completion of a text", () => {
  it("is read with its end and its usage", () => {
    const choices = [{ index: 0, text: "and so on", finish_reason: "length" }];
    const event = read("completion", { prompt: "a" }, { choices, usage: { prompt_tokens: 1, completion_tokens: 3 } });
    expect(event).toMatchObject({
      finishReason: "length",
      usage: { basis: "measured", promptTokens: 1, completionTokens: 3 },
    });
  });
});
