import { describe, expect, test } from "vitest";
import { messagesBody } from "../../../src/providers/anthropic/messages-body.ts";
import { chatRequestOf, upstreamFactsOf } from "../../support/upstream-call.ts";

const FACTS = upstreamFactsOf({ upstreamId: "claude-large" });

/** The body that Anthropic's server receives for this one of OpenAI's. */
function bodyFor(members: Readonly<Record<string, unknown>>, facts = FACTS): Record<string, unknown> {
  const { max_tokens: maxTokens } = members;
  const request = {
    ...chatRequestOf({ model: "acme/large", messages: [{ role: "user", content: "Hello" }], ...members }),
    ...(typeof maxTokens === "number" ? { maxTokens } : {}),
  };
  return JSON.parse(Buffer.from(messagesBody(request, facts)).toString("utf8")) as Record<string, unknown>;
}

const text = (said: string) => ({ type: "text", text: said });

describe("the conversation", () => {
  test("has its instructions apart, wherever they stood", () => {
    const { system, messages } = bodyFor({
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
        { role: "developer", content: [text("In French.")] },
      ],
    });
    expect(system).toEqual([text("Be brief."), text("In French.")]);
    expect(messages).toEqual([{ role: "user", content: [text("Hello")] }]);
  });

  test("has calls as blocks, and their results before what the user says next, in one turn", () => {
    const call = (id: string, city: string) => {
      return { id, type: "function", function: { name: "weather", arguments: JSON.stringify({ city }) } };
    };
    const { messages } = bodyFor({
      messages: [
        { role: "user", content: "Graz? Linz?" },
        { role: "assistant", content: "I look.", tool_calls: [call("c1", "Graz"), call("c2", "Linz")] },
        { role: "tool", tool_call_id: "c1", content: "rain" },
        { role: "tool", tool_call_id: "c2", content: "" },
        { role: "user", content: "And?" },
      ],
    });
    expect(messages).toEqual([
      { role: "user", content: [text("Graz? Linz?")] },
      {
        role: "assistant",
        content: [
          text("I look."),
          { type: "tool_use", id: "c1", name: "weather", input: { city: "Graz" } },
          { type: "tool_use", id: "c2", name: "weather", input: { city: "Linz" } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "c1", content: [text("rain")] },
          { type: "tool_result", tool_use_id: "c2" },
          text("And?"),
        ],
      },
    ]);
  });

  test("keeps arguments that are no JSON to be seen, and takes none for an empty object", () => {
    const called = (written: string) => {
      const { messages } = bodyFor({
        messages: [{ role: "assistant", tool_calls: [{ id: "c", function: { name: "f", arguments: written } }] }],
      });
      return (messages as { content: { input: unknown }[] }[])[0]?.content[0]?.input;
    };
    expect(called("{city: Graz")).toEqual({ invalid_json: "{city: Graz" });
    expect(called("[1]")).toEqual({ invalid_json: "[1]" });
    expect(called("")).toEqual({});
  });

  test("leaves out texts and turns that are blank, which the vendor refuses", () => {
    const { messages } = bodyFor({
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: " \n" },
        { role: "user", content: [text(""), text("Are you there?")] },
      ],
    });
    expect(messages).toEqual([{ role: "user", content: [text("Hello"), text("Are you there?")] }]);
  });

  test("has pictures and PDF files that are sent along, and pictures elsewhere by their address", () => {
    const { messages } = bodyFor({
      messages: [
        {
          role: "user",
          content: [
            { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } },
            { type: "image_url", image_url: "https://example.com/cat.png" },
            { type: "file", file: { filename: "bill.pdf", file_data: "data:application/pdf;base64,UERG" } },
          ],
        },
      ],
    });
    const [turn] = messages as { content: unknown[] }[];
    expect(turn?.content).toEqual([
      { type: "image", source: { type: "base64", media_type: "image/png", data: "aGk=" } },
      { type: "image", source: { type: "url", url: "https://example.com/cat.png" } },
      {
        type: "document",
        title: "bill.pdf",
        source: { type: "base64", media_type: "application/pdf", data: "UERG" },
      },
    ]);
  });

  test.each([
    { type: "input_audio", input_audio: {} },
    { type: "file", file: { file_id: "file_1" } },
    { type: "video_url" },
  ])("refuses a part that can't be said there: %j", (part) => {
    expect(() => bodyFor({ messages: [{ role: "user", content: [text("Hi"), part] }] })).toThrow(
      expect.objectContaining({ code: "unsupported_parameter", details: { param: "messages[0].content[1]" } }),
    );
  });

  test("gives thinking back that its vendor signed, and no other", () => {
    const signed = { type: "reasoning.text", text: "Hm.", signature: "sig", format: "anthropic-claude-v1" };
    const { messages } = bodyFor({
      messages: [
        {
          role: "assistant",
          content: "Yes.",
          reasoning_details: [
            signed,
            { type: "reasoning.encrypted", data: "x1", format: "anthropic-claude-v1" },
            { ...signed, format: "openai-responses-v1" },
            { ...signed, signature: undefined },
          ],
        },
      ],
    });
    const [turn] = messages as { content: unknown[] }[];
    expect(turn?.content).toEqual([
      { type: "thinking", thinking: "Hm.", signature: "sig" },
      { type: "redacted_thinking", data: "x1" },
      text("Yes."),
    ]);
  });
});

