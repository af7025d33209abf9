import OpenAI from "openai";
import type { ChatCompletionMessageParam, ChatCompletionTool } from "openai/resources/chat/completions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, NANO, REPORT, runAgentBox } from "../support/agent-box.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";

const WEATHER: ChatCompletionTool = {
  type: "function",
  function: {
    name: "get_weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const ASKED = { model: AGENT, max_tokens: 100 };

describe("a provider that is asked in Anthropic's protocol, by OpenAI's client", () => {
  let vendor: RunningBox;
  let box: RunningBox;
  let client: OpenAI;

  beforeAll(async () => {
    vendor = await runAgentBox();
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        providers: [
          {
            id: "vendor",
            protocol: "anthropic",
            baseUrl: `${vendor.url}/v1`,
            apiKey: "env:VENDOR_KEY",
            location: "site",
            models: [
              { id: AGENT, capabilities: ["tools"], price: { input: 1, output: 5 } },
              { id: NANO, capabilities: ["tools", "json-schema"], price: { input: 1, output: 5 } },
            ],
          },
        ],
      },
      environment: { VENDOR_KEY: ADMIN_KEY },
    });
    client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
  });

  afterAll(async () => {
    await box.stop();
    await vendor.stop();
  });

  it("runs an agent's whole loop: call, result, answer", async () => {
    const messages: ChatCompletionMessageParam[] = [
      { role: "system", content: "You help." },
      { role: "user", content: "What is the weather in Bern?" },
    ];
    const first = await client.chat.completions.create({ ...ASKED, messages, tools: [WEATHER] });
    const [choice] = first.choices;
    expect(choice?.finish_reason).toBe("tool_calls");
    const [call] = choice?.message.tool_calls ?? [];
    expect(call).toMatchObject({ function: { name: "get_weather", arguments: '{"city":"Bern"}' } });
    if (choice === undefined || call === undefined) return;
    messages.push(choice.message, { role: "tool", tool_call_id: call.id, content: '{"celsius":4}' });
    const second = await client.chat.completions.create({ ...ASKED, messages, tools: [WEATHER] });
    expect(second.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: REPORT } });
    expect(second.usage?.prompt_tokens).toBeGreaterThan(first.usage?.prompt_tokens ?? 0);
  });

  it("reads the same answer from a stream as without one, calls included, and its usage", async () => {
    for (const tools of [undefined, [WEATHER]]) {
      const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "Hello" }];
      const asked = { ...ASKED, messages, ...(tools === undefined ? {} : { tools }) };
      const whole = await client.chat.completions.create(asked);
      const streamed = await client.chat.completions
        .stream({ ...asked, stream_options: { include_usage: true } })
        .finalChatCompletion();
      expect(streamed.choices[0]?.message.content ?? "").toBe(whole.choices[0]?.message.content ?? "");
      const called = (answer: typeof whole): unknown =>
        answer.choices[0]?.message.tool_calls?.map((one) =>
          "function" in one ? (JSON.parse(one.function.arguments) as unknown) : undefined,
        );
      expect(called(streamed)).toEqual(called(whole));
      expect(streamed.choices[0]?.finish_reason).toBe(whole.choices[0]?.finish_reason);
      expect(streamed.usage?.completion_tokens).toBe(whole.usage?.completion_tokens);
    }
  });

  it("keeps to a schema", async () => {
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const answer = await client.chat.completions.create({
      model: NANO,
      max_tokens: 40,
      temperature: 0,
      messages: [{ role: "user", content: "Extract the city as JSON: I live in Oslo." }],
      response_format: { type: "json_schema", json_schema: { name: "place", schema } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toEqual({ city: expect.any(String) as string });
  });

  it("is billed at the provider's price by what the vendor counted", async () => {
    const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "Hello" }];
    const { usage } = await client.chat.completions.create({ ...ASKED, messages });
    const { cost } = usage as unknown as { readonly cost: number };
    expect(cost).toBeCloseTo(((usage?.prompt_tokens ?? 0) + 5 * (usage?.completion_tokens ?? 0)) / 1e6, 6);
  });

  it("says who refused what the vendor refuses, in the vendor's words", async () => {
    const tools = [{ ...WEATHER, function: { name: "not a name!" } }];
    const refused = client.chat.completions.create({ ...ASKED, messages: [{ role: "user", content: "Hi" }], tools });
    await expect(refused).rejects.toMatchObject({ status: 400 });
  });
});
