import { OpenRouter } from "@openrouter/sdk";
import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError } from "openai";
import type { ChatCompletionMessageParam, ChatCompletionTool } from "openai/resources/chat/completions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, NANO, PLAIN, REPORT, runAgentBox } from "../support/agent-box.ts";
import { ADMIN_KEY, type RunningBox } from "../support/run-box.ts";

const WEATHER: ChatCompletionTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city",
    parameters: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};

/** Without free text: how long a small model goes on with that is its own affair. */
const PERSON = {
  type: "object",
  properties: {
    name: { enum: ["Ada", "Grace", "Hedy"] },
    age: { type: "integer", minimum: 0, maximum: 120 },
    confidence: { type: "number", minimum: 0, maximum: 1 },
    tags: { type: "array", items: { enum: ["staff", "guest"] }, maxItems: 2 },
  },
  required: ["name", "age", "confidence", "tags"],
  additionalProperties: false,
} as const;

describe("clients that people use, against a box with models of its own", () => {
  let box: RunningBox;
  let openAi: OpenAI;
  let openRouter: OpenRouter;

  beforeAll(async () => {
    box = await runAgentBox();
    openAi = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
    openRouter = new OpenRouter({
      apiKey: ADMIN_KEY,
      serverURL: `${box.url}/api/v1`,
      retryConfig: { strategy: "none" },
    });
  });

  afterAll(() => box.stop());

  it("run an agent's whole loop: call, result, answer", async () => {
    const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "What is the weather in Bern?" }];
    const first = await openAi.chat.completions.create({ model: AGENT, messages, tools: [WEATHER] });
    const [choice] = first.choices;
    expect(choice?.finish_reason).toBe("tool_calls");
    const [call] = choice?.message.tool_calls ?? [];
    if (call?.type !== "function") throw new Error("The model called no function.");
    expect(call.function.name).toBe("get_weather");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "Bern" });
    if (choice === undefined) throw new Error("There is no choice.");
    messages.push(choice.message, { role: "tool", tool_call_id: call.id, content: '{"celsius":4}' });
    const second = await openAi.chat.completions.create({ model: AGENT, messages, tools: [WEATHER] });
    expect(second.choices[0]?.message.content).toBe(REPORT);
    expect(second.choices[0]?.finish_reason).toBe("stop");
    expect(second.usage?.prompt_tokens).toBeGreaterThan(first.usage?.prompt_tokens ?? 0);
  });

  it("run the same loop with OpenAI's own runner, streamed", async () => {
    const cities: string[] = [];
    const runner = openAi.chat.completions.runTools({
      model: AGENT,
      stream: true,
      messages: [{ role: "user", content: "What is the weather in Bern?" }],
      tools: [
        {
          type: "function",
          function: {
            name: "get_weather",
            description: "The weather in a city",
            parameters: { type: "object", properties: { city: { type: "string" } } },
            parse: (text: string) => JSON.parse(text) as { readonly city: string },
            function: ({ city }: { readonly city: string }) => {
              cities.push(city);
              return { celsius: 4 };
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe(REPORT);
    expect(cities).toEqual(["Bern"]);
  });

  it("force a tool, forbid tools, and stream a call in pieces", async () => {
    const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "Hello" }];
    const forbidden = await openAi.chat.completions.create({
      model: AGENT,
      messages,
      tools: [WEATHER],
      tool_choice: "none",
    });
    expect(forbidden.choices[0]?.message.tool_calls ?? []).toEqual([]);
    const forced = await openAi.chat.completions.create({
      model: NANO,
      messages,
      tools: [WEATHER],
      tool_choice: { type: "function", function: { name: "get_weather" } },
      max_tokens: 200,
      temperature: 0,
    });
    const [call] = forced.choices[0]?.message.tool_calls ?? [];
    expect(call?.type === "function" ? call.function.name : "").toBe("get_weather");
    const stream = openAi.chat.completions.stream({ model: AGENT, messages, tools: [WEATHER] });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.finish_reason).toBe("tool_calls");
  });

  it("get JSON that follows a schema, streamed and not", async () => {
    const request = {
      model: NANO,
      messages: [{ role: "user" as const, content: "Describe a person." }],
      response_format: { type: "json_schema" as const, json_schema: { name: "person", strict: true, schema: PERSON } },
      max_tokens: 300,
    };
    const whole = await openAi.chat.completions.create(request);
    const stream = openAi.chat.completions.stream(request);
    const streamed = await stream.finalContent();
    for (const text of [whole.choices[0]?.message.content, streamed]) {
      const person = JSON.parse(text ?? "") as { name: string; age: number; confidence: number; tags: string[] };
      expect(typeof person.name).toBe("string");
      expect(Number.isInteger(person.age) && person.age >= 0 && person.age <= 120).toBe(true);
      expect(person.confidence >= 0 && person.confidence <= 1).toBe(true);
      expect(person.tags.every((tag) => ["staff", "guest"].includes(tag))).toBe(true);
    }
    const anyJson = await openAi.chat.completions.create({ ...request, response_format: { type: "json_object" } });
    expect(
      anyJson.choices[0]?.finish_reason === "length" ||
        typeof JSON.parse(anyJson.choices[0]?.message.content ?? "") === "object",
    ).toBe(true);
  });

  it("stop where they ask to, and say why the answer ended", async () => {
    const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "Hello" }];
    const cut = await openAi.chat.completions.create({ model: AGENT, messages, max_tokens: 2 });
    expect(cut.choices[0]?.finish_reason).toBe("length");
    expect(cut.usage?.completion_tokens).toBe(2);
    const stopped = await openAi.chat.completions.create({ model: AGENT, messages, stop: ["weather"] });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "I can look up the " } });
    const twice = await openAi.chat.completions.create({ model: AGENT, messages, n: 2 });
    expect(twice.choices.map(({ message }) => message.content)).toEqual([PLAIN, PLAIN]);
    const seeded = async () =>
      (await openAi.chat.completions.create({ model: NANO, messages, seed: 7, max_tokens: 8 })).choices[0]?.message
        .content;
    expect(await seeded()).toBe(await seeded());
  });

  it("understand what went wrong", async () => {
    const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "Hello" }];
    const stranger = new OpenAI({ apiKey: `sbx_${"f".repeat(48)}`, baseURL: `${box.url}/v1`, maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
    await expect(openAi.chat.completions.create({ model: "no/such", messages })).rejects.toThrow(NotFoundError);
    await expect(openAi.chat.completions.create({ model: AGENT, messages, temperature: 7 })).rejects.toThrow(
      BadRequestError,
    );
    await expect(openAi.chat.completions.create({ model: AGENT, messages: [] })).rejects.toMatchObject({
      param: "messages",
    });
    const long = openAi.chat.completions.create({
      model: AGENT,
      messages: [{ role: "user", content: "word ".repeat(50_000) }],
    });
    await expect(long).rejects.toMatchObject({ status: 422, code: "context_length_exceeded" });
    const slow = openAi.chat.completions.create(
      { model: NANO, messages, max_tokens: 3_000 },
      { headers: { "x-deadline-ms": "1" } },
    );
    await expect(slow).rejects.toThrow(APIError);
  });

  it("list models with a known price, and each endpoint's state", async () => {
    const listed = await openAi.models.list();
    expect(listed.data.map(({ id }) => id)).toEqual([AGENT, NANO]);
    expect((await openAi.models.retrieve(NANO)).id).toBe(NANO);
    const models = await openRouter.models.list();
    expect(models.result.data.map(({ id, pricing }) => [id, pricing.prompt])).toEqual([
      [AGENT, "0"],
      [NANO, "0"],
    ]);
    const endpoints = await openRouter.endpoints.list({ author: "signalbox", slug: "nano" });
    expect(endpoints.data.endpoints[0]).toMatchObject({ providerName: "box", status: 0 });
  });

  it("read answers, streams, the key and one request's record under a strict schema", async () => {
    const messages = [{ role: "user" as const, content: "Hello" }];
    const answer = await openRouter.chat.send({ chatRequest: { model: AGENT, messages } });
    expect(answer).toMatchObject({ model: AGENT, usage: { cost: 0 } });
    const stream = await openRouter.chat.send({ chatRequest: { model: AGENT, messages, stream: true } });
    if (!(Symbol.asyncIterator in stream)) throw new Error("The client took the stream for a whole answer.");
    let text = "";
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    expect(text).toBe(PLAIN);
    const tools = await openRouter.chat.send({
      chatRequest: { model: AGENT, messages, tools: [WEATHER as never], stream: false },
    });
    if (!("choices" in tools)) throw new Error("The client took the answer for a stream.");
    expect(tools.choices[0]?.finishReason).toBe("tool_calls");
    expect((await openRouter.apiKeys.getCurrentKeyMetadata()).data.limit).toBeNull();
    expect((await openRouter.credits.getCredits()).data.totalUsage).toBe(0);
    const raw = await box.chat({ model: AGENT, messages });
    const id = raw.headers.get("x-request-id") ?? "";
    expect((await openRouter.generations.getGeneration({ id })).data).toMatchObject({
      id,
      model: AGENT,
      finishReason: "stop",
    });
  });

  it("go on with a text, whole and streamed, with the same words and usage", async () => {
    const body = {
      model: NANO,
      prompt: "Write this in capitals: hello\n",
      max_tokens: 8,
      temperature: 0,
      logprobs: 2,
    } as const;
    const whole = await openAi.completions.create(body);
    expect(whole).toMatchObject({ object: "text_completion", model: NANO, usage: { cost: 0 } });
    expect(whole.choices[0]?.logprobs?.tokens?.join("")).toBe(whole.choices[0]?.text);
    let text = "";
    let tokens: number | undefined;
    for await (const chunk of await openAi.completions.create({ ...body, stream: true })) {
      text += chunk.choices[0]?.text ?? "";
      tokens = chunk.usage?.completion_tokens ?? tokens;
    }
    expect(text).toBe(whole.choices[0]?.text);
    expect(tokens).toBe(whole.usage?.completion_tokens);
    await expect(openAi.completions.create({ ...body, suffix: "The end." })).rejects.toThrow(/fill in/);
  });

  it("weigh labels with a model that chats, on the same way as everything else", async () => {
    const body = { model: NANO, input: ["The parcel is late.", "Hello"], labels: ["shipping", "greeting"] };
    const response = await box.send("POST", "/v1/classify", body);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-workload")).toBe("agentic");
    const { results, usage, provider } = (await response.json()) as {
      readonly results: readonly { readonly labels: readonly { readonly probability: number }[] }[];
      readonly usage: { readonly prompt_tokens: number; readonly cost: number };
      readonly provider: string;
    };
    expect(results).toHaveLength(2);
    for (const result of results)
      expect(result.labels.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    expect(usage).toMatchObject({ prompt_tokens: expect.any(Number) as number, cost: 0 });
    expect(provider).toBe("box");
  });
});
