import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkReader } from "../../../src/providers/openai-compatible/chunk-reader.ts";
import { TextChunkTemplate } from "../../../src/providers/openai-compatible/text-chunk-template.ts";
import { chunk } from "../../support/upstream-behaviours.ts";
import { upstreamFactsOf } from "../../support/upstream-call.ts";

const reader = (): ChunkReader => new ChunkReader({ facts: upstreamFactsOf() });
const eventOf = (value: unknown) => ({ data: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) });

describe("reading chunks", () => {
  it.each([
    [{ role: "assistant" }, false],
    [{ role: "assistant", content: "" }, false],
    [{}, false],
    [{ content: null }, false],
    [{ content: "x" }, true],
    [{ content: [{ type: "text", text: "x" }] }, true],
    [{ refusal: "no" }, true],
    [{ reasoning_content: "hm" }, true],
    [{ reasoning: "hm" }, true],
    [{ tool_calls: [] }, false],
    [{ tool_calls: [{ index: 0 }] }, true],
    [{ function_call: { name: "f" } }, true],
  ])("finds that the delta %j has content: %s", (delta, hasContent) => {
    expect(reader().read(eventOf(chunk(delta))).hasContent).toBe(hasContent);
  });

  it("passes the bytes on unchanged", () => {
    const text = `{ "choices":[{"delta":{"content":"x"},"finish_reason":null}], "n": 1.00, "id":"\\u0061" }`;
    expect(Buffer.from(reader().read(eventOf(text)).json).toString()).toBe(text);
  });

  it("reads a chunk the same way whether or not it looks like the one before", () => {
    const delta = fc.oneof(
      fc.string({ unit: "grapheme" }).map((content) => ({ content })),
      fc
        .string({ unit: fc.constantFrom('"', "\\", "a", "\n", '"content":"', "}", "\u0000") })
        .map((content) => ({ content })),
      fc.constant({ content: null, tool_calls: [{ index: 0 }] }),
    );
    const finish = fc.constantFrom(null, null, null, "stop");
    const usage = fc.constantFrom(undefined, undefined, null, { prompt_tokens: 3, completion_tokens: 2 });
    const chunks = fc.array(fc.tuple(delta, finish, usage), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(chunks, (list) => {
        const one = reader();
        for (const [content, reason, stated] of list) {
          const event = eventOf(chunk(content, reason, stated === undefined ? {} : { usage: stated }));
          const { hasContent, finishReason, usage: read } = one.read(event);
          const alone = reader().read(event);
          expect({ hasContent, finishReason }).toEqual({
            hasContent: alone.hasContent,
            finishReason: alone.finishReason,
          });
          expect(read).toEqual(alone.usage);
        }
      }),
    );
  });

  it.each([
    ["no JSON", "{oops}", "upstream_invalid_response"],
    ["a list", "[]", "upstream_invalid_response"],
    ["no choices", "{}", "upstream_invalid_response"],
    ["choices that are none", '{"choices":[1]}', "upstream_invalid_response"],
    ["an error in words", '{"error":"bad"}', "upstream_failed"],
    ["an error with a status", '{"error":{"code":429,"message":"slow"}}', "upstream_rate_limited"],
    ["an error with a kind", '{"error":{"type":"invalid_request_error","message":"x"}}', "upstream_rejected"],
    ["a finish reason of error", JSON.stringify(chunk({}, "error")), "upstream_failed"],
  ])("throws for %s", (_what, text, code) => {
    expect(() => reader().read(eventOf(text))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it("takes an event named error for an error, whatever its data are", () => {
    const event = { name: "error", data: Buffer.from('{"message":"gone"}') };
    expect(() => reader().read(event)).toThrow("gone");
  });
});

describe("the template of a text chunk", () => {
  const learn = (text: string): TextChunkTemplate | undefined =>
    TextChunkTemplate.learn(eventOf(chunk({ content: text })).data, text);

  it("matches the same chunk with another text, and nothing else", () => {
    const template = learn("Hello");
    expect(template?.matches(eventOf(chunk({ content: " wörld" })).data)).toBe(true);
    expect(template?.matches(eventOf(chunk({ content: "" })).data)).toBe(false);
    expect(template?.matches(eventOf(chunk({ content: 'a"b' })).data)).toBe(false);
    expect(template?.matches(eventOf(chunk({ content: "x" }, "stop")).data)).toBe(false);
    expect(template?.matches(eventOf(chunk({ content: "x" }, null, { usage: {} })).data)).toBe(false);
    expect(template?.matches(Buffer.from("{}"))).toBe(false);
  });

  it("is not learned from a text that needs escapes", () => {
    expect(learn('a"b')).toBeUndefined();
    expect(learn("a\nb")).toBeUndefined();
  });
});