describe("the length of the answer", () => {
  test("is the caller's, else the most that the endpoint gives, else a stated default within the context", () => {
    const most = { ...FACTS, maxOutputTokens: 900 };
    expect(bodyFor({ max_tokens: 12 }, most)["max_tokens"]).toBe(12);
    expect(bodyFor({}, most)["max_tokens"]).toBe(900);
    expect(bodyFor({}, { ...FACTS, contextTokens: 2_048 })["max_tokens"]).toBe(2_048);
    expect(bodyFor({})["max_tokens"]).toBe(4_096);
  });
});

describe("sampling", () => {
  test("keeps what the protocol has and leaves the rest out", () => {
    const asked = { temperature: 1.7, top_p: 0.9, top_k: 40, stop: "END", seed: 3, logit_bias: {}, n: 1, user: "u1" };
    const body = bodyFor(asked);
    expect(body).toEqual({
      model: "claude-large",
      max_tokens: 4_096,
      messages: [{ role: "user", content: [text("Hello")] }],
      temperature: 1,
      top_p: 0.9,
      top_k: 40,
      stop_sequences: ["END"],
      metadata: { user_id: "u1" },
    });
    expect(bodyFor({ stop: ["a", "b"], stream: true })).toMatchObject({ stop_sequences: ["a", "b"], stream: true });
  });

  test("asks for the endpoint's tier in the vendor's words", () => {
    expect(bodyFor({ service_tier: "priority" })["service_tier"]).toBeUndefined();
    expect(bodyFor({}, { ...FACTS, serviceTier: "priority" })["service_tier"]).toBe("auto");
    expect(bodyFor({}, { ...FACTS, serviceTier: "default" })["service_tier"]).toBe("standard_only");
  });
});

describe("tools", () => {
  const tools = [
    { type: "function", function: { name: "weather", description: "Of a city", parameters: { type: "object" } } },
    { type: "function", function: { name: "now", strict: true } },
  ];

  test("have their schemas, one without arguments an empty one", () => {
    expect(bodyFor({ tools })["tools"]).toEqual([
      { name: "weather", description: "Of a city", input_schema: { type: "object" } },
      { name: "now", input_schema: { type: "object", properties: {} }, strict: true },
    ]);
  });

  test.each([
    ["auto", { type: "auto" }],
    ["none", { type: "none" }],
    ["required", { type: "any" }],
    [
      { type: "function", function: { name: "now" } },
      { type: "tool", name: "now" },
    ],
    [undefined, undefined],
  ])("are chosen as %j says", (choice, expected) => {
    expect(bodyFor({ tools, tool_choice: choice })["tool_choice"]).toEqual(expected);
  });

  test("are called one at a time where the caller says so", () => {
    expect(bodyFor({ tools, parallel_tool_calls: false })["tool_choice"]).toEqual({
      type: "auto",
      disable_parallel_tool_use: true,
    });
    expect(bodyFor({ tools, tool_choice: "none", parallel_tool_calls: false })["tool_choice"]).toEqual({
      type: "none",
    });
  });

  test.each([
    ["tools[1]", { tools: [tools[0], { type: "custom", custom: { name: "grep" } }] }],
    ["functions", { functions: [{ name: "now" }] }],
  ])("that have no form there are refused: %s", (param, asked) => {
    expect(() => bodyFor(asked)).toThrow(
      expect.objectContaining({ code: "unsupported_parameter", details: { param } }),
    );
  });

  test("are needed for a choice", () => {
    expect(bodyFor({ tool_choice: "auto", parallel_tool_calls: false })).not.toHaveProperty("tool_choice");
  });
});

describe("reasoning", () => {
  test.each([
    [{ reasoning: { effort: "high" } }, { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
    [{ reasoning_effort: "minimal" }, { thinking: { type: "adaptive" }, output_config: { effort: "low" } }],
    [{ reasoning: { enabled: true } }, { thinking: { type: "adaptive" } }],
    [{ reasoning: { enabled: false } }, { thinking: { type: "disabled" } }],
    [{ reasoning_effort: "none" }, { thinking: { type: "disabled" } }],
    [{ reasoning: { max_tokens: 2_000 } }, { thinking: { type: "enabled", budget_tokens: 2_000 } }],
    [{ reasoning: { max_tokens: 10 } }, { thinking: { type: "enabled", budget_tokens: 1_024 } }],
    [{ reasoning: { max_tokens: 9_000 } }, { thinking: { type: "enabled", budget_tokens: 4_095 } }],
    [
      { reasoning: { max_tokens: 2_000, exclude: true } },
      { thinking: { type: "enabled", budget_tokens: 2_000, display: "omitted" } },
    ],
  ])("is asked for as %j says", (asked, expected) => {
    expect(bodyFor(asked)).toMatchObject(expected);
  });

  test("is not asked for where the answer is too short for the least of it, nor where nothing is said", () => {
    const short = bodyFor({ reasoning: { max_tokens: 2_000 }, max_tokens: 500 });
    expect(short["thinking"]).toEqual({ type: "disabled" });
    expect(bodyFor({})).not.toHaveProperty("thinking");
  });
});

describe("the form of the answer", () => {
  test("is a schema where one is given, and a word in the instructions where any JSON will do", () => {
    const schema = { type: "object", properties: { city: { type: "string" } } };
    const strict = bodyFor({ response_format: { type: "json_schema", json_schema: { name: "city", schema } } });
    expect(strict["output_config"]).toEqual({ format: { type: "json_schema", schema } });
    const any = bodyFor({
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
      response_format: { type: "json_object" },
    });
    expect(any["system"]).toEqual([text("Be brief."), text("Answer with one JSON object and nothing else.")]);
    expect(bodyFor({ response_format: { type: "text" } })).not.toHaveProperty("output_config");
  });
});
