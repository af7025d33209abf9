import Anthropic, { AuthenticationError, BadRequestError, NotFoundError } from "@anthropic-ai/sdk";
import type { MessageParam, Tool } from "@anthropic-ai/sdk/resources/messages";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, NANO, REPORT, runAgentBox } from "../support/agent-box.ts";
import { ADMIN_KEY, type RunningBox } from "../support/run-box.ts";

const WEATHER: Tool = {
  name: "get_weather",
  description: "The weather in a city",
  input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
/** Not among the client's own fields any more, and taken as ever. */
const GREEDY = { temperature: 0 };
const HELLO: MessageParam[] = [{ role: "user", content: "Hello" }];

describe("Anthropic's client, against a box with models of its own", () => {
  let box: RunningBox;
  let client: Anthropic;

  beforeAll(async () => {
    box = await runAgentBox();
    client = new Anthropic({ apiKey: ADMIN_KEY, baseURL: box.url, maxRetries: 0 });
  });

  afterAll(() => box.stop());

  it("runs an agent's whole loop: call, result, answer", async () => {
    const messages: MessageParam[] = [{ role: "user", content: "What is the weather in Bern?" }];
    const first = await client.messages.create({ model: AGENT, max_tokens: 100, messages, tools: [WEATHER] });
    expect(first.stop_reason).toBe("tool_use");
    const call = first.content.find((block) => block.type === "tool_use");
    expect(call).toMatchObject({ name: "get_weather", input: { city: "Bern" } });
    messages.push(
      { role: "assistant", content: first.content },
      { role: "user", content: [{ type: "tool_result", tool_use_id: call?.id ?? "", content: '{"celsius":4}' }] },
    );
    const second = await client.messages.create({ model: AGENT, max_tokens: 100, messages, tools: [WEATHER] });
    expect(second.content).toEqual([{ type: "text", text: REPORT }]);
    expect(second.stop_reason).toBe("end_turn");
    expect(second.usage.input_tokens + (second.usage.cache_read_input_tokens ?? 0)).toBeGreaterThan(
      first.usage.input_tokens,
    );
  });

  it("reads the same message from a stream as without one, calls included", async () => {
    for (const tools of [[], [WEATHER]]) {
      const asked = { model: AGENT, max_tokens: 100, messages: HELLO, tools };
      const whole = await client.messages.create(asked);
      const streamed = await client.messages.stream(asked).finalMessage();
      const plain = ({ type, ...block }: { readonly type: string }): object => ({ ...block, type, id: undefined });
      expect(streamed.content.map(plain)).toEqual(whole.content.map(plain));
      expect(streamed.stop_reason).toBe(whole.stop_reason);
      expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
    }
  });

  it("is told which of its texts ended the answer, and when the limit did", async () => {
    const asked = { model: AGENT, max_tokens: 100, messages: HELLO, stop_sequences: ["never", "weather"] };
    const ended = { stop_reason: "stop_sequence", stop_sequence: "weather" };
    const text = [{ type: "text", text: "I can look up the " }];
    expect(await client.messages.create(asked)).toMatchObject({ content: text, ...ended });
    expect(await client.messages.stream(asked).finalMessage()).toMatchObject({ content: text, ...ended });
    const cut = await client.messages.create({ ...asked, max_tokens: 2 });
    expect(cut).toMatchObject({ stop_reason: "max_tokens", stop_sequence: null, usage: { output_tokens: 2 } });
  });

  it("forces a tool, and gets JSON by a schema", async () => {
    const forced = await client.messages.create({
      model: NANO,
      max_tokens: 200,
      ...GREEDY,
      messages: HELLO,
      tools: [WEATHER],
      tool_choice: { type: "tool", name: "get_weather" },
    });
    expect(forced.content.at(-1)).toMatchObject({ type: "tool_use", name: "get_weather" });
    const schema = { type: "object", properties: { name: { enum: ["Ada", "Grace"] } }, required: ["name"] };
    const shaped = await client.messages.create({
      model: NANO,
      max_tokens: 100,
      messages: HELLO,
      output_config: { format: { type: "json_schema", schema: { ...schema, additionalProperties: false } } },
    });
    const [block] = shaped.content;
    expect(["Ada", "Grace"]).toContain((JSON.parse(block?.type === "text" ? block.text : "") as { name: string }).name);
  });

  it("has the rest of an answer that it has begun itself", async () => {
    const asked = { model: NANO, max_tokens: 60, ...GREEDY };
    const textOf = async (messages: MessageParam[]): Promise<string> => {
      const { content } = await client.messages.create({ ...asked, messages });
      return content.map((block) => (block.type === "text" ? block.text : "")).join("");
    };
    const whole = await textOf(HELLO);
    const begun = whole.slice(0, whole.indexOf(" ", whole.length / 2));
    expect(begun).not.toBe("");
    expect(begun + (await textOf([...HELLO, { role: "assistant", content: begun }]))).toBe(whole);
  });

  it("counts tokens before it asks", async () => {
    const { input_tokens: counted } = await client.messages.countTokens({ model: NANO, messages: HELLO });
    const message = await client.messages.create({ model: NANO, max_tokens: 1, messages: HELLO });
    const { input_tokens: read, cache_read_input_tokens: cached } = message.usage;
    expect(counted).toBeGreaterThanOrEqual(read + (cached ?? 0));
  });

  it("understands what went wrong", async () => {
    const asked = { model: NANO, max_tokens: 10, messages: HELLO };
    const stranger = new Anthropic({ apiKey: "sbx_wrong", baseURL: box.url, maxRetries: 0 });
    await expect(stranger.messages.create(asked)).rejects.toThrow(AuthenticationError);
    await expect(client.messages.create({ ...asked, model: "no/such" })).rejects.toThrow(NotFoundError);
    const bad = client.messages.create({ ...asked, tools: [{ type: "web_search_20250305", name: "web_search" }] });
    await expect(bad).rejects.toThrow(BadRequestError);
    await bad.catch((error: unknown) => {
      expect(error).toMatchObject({ type: "invalid_request_error", requestID: expect.stringMatching(/^req_/) });
    });
  });
});
