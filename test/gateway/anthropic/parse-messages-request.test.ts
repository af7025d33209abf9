import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import { parseMessagesRequest } from "../../../src/gateway/anthropic/parse-messages-request.ts";

const HELLO = { model: "maker/model", max_tokens: 100, messages: [{ role: "user", content: "Hello" }] };

function read(body: object): InferenceRequest {
  return parseMessagesRequest(Buffer.from(JSON.stringify(body)), {}, ["public", "internal"]);
}

function sent(body: object): Record<string, unknown> {
  return JSON.parse(Buffer.from(read(body).body).toString()) as Record<string, unknown>;
}

function problem(body: object): { readonly code: string; readonly param: string | undefined } {
  try {
    read(body);
  } catch (error) {
    if (error instanceof SignalboxError) return { code: error.code, param: error.details.param };
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("a message in Anthropic's form", () => {
  it("becomes a chat that every endpoint understands", () => {
    expect(sent({ ...HELLO, system: "Be brief.", temperature: 0, top_k: 5, stop_sequences: ["END"] })).toEqual({
      model: "maker/model",
      max_tokens: 100,
      temperature: 0,
      top_k: 5,
      stop: ["END"],
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
    });
  });

  it("tells the router what it needs to know, as a chat in OpenAI's form does", () => {
    const request = read({
      ...HELLO,
      stream: true,
      metadata: { user_id: "u-1", project: "blue" },
      session_id: "s-1",
      provider: { only: ["box"] },
      tools: [{ name: "look", input_schema: { type: "object" } }],
    });
    expect(request).toMatchObject({
      kind: "chat",
      stream: true,
      includeUsage: true,
      maxTokens: 100,
      user: "u-1",
      metadata: { project: "blue" },
      sessionId: "s-1",
      provider: { only: ["box"] },
      toolCount: 1,
      toolChoice: "auto",
      lastUserText: "Hello",
    });
  });

  it("keeps texts, pictures and documents in their order", () => {
    const content = [
      { type: "text", text: "What is this?", cache_control: { type: "ephemeral" } },
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
      { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
      { type: "document", title: "Notes", source: { type: "text", media_type: "text/plain", data: "One" } },
    ];
    expect(sent({ ...HELLO, messages: [{ role: "user", content }] })["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
          { type: "image_url", image_url: { url: "https://example.com/a.png" } },
          { type: "text", text: "Notes" },
          { type: "text", text: "One" },
        ],
      },
    ]);
    expect(read({ ...HELLO, messages: [{ role: "user", content }] }).imageCount).toBe(2);
  });

  it("turns calls and their results into messages of their own, results first", () => {
    const messages = [
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "They want the weather.", signature: "x" },
          { type: "text", text: "I will look." },
          { type: "tool_use", id: "t1", name: "weather", input: { city: "Bern" } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "4 degrees" }] },
          { type: "tool_result", tool_use_id: "t2", is_error: true, content: "no such city" },
          { type: "text", text: "And now?" },
        ],
      },
    ];
    expect(sent({ ...HELLO, messages })["messages"]).toEqual([
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: "I will look.",
        tool_calls: [{ id: "t1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } }],
      },
      { role: "tool", tool_call_id: "t1", content: "4 degrees" },
      { role: "tool", tool_call_id: "t2", content: "Error: no such city" },
      { role: "user", content: "And now?" },
    ]);
  });

  it("shows a picture in a tool's result behind it, where chats have room for one", () => {
    const content = [
      {
        type: "tool_result",
        tool_use_id: "t1",
        content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }],
      },
    ];
    expect(sent({ ...HELLO, messages: [{ role: "user", content }] })["messages"]).toEqual([
      { role: "tool", tool_call_id: "t1", content: "" },
      { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] },
    ]);
  });

  it.each([
    [{ type: "auto" }, { tool_choice: "auto" }],
    [{ type: "none" }, { tool_choice: "none" }],
    [
      { type: "any", disable_parallel_tool_use: true },
      { tool_choice: "required", parallel_tool_calls: false },
    ],
    [{ type: "tool", name: "look" }, { tool_choice: { type: "function", function: { name: "look" } } }],
  ])("chooses tools with %j", (choice, expected) => {
    const tools = [{ name: "look", description: "Looks.", input_schema: { type: "object" } }];
    expect(sent({ ...HELLO, tools, tool_choice: choice })).toMatchObject({
      tools: [{ type: "function", function: { name: "look", description: "Looks.", parameters: { type: "object" } } }],
      ...expected,
    });
  });

  it.each([
    [{ thinking: { type: "enabled", budget_tokens: 2_000 } }, { max_tokens: 2_000 }],
    [{ thinking: { type: "disabled" } }, { enabled: false }],
    [{ thinking: { type: "adaptive" }, output_config: { effort: "low" } }, { effort: "low" }],
    [{ output_config: { effort: "max" } }, { effort: "max" }],
    [{ thinking: { type: "adaptive", display: "omitted" } }, { exclude: true }],
    [{ thinking: { type: "adaptive" } }, undefined],
  ])("wishes for reasoning with %j", (wish, reasoning) => {
    expect(sent({ ...HELLO, ...wish })["reasoning"]).toEqual(reasoning);
  });

  it("asks for JSON by a schema", () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    expect(read({ ...HELLO, output_config: { format: { type: "json_schema", schema } } }).responseFormat).toEqual({
      kind: "json-schema",
      schema,
    });
  });

  it("goes on with a last message of the assistant", () => {
    const messages = [...HELLO.messages, { role: "assistant", content: "{" }];
    expect(sent({ ...HELLO, messages })).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
  });

  it.each<[object, string, string]>([
    [{ max_tokens: undefined }, "invalid_request", "max_tokens"],
    [{ messages: [] }, "invalid_request", "messages"],
    [{ messages: [{ role: "robot", content: "x" }] }, "invalid_request", "messages[0].role"],
    [{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "invalid_request", "messages[0].content[0].text"],
    [{ messages: [{ role: "user", content: [7] }] }, "invalid_request", "messages[0].content[0]"],
    [
      { messages: [{ role: "user", content: [{ type: "container_upload", file_id: "f" }] }] },
      "unsupported_parameter",
      "messages[0].content[0]",
    ],
    [
      { messages: [{ role: "user", content: [{ type: "document", source: { type: "base64", data: "" } }] }] },
      "unsupported_parameter",
      "messages[0].content[0].source.type",
    ],
    [{ system: [{ type: "image" }] }, "unsupported_parameter", "system[0]"],
    [{ tools: [{ type: "web_search_20250305", name: "web_search" }] }, "unsupported_parameter", "tools[0].type"],
    [{ tools: [{ name: "look" }] }, "invalid_request", "tools[0].input_schema"],
    [{ tool_choice: { type: "some" } }, "invalid_request", "tool_choice.type"],
    [{ stop_sequences: [""] }, "invalid_request", "stop_sequences[0]"],
    [{ thinking: { type: "enabled" } }, "invalid_request", "thinking.budget_tokens"],
    [{ thinking: {} }, "invalid_request", "thinking.type"],
    [{ output_config: { format: { type: "xml" } } }, "invalid_request", "output_config.format.type"],
    [{ n: 2 }, "unsupported_parameter", "n"],
    [{ mcp_servers: [{ url: "https://example.com" }] }, "unsupported_parameter", "mcp_servers"],
    [{ metadata: { user_id: 7 } }, "invalid_request", "user"],
  ])("is refused with the place in Anthropic's own notation: %j", (change, code, param) => {
    expect(problem({ ...HELLO, ...change })).toEqual({ code, param });
  });

  it("is read or refused whatever it holds, never anything else", () => {
    const block = fc.record({
      type: fc.constantFrom(
        "text",
        "image",
        "document",
        "tool_use",
        "tool_result",
        "search_result",
        "thinking",
        "other",
      ),
      text: fc.jsonValue(),
      source: fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom("base64", "url", "text", "content") })),
      content: fc.jsonValue(),
      input: fc.jsonValue(),
    });
    const content = fc.oneof(fc.jsonValue(), fc.array(block, { maxLength: 3 }));
    const message = fc.record({ role: fc.constantFrom("user", "assistant", "system"), content });
    const names = [
      "system",
      "tools",
      "tool_choice",
      "thinking",
      "output_config",
      "stop_sequences",
      "metadata",
      "messages",
    ];
    const fields = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(message, { maxLength: 3 }), fields, (messages, more) => {
        try {
          expect(read({ ...HELLO, messages, ...more }).kind).toBe("chat");
        } catch (error) {
          expect(error).toBeInstanceOf(SignalboxError);
        }
      }),
    );
  });
});
