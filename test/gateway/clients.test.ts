import OpenAI, { APIError, AuthenticationError } from "openai";
import { OpenRouter } from "@openrouter/sdk";
import {
  NotFoundResponseError,
  TooManyRequestsResponseError,
  UnauthorizedResponseError,
} from "@openrouter/sdk/models/errors";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import { answerOf, chunk, idle, NANO } from "./scripted-service.ts";
import { KEY, startGateway } from "./start-gateway.ts";

const MESSAGES = [{ role: "user" as const, content: "Hi" }];
const MODEL = "signalbox/nano";

const openAi = (url: string, apiKey = KEY): OpenAI => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const openRouter = (url: string): OpenRouter =>
  new OpenRouter({ apiKey: KEY, serverURL: `${url}/api/v1`, retryConfig: { strategy: "none" } });

describe("OpenAI's client", () => {
  it("gets an answer", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    const answer = await openAi(box.url).chat.completions.create({ model: MODEL, messages: MESSAGES });
    expect(answer.choices[0]?.message.content).toBe("Good day");
    expect(answer.usage?.total_tokens).toBe(15);
  });

  it("gets a stream", async () => {
    const box = await startGateway();
    const stream = await openAi(box.url).chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
    let text = "";
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    expect(text).toBe("Hello");
  });

  it("throws when a stream breaks off, instead of taking the part for the whole", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      yield chunk({ content: "Hel" });
      throw new SignalboxError("upstream_failed", "The connection broke.", { metadata: { endpoint: "acme/large" } });
    };
    const stream = await openAi(box.url).chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
    const read = async (): Promise<void> => {
      for await (const _ of stream);
    };
    const failure: unknown = await read().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(APIError);
    expect(failure).toMatchObject({ code: "upstream_failed", error: { metadata: { who: "acme/large" } } });
  });

  it("understands a wrong key, and a wrong field by its place", async () => {
    const box = await startGateway();
    const ask = (key: string, temperature: number) =>
      openAi(box.url, key).chat.completions.create({ model: MODEL, messages: MESSAGES, temperature });
    await expect(ask("sbx_wrong", 1)).rejects.toThrow(AuthenticationError);
    await expect(ask(KEY, 9)).rejects.toMatchObject({ status: 400, param: "temperature", code: "invalid_request" });
  });

  it("lists models and finds one whose id has a slash", async () => {
    const box = await startGateway();
    const client = openAi(box.url);
    const listed = await client.models.list();
    expect(listed.data.map(({ id, object }) => `${object} ${id}`)).toEqual([`model ${MODEL}`]);
    expect((await client.models.retrieve(MODEL)).id).toBe(MODEL);
  });
});

