import OpenAI, { BadRequestError } from "openai";
import type { FunctionTool, ResponseInputItem } from "openai/resources/responses/responses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, NANO, REPORT, runAgentBox } from "../support/agent-box.ts";
import { ADMIN_KEY, type RunningBox } from "../support/run-box.ts";

const WEATHER: FunctionTool = {
  type: "function",
  name: "get_weather",
  description: "The weather in a city",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  strict: false,
};

describe("OpenAI's client, asking the Responses API of a box with models of its own", () => {
  let box: RunningBox;
  let client: OpenAI;

  beforeAll(async () => {
    box = await runAgentBox();
    client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
  });

  afterAll(() => box.stop());

  it("runs an agent's whole loop: call, output, answer", async () => {
    const input: ResponseInputItem[] = [{ role: "user", content: "What is the weather in Bern?" }];
    const first = await client.responses.create({ model: AGENT, input, tools: [WEATHER] });
    const [call] = first.output;
    if (call?.type !== "function_call") throw new Error("The model called no function.");
    expect(call.name).toBe("get_weather");
    expect(JSON.parse(call.arguments)).toEqual({ city: "Bern" });
    input.push(call, { type: "function_call_output", call_id: call.call_id, output: '{"celsius":4}' });
    const second = await client.responses.create({ model: AGENT, input, tools: [WEATHER] });
    expect(second.output_text).toBe(REPORT);
    expect(second.status).toBe("completed");
    expect(second.usage?.input_tokens).toBeGreaterThan(first.usage?.input_tokens ?? 0);
  });

  it("reads the same response from a stream as without one, calls included", async () => {
    for (const tools of [[], [WEATHER]]) {
      const asked = { model: AGENT, input: "Hello", tools };
      const whole = await client.responses.create(asked);
      const streamed = await client.responses.stream(asked).finalResponse();
      expect(streamed.output_text).toBe(whole.output_text);
      expect(streamed.output.map(({ type }) => type)).toEqual(whole.output.map(({ type }) => type));
      expect(streamed.usage?.output_tokens).toBe(whole.usage?.output_tokens);
    }
  });

  it("says when the limit ended the answer, and gets JSON by a schema", async () => {
    const cut = await client.responses.create({ model: AGENT, input: "Hello", max_output_tokens: 2 });
    expect(cut).toMatchObject({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
    const schema = {
      type: "object",
      properties: { name: { enum: ["Ada", "Grace"] } },
      required: ["name"],
      additionalProperties: false,
    };
    const shaped = await client.responses.create({
      model: NANO,
      input: "Describe a person.",
      max_output_tokens: 100,
      text: { format: { type: "json_schema", name: "person", strict: true, schema } },
    });
    expect(["Ada", "Grace"]).toContain((JSON.parse(shaped.output_text) as { name: string }).name);
  });

  it("is told that nothing is stored", async () => {
    const asked = client.responses.create({ model: NANO, input: "Hello", previous_response_id: "resp_1" });
    await expect(asked).rejects.toThrow(BadRequestError);
  });
});
