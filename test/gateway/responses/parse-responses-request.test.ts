import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import { parseResponsesRequest } from "../../../src/gateway/responses/parse-responses-request.ts";

const HELLO = { model: "maker/model", input: "Hello" };

function read(body: Readonly<Record<string, unknown>>): InferenceRequest {
  return parseResponsesRequest(body, {}, ["public", "internal"]);
}

function sent(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(Buffer.from(read(body).body).toString()) as Record<string, unknown>;
}

function problem(body: Readonly<Record<string, unknown>>): { readonly code: string; readonly param: unknown } {
  try {
    read(body);
  } catch (error) {
    if (error instanceof SignalboxError) return { code: error.code, param: error.details.param };
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("a request of the Responses API", () => {
  it("becomes a chat that every endpoint understands", () => {
    const request = {
      ...HELLO,
      instructions: "Be brief.",
      max_output_tokens: 50,
      temperature: 0,
      reasoning: { effort: "low", summary: "auto" },
      text: { format: { type: "json_schema", name: "a", schema: { type: "object" }, strict: true }, verbosity: "low" },
      include: ["message.output_text.logprobs", "reasoning.encrypted_content"],
      store: false,
      truncation: "disabled",
    };
    expect(sent(request)).toEqual({
      model: "maker/model",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
      max_tokens: 50,
      temperature: 0,
      reasoning_effort: "low",
      verbosity: "low",
      response_format: { type: "json_schema", json_schema: { name: "a", schema: { type: "object" }, strict: true } },
      logprobs: true,
    });
  });

  it("tells the router what it needs to know", () => {
    const tools = [{ type: "function", name: "look", parameters: { type: "object" }, strict: true }];
    const more = { stream: true, tools, tool_choice: "required", prompt_cache_key: "s-1", provider: { only: ["box"] } };
    expect(read({ ...HELLO, ...more, max_output_tokens: 9 })).toMatchObject({
      kind: "chat",
      stream: true,
      includeUsage: true,
      maxTokens: 9,
      toolCount: 1,
      toolChoice: "required",
      sessionId: "s-1",
      provider: { only: ["box"] },
      lastUserText: "Hello",
    });
  });

  it("puts an assistant's text and its calls into one message, and each output into one of its own", () => {
    const input = [
      { role: "developer", content: "Be brief." },
      { type: "message", role: "user", content: [{ type: "input_text", text: "Weather?" }] },
      { type: "reasoning", id: "rs_1", summary: [] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "I look.", annotations: [] }] },
      { type: "function_call", call_id: "c1", name: "weather", arguments: '{"city":"Bern"}' },
      { type: "function_call", call_id: "c2", name: "weather", arguments: '{"city":"Basel"}' },
      { type: "function_call_output", call_id: "c1", output: "4 degrees" },
      { type: "function_call_output", call_id: "c2", output: [{ type: "input_text", text: "5 degrees" }] },
      { type: "function_call", call_id: "c3", name: "clock", arguments: "{}" },
    ];
    const call = (id: string, name: string, text: string): object => ({
      id,
      type: "function",
      function: { name, arguments: text },
    });
    expect(sent({ ...HELLO, input })["messages"]).toEqual([
      { role: "developer", content: "Be brief." },
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: "I look.",
        tool_calls: [call("c1", "weather", '{"city":"Bern"}'), call("c2", "weather", '{"city":"Basel"}')],
      },
      { role: "tool", tool_call_id: "c1", content: "4 degrees" },
      { role: "tool", tool_call_id: "c2", content: "5 degrees" },
      { role: "assistant", content: null, tool_calls: [call("c3", "clock", "{}")] },
    ]);
  });

  it("shows pictures", () => {
    const content = [
      { type: "input_text", text: "What?" },
      { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "low" },
    ];
    const request = { ...HELLO, input: [{ role: "user", content }] };
    expect(sent(request)["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "What?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } },
        ],
      },
    ]);
    expect(read(request).imageCount).toBe(1);
  });

  it("takes the names of functions one level deeper", () => {
    const tools = [
      { type: "function", name: "look", description: "Looks.", parameters: { type: "object" }, strict: null },
    ];
    expect(sent({ ...HELLO, tools, tool_choice: { type: "function", name: "look" } })).toMatchObject({
      tools: [{ type: "function", function: { name: "look", description: "Looks.", parameters: { type: "object" } } }],
      tool_choice: { type: "function", function: { name: "look" } },
    });
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ input: undefined }, "invalid_request", "input"],
    [{ input: [] }, "invalid_request", "input"],
    [{ input: [7] }, "invalid_request", "input[0]"],
    [{ input: [{ role: "robot", content: "x" }] }, "invalid_request", "input[0].role"],
    [{ input: [{ role: "user", content: [{ type: "input_text" }] }] }, "invalid_request", "input[0].content[0].text"],
    [
      { input: [{ role: "user", content: [{ type: "input_file", file_id: "f" }] }] },
      "unsupported_parameter",
      "input[0].content[0]",
    ],
    [{ input: [{ type: "function_call", name: "a", arguments: "" }] }, "invalid_request", "input[0].call_id"],
    [{ input: [{ type: "item_reference", id: "msg_1" }] }, "unsupported_parameter", "input[0]"],
    [{ input: [{ type: "web_search_call", id: "ws_1" }] }, "unsupported_parameter", "input[0]"],
    [{ n: 2 }, "unsupported_parameter", "n"],
    [{ store: true }, "unsupported_parameter", "store"],
    [{ previous_response_id: "resp_1" }, "unsupported_parameter", "previous_response_id"],
    [{ background: true }, "unsupported_parameter", "background"],
    [{ conversation: "conv_1" }, "unsupported_parameter", "conversation"],
    [{ tools: [{ type: "web_search" }] }, "unsupported_parameter", "tools[0].type"],
    [{ tool_choice: { type: "allowed_tools" } }, "unsupported_parameter", "tool_choice"],
    [{ max_output_tokens: 0 }, "invalid_request", "max_output_tokens"],
    [{ text: { format: { type: "xml" } } }, "invalid_request", "text.format.type"],
    [{ text: { format: { type: "json_schema", name: "a" } } }, "invalid_request", "text.format.schema"],
    [{ instructions: 7 }, "invalid_request", "instructions"],
  ])("is refused with the place in its own notation: %j", (change, code, param) => {
    expect(problem({ ...HELLO, ...change })).toEqual({ code, param });
  });

  it("is read or refused whatever it holds, never anything else", () => {
    const item = fc.record({
      type: fc.constantFrom("message", "function_call", "function_call_output", "reasoning", "other", undefined),
      role: fc.constantFrom("user", "assistant", "developer", "robot"),
      content: fc.jsonValue(),
      output: fc.jsonValue(),
      call_id: fc.jsonValue(),
      name: fc.string(),
      arguments: fc.jsonValue(),
    });
    const names = [
      "instructions",
      "tools",
      "tool_choice",
      "text",
      "reasoning",
      "include",
      "max_output_tokens",
      "input",
    ];
    const fields = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), fields, (input, more) => {
        try {
          expect(read({ ...HELLO, input, ...more }).kind).toBe("chat");
        } catch (error) {
          expect(error).toBeInstanceOf(SignalboxError);
        }
      }),
    );
  });
});
