import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

interface EmbeddingAnswer {
  readonly data: readonly { readonly index: number; readonly embedding: readonly number[] & string }[];
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}
interface RerankAnswer {
  readonly results: readonly { readonly index: number; readonly relevance_score: number }[];
  readonly usage: { readonly prompt_tokens: number };
}
interface ErrorAnswer {
  readonly error: { readonly code: string; readonly param: string; readonly message: string };
}

const CONTEXT_TOKENS = 256;
const LONG_TEXT = "word ".repeat(400);

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe("a worker with an embedding model", () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    worker = await startWorker(await buildTestModel("embed"), { contextTokens: CONTEXT_TOKENS });
  });
  afterAll(() => worker.stop());

  async function embed(body: Record<string, unknown>): Promise<EmbeddingAnswer> {
    const answer = await worker.call("/v1/embeddings", body);
    expect(answer.status).toBe(200);
    return JSON.parse(answer.text) as EmbeddingAnswer;
  }

  async function refusal(body: Record<string, unknown>): Promise<{ status: number } & ErrorAnswer["error"]> {
    const answer = await worker.call("/v1/embeddings", body);
    return { status: answer.status, ...(JSON.parse(answer.text) as ErrorAnswer).error };
  }

  it("gives a vector of length 1 for each input, in their order, and close ones for like texts", async () => {
    const input = ["the railway station in the city", "the station in the railway city", "seven yellow apples"];
    const { data } = await embed({ input });
    expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
    const [a = [], b = [], c = []] = data.map(({ embedding }) => embedding as readonly number[]);
    for (const vector of [a, b, c]) expect(dot(vector, vector)).toBeCloseTo(1, 6);
    expect(dot(a, b)).toBeGreaterThan(0.9);
    expect(dot(a, c)).toBeLessThan(0.5);
  });

  it("gives the same vector for a text alone and among others", async () => {
    const text = "a quiet morning";
    const alone = (await embed({ input: text })).data[0]?.embedding;
    expect((await embed({ input: ["noise", text, "more noise"] })).data[1]?.embedding).toEqual(alone);
  });

  it("counts the tokens of every input, exactly", async () => {
    const one = (await embed({ input: "a quiet morning" })).usage;
    const two = (await embed({ input: ["a quiet morning", "a quiet morning"] })).usage;
    expect(one.prompt_tokens).toBeGreaterThan(2);
    expect(two).toEqual({ prompt_tokens: 2 * one.prompt_tokens, total_tokens: 2 * one.prompt_tokens });
    const tokens = (await embed({ input: [[5, 6, 7]] })).usage.prompt_tokens;
    expect(tokens - 3).toBe((await embed({ input: [5, 6, 7, 8] })).usage.prompt_tokens - 4);
  });

  it("writes vectors in base64 when asked to", async () => {
    const floats: readonly number[] = (await embed({ input: "hello" })).data[0]?.embedding ?? [];
    const base64 = (await embed({ input: "hello", encoding_format: "base64" })).data[0]?.embedding ?? "";
    const bytes = Buffer.from(base64, "base64");
    const decoded = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
    expect(decoded).toEqual(floats.map(Math.fround));
  });

  it("shortens vectors of a model that is made for it, to length 1 again, and refuses more than the model has", async () => {
    const whole = (await embed({ input: "hello there" })).data[0]?.embedding ?? [];
    const short = ((await embed({ input: "hello there", dimensions: 16 })).data[0]?.embedding ??
      []) as readonly number[];
    expect(short).toHaveLength(16);
    expect(dot(short, short)).toBeCloseTo(1, 6);
    const scale = (short[0] ?? 0) / ((whole as readonly number[])[0] ?? 1);
    for (const [index, value] of short.entries())
      expect(value).toBeCloseTo(((whole as readonly number[])[index] ?? 0) * scale, 5);
    expect(await refusal({ input: "a", dimensions: 100_000 })).toMatchObject({ status: 400, param: "dimensions" });
  });

  it("names the input that the context can't hold, and reads nothing then", async () => {
    const before = (await worker.health()).evaluated_tokens;
    expect(await refusal({ input: ["short", LONG_TEXT] })).toMatchObject({
      status: 422,
      code: "context_length_exceeded",
      param: "input[1]",
    });
    expect((await worker.health()).evaluated_tokens).toBe(before);
  });

  it("takes a text that fills its context to the last token", async () => {
    const { prompt_tokens: added } = (await embed({ input: [[5]] })).usage;
    const filling = Array.from({ length: CONTEXT_TOKENS - (added - 1) }, () => 5);
    expect((await embed({ input: [filling] })).usage.prompt_tokens).toBe(CONTEXT_TOKENS);
    expect(await refusal({ input: [[...filling, 5]] })).toMatchObject({ code: "context_length_exceeded" });
  });

  it("survives a token that its vocabulary does not have", async () => {
    expect(await refusal({ input: [[1, 9_999_999]] })).toMatchObject({ status: 400, param: "input[0]" });
    expect((await embed({ input: "still here" })).data).toHaveLength(1);
  });

  it.each([
    [{ input: "" }, "input"],
    [{ input: [] }, "input"],
    [{ input: "a", dimensions: 0 }, "dimensions"],
    [{ input: "a", encoding_format: "hex" }, "encoding_format"],
  ])("refuses %j and names the field", async (body, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code: "invalid_request", param });
  });

  it("serves several requests at the same time, each with its own vectors", async () => {
    const texts = ["alpha", "beta", "gamma", "delta", "epsilon"];
    const alone = [];
    for (const input of texts) alone.push((await embed({ input })).data[0]?.embedding);
    const together = await Promise.all(texts.map(async (input) => (await embed({ input })).data[0]?.embedding));
    expect(together).toEqual(alone);
  });

  it("stops between two inputs when its client goes away", async () => {
    const gone = new AbortController();
    const input = Array.from({ length: 2_000 }, () => "word ".repeat(100));
    const call = worker.call("/v1/embeddings", { input }, gone.signal);
    await worker.heartbeat(({ running }) => running === 1);
    gone.abort();
    await expect(call).rejects.toThrow(/abort/i);
    await worker.heartbeat(({ running }) => running === 0);
    expect((await worker.health()).evaluated_tokens).toBeLessThan(2_000 * 100);
  });

  it("has no route for what it is not made for", async () => {
    expect((await worker.call("/v1/chat/completions", { messages: [] })).status).toBe(404);
  });
});

