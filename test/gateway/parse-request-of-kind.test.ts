import { describe, expect, it } from "vitest";
import { INFERENCE_KINDS } from "../../src/core/inference-request.ts";
import { PARSERS, parseRequestOfKind } from "../../src/gateway/openai/parse-request-of-kind.ts";

const BODIES = {
  chat: { messages: [{ role: "user", content: "Hello?" }] },
  completion: { prompt: "Once upon a" },
  embedding: { input: "a text" },
  rerank: { query: "which?", documents: ["this", "that"] },
  classify: { input: "a text", labels: ["good", "bad"] },
};

const bytesOf = (body: object): Uint8Array => Buffer.from(JSON.stringify({ model: "team/m", ...body }));

describe("a body without a path", () => {
  it.each(INFERENCE_KINDS)("is read as %s where its fields are those of one", (kind) => {
    const read = parseRequestOfKind(undefined, bytesOf(BODIES[kind]), {}, []);
    expect(read).toEqual(PARSERS[kind](read.body, {}, []));
    expect(read.kind).toBe(kind);
  });

  it("is read as what the caller says that it is, and refused where it is not", () => {
    expect(parseRequestOfKind("chat", bytesOf({ ...BODIES.chat, input: "x", labels: [] }), {}, []).kind).toBe("chat");
    expect(() => parseRequestOfKind("rerank", bytesOf(BODIES.chat), {}, [])).toThrowError(/query/);
  });

  it("is read as a chat where nothing tells, so that the error names what is missing", () => {
    expect(() => parseRequestOfKind(undefined, bytesOf({}), {}, [])).toThrowError(/messages/);
  });
});
