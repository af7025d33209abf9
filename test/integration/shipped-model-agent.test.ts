import { resolve } from "node:path";
import OpenAI from "openai";
import type { ChatCompletionMessageParam, ChatCompletionTool } from "openai/resources/chat/completions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";

// Goal: the shipped model does an agent's work through the whole box, with OpenAI's own client.
// Method: three rounds of request, call, result and sentence in one conversation that grows by the model's own words.

const MODEL = "signalbox/nano";

function tool(name: string, description: string, key: string, schema: object = {}): ChatCompletionTool {
  const parameters = { ...schema, type: "object", properties: { [key]: { type: "string" } }, required: [key] };
  return { type: "function", function: { name, description, parameters } };
}

const TOOLS = [
  tool("get_weather", "Current weather of a city", "city"),
  tool("get_order_status", "Status of an order", "order_id"),
  tool("get_time", "Current time in a city", "city"),
];

const ROUNDS = [
  {
    ask: "What is the weather in Bergen?",
    call: { name: "get_weather", arguments: { city: "Bergen" } },
    result: { city: "Bergen", sky: "rainy", degrees: 9 },
    says: "It is rainy in Bergen, 9 degrees.",
  },
  {
    ask: "Where is order TK-4471?",
    call: { name: "get_order_status", arguments: { order_id: "TK-4471" } },
    result: { order_id: "TK-4471", status: "packed" },
    says: "Order TK-4471 is packed.",
  },
  {
    ask: "What time is it in Osaka?",
    call: { name: "get_time", arguments: { city: "Osaka" } },
    result: { city: "Osaka", time: "17:45" },
    says: "It is 17:45 in Osaka.",
  },
];

describe("the shipped model in a box", () => {
  let box: RunningBox;
  let client: OpenAI;

  beforeAll(async () => {
    const file = resolve(import.meta.dirname, "../../models/nano.gguf");
    box = await runBox({ config: { models: [{ id: MODEL, file, slots: 1, device: "cpu" }] } });
    client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
  });

  afterAll(() => box.stop());

  it("goes through three rounds of an agent's loop in one conversation", async () => {
    const messages: ChatCompletionMessageParam[] = [];
    const say = async (): Promise<OpenAI.ChatCompletionMessage> => {
      const answer = await client.chat.completions.create({ model: MODEL, messages, tools: TOOLS, temperature: 0 });
      const message = answer.choices[0]?.message;
      if (message === undefined) throw new Error("There is no answer.");
      messages.push(message);
      return message;
    };
    for (const { ask, call, result, says } of ROUNDS) {
      messages.push({ role: "user", content: ask });
      const [called] = (await say()).tool_calls ?? [];
      if (called?.type !== "function") throw new Error(`The model called no function for ${ask}`);
      expect({ name: called.function.name, arguments: JSON.parse(called.function.arguments) as unknown }).toEqual(call);
      messages.push({ role: "tool", tool_call_id: called.id, content: JSON.stringify(result) });
      expect((await say()).content).toBe(says);
    }
  });

  it("calls functions whose schemas name their dialect, as agents' libraries send them", async () => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", additionalProperties: false };
    const answer = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: "user", content: "What is the weather in Bergen?" }],
      tools: [tool("get_weather", "Current weather of a city", "city", schema)],
      temperature: 0,
    });
    const [called] = answer.choices[0]?.message.tool_calls ?? [];
    expect(called).toMatchObject({ function: { name: "get_weather" } });
  });

  it("answers JSON of a schema about the text", async () => {
    const schema = {
      type: "object",
      properties: { name: { type: "string" }, city: { type: "string" } },
      required: ["name", "city"],
      additionalProperties: false,
    };
    const answer = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: "user", content: "Extract name and city as JSON: My name is Laura Stein. I live in Bergen." }],
      temperature: 0,
      response_format: { type: "json_schema", json_schema: { name: "person", schema, strict: true } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toEqual({ name: "Laura Stein", city: "Bergen" });
  });
});