describe("a worker with a reranking model", () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    worker = await startWorker(await buildTestModel("rank"), { contextTokens: CONTEXT_TOKENS });
  });
  afterAll(() => worker.stop());

  const query = "Where does the night train go?";
  const documents = ["The night train goes to Vienna.", "Apples are yellow.", { text: "Trains run at night." }];

  it("scores every document from 0 to 1, the best first, the same alone as among others", async () => {
    const { results, usage } = JSON.parse((await worker.call("/v1/rerank", { query, documents })).text) as RerankAnswer;
    expect(results.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    const scores = results.map((result) => result.relevance_score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const score of scores) expect(score).toBeGreaterThan(0);
    for (const score of scores) expect(score).toBeLessThan(1);
    const alone = JSON.parse(
      (await worker.call("/v1/rerank", { query, documents: [documents[1]] })).text,
    ) as RerankAnswer;
    const among = results.find(({ index }) => index === 1)?.relevance_score;
    expect(alone.results[0]?.relevance_score).toBeCloseTo(among ?? 0, 6);
    expect(usage.prompt_tokens).toBeGreaterThan(alone.usage.prompt_tokens);
  });

  it("names the document that the context can't hold together with the query", async () => {
    const answer = await worker.call("/v1/rerank", { query, documents: ["short", LONG_TEXT] });
    expect(answer.status).toBe(422);
    expect((JSON.parse(answer.text) as ErrorAnswer).error).toMatchObject({
      code: "context_length_exceeded",
      param: "documents[1]",
    });
  });

  it.each([
    [{ documents: ["a"] }, "query"],
    [{ query, documents: [] }, "documents"],
  ])("refuses %j and names the field", async (body, param) => {
    const answer = await worker.call("/v1/rerank", body);
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.text) as ErrorAnswer).error).toMatchObject({ param });
  });
});
