import { OpenRouter } from "@openrouter/sdk";
import OpenAI, { APIError, BadRequestError } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const EMBED = "test/embed";
const RANK = "test/rank";
const REMOTE_EMBED = "site/embed";
const REMOTE_RANK = "site/rank";
const QUERY = "Where does the night train go?";
const DOCUMENTS = ["Apples are yellow.", "The night train goes to Vienna."];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe("embeddings and reranking", () => {
  let box: RunningBox;
  let site: UpstreamServer;
  let openAi: OpenAI;
  let openRouter: OpenRouter;

  beforeAll(async () => {
    site = await startUpstreamServer({
      behave: (request, response) => {
        // As many servers do: numbers whatever the encoding, a score by another name, no documents.
        const answer = request.path.endsWith("/embeddings")
          ? {
              object: "list",
              data: [{ object: "embedding", index: 0, embedding: [0.6, 0.8] }],
              usage: { prompt_tokens: 3, total_tokens: 3 },
            }
          : { results: DOCUMENTS.map((_, index) => ({ index, score: index / 2 })), usage: { total_tokens: 40 } };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
      },
    });
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        models: [
          { id: EMBED, file: await buildTestModel("embed"), contextTokens: 512, device: "cpu" },
          { id: RANK, file: await buildTestModel("rank"), contextTokens: 512, device: "cpu" },
        ],
        providers: [
          {
            id: "site",
            protocol: "openai",
            baseUrl: `${site.origin}/v1`,
            location: "site",
            models: [
              { id: REMOTE_EMBED, capabilities: ["embeddings"], price: { input: 10, output: 0 } },
              { id: REMOTE_RANK, capabilities: ["rerank"], price: { input: 1, output: 0 } },
            ],
          },
        ],
      },
    });
    openAi = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
    openRouter = new OpenRouter({
      apiKey: ADMIN_KEY,
      serverURL: `${box.url}/api/v1`,
      retryConfig: { strategy: "none" },
    });
  });

  afterAll(async () => {
    await box.stop();
    await site.close();
  });

  it("OpenAI's client reads vectors of this box's model, of length 1 and close for like texts", async () => {
    const input = ["a station in the city", "the city and a station", "seven apples"];
    const { data, usage, model } = await openAi.embeddings.create({ model: EMBED, input });
    const [a = [], b = [], c = []] = data.map(({ embedding }) => embedding);
    expect(dot(a, a)).toBeCloseTo(1, 5);
    expect(dot(a, b)).toBeGreaterThan(dot(a, c));
    expect(model).toBe(EMBED);
    expect(usage.total_tokens).toBe(usage.prompt_tokens);
    expect(usage.prompt_tokens).toBeGreaterThan(input.length);
  });

  it("OpenAI's client, which asks for base64, reads vectors of a server that sends numbers", async () => {
    const { data, usage } = await openAi.embeddings.create({ model: REMOTE_EMBED, input: "hello" });
    expect(data[0]?.embedding.map((value) => Math.round(value * 10))).toEqual([6, 8]);
    expect(usage).toMatchObject({ prompt_tokens: 3, total_tokens: 3, cost: 0.00003 });
  });

  it("OpenRouter's client, which checks answers, takes embeddings and rankings from both", async () => {
    for (const model of [EMBED, REMOTE_EMBED]) {
      const answer = await openRouter.embeddings.generate({ requestBody: { model, input: ["hello"] } });
      expect(answer).toMatchObject({ object: "list", model });
    }
    for (const model of [RANK, REMOTE_RANK]) {
      const answer = await openRouter.rerank.rerank({
        requestBody: { model, query: QUERY, documents: DOCUMENTS, topN: 1 },
      });
      if (typeof answer === "string") throw new Error(answer);
      expect(answer.results).toHaveLength(1);
      expect(answer.results[0]?.document.text).toBe(DOCUMENTS[answer.results[0]?.index ?? -1]);
    }
  });

  it("say in their headers and in the log what kind of work they were", async () => {
    const response = await box.send("POST", "/v1/rerank", { model: "auto", query: QUERY, documents: DOCUMENTS });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-workload")).toBe("rerank");
    expect(response.headers.get("x-signalbox-endpoint")).toMatch(/rank$/);
    const generation = await box.get(`/v1/generation?id=${response.headers.get("x-request-id") ?? ""}`);
    expect(await generation.json()).toMatchObject({
      data: { api_type: "rerank", tokens_completion: 0, finish_reason: null },
    });
    expect(Number(response.headers.get("x-signalbox-audit-index"))).toBeGreaterThanOrEqual(0);
  });

  it("name the input that is too long for the model", async () => {
    const input = ["short", "word ".repeat(900)];
    const error = await openAi.embeddings.create({ model: EMBED, input }).catch((thrown: unknown) => thrown);
    if (!(error instanceof APIError)) throw new Error("It was not refused.");
    expect(error).toMatchObject({ status: 422, code: "context_length_exceeded" });
    expect(error.message).toContain("input[1]");
  });

  it("refuse a model that is made for other work, and a choice of models", async () => {
    await expect(openAi.embeddings.create({ model: RANK, input: "a" })).rejects.toThrow(BadRequestError);
    await expect(openAi.embeddings.create({ model: "auto", input: "a" })).rejects.toThrow(/can't be compared/);
    const chat = openAi.chat.completions.create({ model: EMBED, messages: [{ role: "user", content: "Hi" }] });
    await expect(chat).rejects.toThrow(/does not chat/);
  });

  it("are paid for by what was read, within the key's budget", async () => {
    const created = await box.command("keys", "create", "--name", "poor", "--budget-usd", "0.00001", "--json");
    const { key } = JSON.parse(created.stdout) as { key: string };
    const refused = await box.send("POST", "/v1/embeddings", { model: REMOTE_EMBED, input: "hello there" }, key);
    expect(refused.status).toBe(402);
    const free = await box.send("POST", "/v1/embeddings", { model: EMBED, input: "hello there" }, key);
    expect(free.status).toBe(200);
    expect(await free.json()).toMatchObject({ usage: { cost: 0 } });
  });
});
