import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InferenceChunk } from "../../../src/core/inference-event.ts";
import { MessageReader } from "../../../src/providers/anthropic/message-reader.ts";
import { readMessage } from "../../../src/providers/anthropic/read-message.ts";
import { SseSplitter } from "../../../src/providers/wire/split-sse.ts";
import * as said from "../../support/message-behaviours.ts";
import { jsonOf, upstreamFactsOf } from "../../support/upstream-call.ts";

const UPSTREAM = { facts: upstreamFactsOf() };
const CREATED_SECONDS = 1_700_000_000;
const MAX_EVENT_BYTES = 1_000_000;

function streamed(...events: readonly string[]): readonly InferenceChunk[] {
  const reader = new MessageReader(UPSTREAM, CREATED_SECONDS);
  return new SseSplitter(MAX_EVENT_BYTES).push(Buffer.from(events.join(""))).flatMap((event) => reader.read(event));
}

function whole(message: object): Record<string, unknown> {
  const body = { id: "msg_1", model: "claude-large", stop_reason: "end_turn", stop_sequence: null, ...message };
  return jsonOf(readMessage(Buffer.from(JSON.stringify(body)), UPSTREAM, CREATED_SECONDS));
}

const deltasOf = (chunks: readonly InferenceChunk[]): readonly unknown[] =>
  chunks.flatMap((chunk) => (jsonOf(chunk)["choices"] as { delta: object }[]).map(({ delta }) => delta));

describe("a whole message", () => {
  test("has its text, its calls, its thinking and its end in OpenAI's form", () => {
    const answer = whole({
      content: [
        { type: "thinking", thinking: "Rain?", signature: "sig" },
        { type: "text", text: "I look." },
        { type: "tool_use", id: "c1", name: "weather", input: { city: "Graz" } },
      ],
      stop_reason: "tool_use",
      usage: {
        input_tokens: 5,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 3,
        output_tokens: 9,
        output_tokens_details: { thinking_tokens: 4 },
      },
    });
    expect(answer).toEqual({
      id: "msg_1",
      object: "chat.completion",
      created: CREATED_SECONDS,
      model: "claude-large",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: "I look.",
            refusal: null,
            reasoning: "Rain?",
            reasoning_details: [
              { type: "reasoning.text", text: "Rain?", signature: "sig", format: "anthropic-claude-v1", index: 0 },
            ],
            tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Graz"}' } }],
          },
          logprobs: null,
          finish_reason: "tool_calls",
          native_finish_reason: "tool_use",
        },
      ],
      usage: {
        prompt_tokens: 28,
        completion_tokens: 9,
        total_tokens: 37,
        prompt_tokens_details: { cached_tokens: 20 },
        completion_tokens_details: { reasoning_tokens: 4 },
      },
    });
  });

  test.each([
    ["end_turn", "stop"],
    ["max_tokens", "length"],
    ["stop_sequence", "stop"],
    ["tool_use", "tool_calls"],
    ["refusal", "content_filter"],
    ["model_context_window_exceeded", "length"],
    ["pause_turn", "stop"],
    ["something_new", "stop"],
  ])("that ended by %s ends by %s", (reason, expected) => {
    const { choices } = whole({ content: [{ type: "text", text: "a" }], stop_reason: reason });
    expect(choices).toMatchObject([{ finish_reason: expected, native_finish_reason: reason }]);
  });

  test("names the text that ended it", () => {
    const { choices } = whole({ content: [], stop_reason: "stop_sequence", stop_sequence: "END" });
    expect(choices).toMatchObject([{ finish_reason: "stop", stop_reason: "END" }]);
  });

  test("that states no usage has none, not a usage of 0", () => {
    const body = { id: "m", model: "m", content: [{ type: "text", text: "a" }], stop_reason: "end_turn" };
    expect(readMessage(Buffer.from(JSON.stringify(body)), UPSTREAM, CREATED_SECONDS).usage).toBeUndefined();
  });

  test.each(["[]", "{}", "oops", '{"content":"text","stop_reason":"end_turn"}', '{"content":[]}'])(
    "is not read out of %s",
    (json) => {
      expect(() => readMessage(Buffer.from(json), UPSTREAM, CREATED_SECONDS)).toThrow(
        expect.objectContaining({ code: "upstream_invalid_response" }),
      );
    },
  );
});