describe("OpenRouter's client, which checks every answer against its schema", () => {
  it("accepts an answer with its cost", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    const answer = await openRouter(box.url).chat.send({ chatRequest: { model: MODEL, messages: MESSAGES } });
    expect(answer).toMatchObject({ model: MODEL, systemFingerprint: null, usage: { cost: 0.000_004 } });
  });

  it("accepts every chunk of a stream", async () => {
    const box = await startGateway();
    const stream = await openRouter(box.url).chat.send({
      chatRequest: { model: MODEL, messages: MESSAGES, stream: true },
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error("The client took the stream for a whole answer.");
    const chunks = [];
    for await (const each of stream) chunks.push(each);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("Hello");
    expect(chunks.at(-1)?.usage?.cost).toBe(0.000_004);
  });

  it("reads every error for what it is, and its stable name beside it", async () => {
    const box = await startGateway();
    const ask = (apiKey: string) =>
      new OpenRouter({ apiKey, serverURL: `${box.url}/api/v1`, retryConfig: { strategy: "none" } }).chat.send({
        chatRequest: { model: MODEL, messages: MESSAGES },
      });
    await expect(ask("sbx_wrong")).rejects.toThrow(UnauthorizedResponseError);
    box.service.refusal = new SignalboxError("model_not_found", "The model is not configured.", { param: "model" });
    await expect(ask(KEY)).rejects.toThrow(NotFoundResponseError);
    await expect(ask(KEY)).rejects.toMatchObject({
      error: {
        code: 404,
        message: "The model is not configured.",
        metadata: { code: "model_not_found", error_type: "not_found", who: "caller" },
      },
    });
    box.service.refusal = new SignalboxError("queue_full", "Too many wait.", { retryAfterMs: 2_000 });
    await expect(ask(KEY)).rejects.toThrow(TooManyRequestsResponseError);
  });

  it("reads the error that ends a stream as part of it", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      yield chunk({ content: "Hel" });
      throw new SignalboxError("upstream_failed", "The connection broke.");
    };
    const stream = await openRouter(box.url).chat.send({
      chatRequest: { model: MODEL, messages: MESSAGES, stream: true },
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error("The client took the stream for a whole answer.");
    const chunks = [];
    for await (const each of stream) chunks.push(each);
    expect(chunks.at(-1)).toMatchObject({
      choices: [{ finishReason: "error" }],
      error: { code: 502, message: "The connection broke.", metadata: { errorType: "provider_unavailable" } },
    });
  });

  it("accepts the list of models, one model and its endpoints", async () => {
    const box = await startGateway();
    const percentiles = { p50: 100, p75: 120, p90: 150, p99: 300, count: 20 };
    const { state } = idle(NANO);
    box.state.snapshots = [
      { facts: NANO, state: { ...state, ttftMs: percentiles, tokensPerSecond: percentiles } },
      idle({ ...NANO, id: "site/signalbox/nano", providerId: "site", location: "site", quantization: "q8_0" }),
    ];
    const client = openRouter(box.url);
    const listed = await client.models.list();
    expect(listed.result.data[0]).toMatchObject({
      id: MODEL,
      pricing: { prompt: "0.00000015", completion: "0.0000006" },
      contextLength: 4_096,
    });
    expect(listed.result.totalCount).toBe(1);
    const [author = "", slug = ""] = MODEL.split("/");
    expect((await client.models.get({ author, slug })).data.id).toBe(MODEL);
    const endpoints = await client.endpoints.list({ author, slug });
    expect(endpoints.data.endpoints.map(({ tag, status }) => [tag, status])).toEqual([
      ["box", 0],
      ["site", 0],
    ]);
    expect(endpoints.data.endpoints[0]?.latencyLast30m?.p99).toBe(300);
  });

  it("accepts the key, its credits, and what was recorded about a request", async () => {
    const box = await startGateway();
    box.keys.spend = { ...box.keys.spend, dayMicroUsd: 1, weekMicroUsd: 2, monthMicroUsd: 3 };
    const client = openRouter(box.url);
    expect((await client.apiKeys.getCurrentKeyMetadata()).data).toMatchObject({
      label: "the inference key",
      usage: 1.5,
      limit: 10,
      limitRemaining: 8.25,
      usageDaily: 0.000_001,
    });
    expect((await client.credits.getCredits()).data).toEqual({ totalCredits: 10, totalUsage: 1.5 });
    box.state.generations.set("req_1", {
      requestId: "req_1",
      keyId: "key_inference",
      recordedAtMs: 1_700_000_000_000,
      attempts: [
        { attemptNumber: 1, endpointId: "cloud/big", auditIndex: 3, outcome: outcome("failed", 502) },
        { attemptNumber: 2, endpointId: NANO.id, auditIndex: 5, outcome: outcome("answered", 200) },
      ],
    });
    const { data } = await client.generations.getGeneration({ id: "req_1" });
    expect(data).toMatchObject({
      id: "req_1",
      cancelled: false,
      finishReason: "stop",
      tokensPrompt: 12,
      totalCost: 0.000_008,
    });
    expect(data.providerResponses?.map(({ endpointId, status }) => [endpointId, status])).toEqual([
      ["cloud/big", 502],
      [NANO.id, 200],
    ]);
  });
});

function outcome(result: "failed" | "answered", httpStatus: number) {
  return {
    requestId: "req_1",
    keyId: "key_inference",
    attemptNumber: 1,
    result,
    httpStatus,
    finishReason: "stop",
    usage: { promptTokens: 12, completionTokens: 3, basis: "measured" as const },
    costMicroUsd: 4,
    totalMs: 9,
  };
}