describe("a streamed message", () => {
  test("has its calls numbered among themselves, and their arguments piece by piece", () => {
    const chunks = streamed(
      said.messageStart(),
      said.blockStart(0, { type: "text", text: "" }),
      said.blockDelta(0, { type: "text_delta", text: "I look." }),
      said.blockStop(0),
      said.blockStart(1, { type: "tool_use", id: "c1", name: "weather", input: {} }),
      said.blockDelta(1, { type: "input_json_delta", partial_json: "" }),
      said.blockDelta(1, { type: "input_json_delta", partial_json: '{"city":' }),
      said.blockDelta(1, { type: "input_json_delta", partial_json: '"Graz"}' }),
      said.blockStop(1),
      said.blockStart(2, { type: "tool_use", id: "c2", name: "now", input: {} }),
      said.blockStop(2),
      said.messageEnd("tool_use"),
    );
    expect(deltasOf(chunks)).toEqual([
      { role: "assistant", content: "" },
      { content: "I look." },
      { tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "weather", arguments: "" } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '"Graz"}' } }] },
      { tool_calls: [{ index: 1, id: "c2", type: "function", function: { name: "now", arguments: "" } }] },
      { tool_calls: [{ index: 1, function: { arguments: "{}" } }] },
      {},
    ]);
    expect(chunks.at(-2)?.finishReason).toBe("tool_calls");
    expect(chunks.at(-1)?.usage).toEqual({ promptTokens: 7, completionTokens: 4, basis: "measured" });
  });

  test("has its thinking with what signs it", () => {
    const chunks = streamed(
      said.messageStart(),
      said.blockStart(0, { type: "thinking", thinking: "", signature: "" }),
      said.blockDelta(0, { type: "thinking_delta", thinking: "Hm." }),
      said.blockDelta(0, { type: "signature_delta", signature: "sig" }),
      said.blockStop(0),
      said.blockStart(1, { type: "redacted_thinking", data: "x1" }),
      said.blockStop(1),
    );
    const format = "anthropic-claude-v1";
    expect(deltasOf(chunks).slice(1)).toEqual([
      { reasoning: "Hm.", reasoning_details: [{ type: "reasoning.text", text: "Hm.", format, index: 0 }] },
      { reasoning_details: [{ type: "reasoning.text", signature: "sig", format, index: 0 }] },
      { reasoning_details: [{ type: "reasoning.encrypted", data: "x1", format, index: 1 }] },
    ]);
  });

  test("counts with the last that was stated of each count", () => {
    const end = { output_tokens: 30, cache_read_input_tokens: 5, input_tokens: null };
    const chunks = streamed(said.messageStart("m", 7), said.messageEnd("end_turn", end));
    expect(chunks.at(-1)?.usage).toMatchObject({ promptTokens: 12, completionTokens: 30, cachedPromptTokens: 5 });
  });

  test("passes over events and pieces that it does not know", () => {
    const chunks = streamed(
      said.messageStart(),
      said.messageEvent("ping"),
      said.messageEvent("something_new", { a: 1 }),
      said.blockStart(0, { type: "server_tool_use", id: "s", name: "web_search" }),
      said.blockDelta(0, { type: "citations_delta", citation: {} }),
      said.blockStop(0),
    );
    expect(deltasOf(chunks)).toEqual([{ role: "assistant", content: "" }]);
  });

  test.each([
    ["overloaded_error", "upstream_failed"],
    ["rate_limit_error", "upstream_rate_limited"],
    ["authentication_error", "upstream_unauthorized"],
    ["permission_error", "upstream_unauthorized"],
    ["invalid_request_error", "upstream_rejected"],
    ["request_too_large", "upstream_rejected"],
    ["timeout_error", "upstream_timeout"],
    ["api_error", "upstream_failed"],
  ])("that ends with %s fails with %s", (type, code) => {
    const error = said.messageEvent("error", { error: { type, message: "no" } });
    expect(() => streamed(said.messageStart(), error)).toThrow(expect.objectContaining({ code }));
  });

  test("says what the whole message would say, however it is cut", () => {
    const pieces = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(pieces, (texts) => {
        const deltas = texts.map((text) => said.blockDelta(0, { type: "text_delta", text }));
        const chunks = streamed(said.messageStart(), said.blockStart(0, { type: "text", text: "" }), ...deltas);
        const text = deltasOf(chunks)
          .map((delta) => (delta as { content: string }).content)
          .join("");
        const { choices } = whole({ content: [{ type: "text", text: texts.join("") }] });
        expect(choices).toMatchObject([{ message: { content: text } }]);
      }),
    );
  });
});
