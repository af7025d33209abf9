import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

interface ClassifyAnswer {
  readonly object: string;
  readonly results: readonly {
    readonly index: number;
    readonly label: string;
    readonly labels: readonly { readonly label: string; readonly probability: number }[];
    readonly mass?: number;
    readonly score?: number;
  }[];
  readonly usage: { readonly prompt_tokens: number };
}

interface CompletedText {
  readonly choices: readonly { readonly logprobs: { readonly token_logprobs: readonly (number | null)[] } }[];
}

const LABELS = ["billing question", "shipping", { label: "other", description: "anything else" }];

describe("a worker that weighs labels", () => {
  let decided: WorkerProcess;
  let nano: WorkerProcess;

  beforeAll(async () => {
    [decided, nano] = await Promise.all([
      startWorker(await buildTestModel("scripted", { script: "I will not say." })),
      startWorker(await buildTestModel("noise"), { contextTokens: 512 }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([decided.stop(), nano.stop()]);
  });

  async function classify(worker: WorkerProcess, body: Record<string, unknown>): Promise<ClassifyAnswer> {
    const answer = await worker.call("/v1/classify", body);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as ClassifyAnswer;
  }

  it("gives each label the share that its text has as the beginning of the model's answer", async () => {
    const input = "My invoice is wrong.";
    const labels = ["billing", "shipping delay", "other"];
    const task =
      "Classify the text that the user sends. Answer with exactly one of these labels, and with nothing else:";
    const system = [task, ...labels.map((label) => `- ${label}`)].join("\n");
    const turn = (role: string, text: string): string => `<|im_start|>${role}\n${text}<|im_end|>\n`;
    const prompt = `${turn("system", system)}${turn("user", input)}<|im_start|>assistant\n`;

    /** How likely the text of a raw prompt is, as `/v1/completions` says it. */
    const logprobOf = async (text: string): Promise<number> => {
      const body = { prompt: text, echo: true, max_tokens: 0, logprobs: 0 };
      const { choices } = JSON.parse((await nano.call("/v1/completions", body)).text) as CompletedText;
      return choices[0]?.logprobs.token_logprobs.reduce<number>((sum, one) => sum + (one ?? 0), 0) ?? 0;
    };
    const before = await logprobOf(prompt);
    const weights = [];
    for (const label of labels) weights.push(Math.exp((await logprobOf(prompt + label)) - before));
    const total = weights.reduce((sum, weight) => sum + weight, 0);

    const { object, results } = await classify(nano, { input, labels });
    expect(object).toBe("classification");
    const [result] = results;
    expect(result?.labels.map(({ label }) => label)).toEqual(labels);
    for (const [index, { probability }] of (result?.labels ?? []).entries())
      expect(probability).toBeCloseTo((weights[index] ?? 0) / total, 3);
    const best = result?.labels.toSorted((one, other) => other.probability - one.probability)[0];
    expect(result?.label).toBe(best?.label);
    expect(result?.mass).toBeCloseTo(total, 3);
    expect(result?.score).toBeUndefined();
  });

  it("says when the model would rather have answered something else", async () => {
    const [result] = (await classify(decided, { input: "My invoice is wrong.", labels: LABELS })).results;
    expect(result?.mass).toBeLessThan(0.01);
  });

  it("gives probabilities that sum to 1, the same each time, for each text by itself", async () => {
    const input = ["The parcel is late.", "I was charged twice.", "Hello!"];
    const { results, usage } = await classify(nano, { input, labels: LABELS, instructions: "Be strict." });
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { labels, mass } of results) {
      expect(labels.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
      expect(mass).toBeGreaterThanOrEqual(0);
      expect(mass).toBeLessThanOrEqual(1);
    }
    const alone = await classify(nano, { input: input[1], labels: LABELS, instructions: "Be strict." });
    for (const [index, { probability }] of (alone.results[0]?.labels ?? []).entries())
      expect(probability).toBeCloseTo(results[1]?.labels[index]?.probability ?? -1, 4);
    expect(usage.prompt_tokens).toBeGreaterThan(alone.usage.prompt_tokens * 2);
  });

  it("asks about each label by itself where several may fit", async () => {
    const { results } = await classify(nano, { input: "The parcel is late.", labels: LABELS, multiple: true });
    const [result] = results;
    expect(result?.labels).toHaveLength(3);
    for (const { probability } of result?.labels ?? []) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
    expect(result?.mass).toBeUndefined();
  });

  it("averages labels that are numbers", async () => {
    const [result] = (await classify(nano, { input: "Good!", labels: ["1", "2", "3"] })).results;
    const expected = result?.labels.reduce((sum, { label, probability }) => sum + Number(label) * probability, 0);
    expect(result?.score).toBeCloseTo(expected ?? -1, 6);
  });

  it("writes nothing: the same model chats on as before", async () => {
    const body = { messages: [{ role: "user", content: "Hello" }], temperature: 0 };
    const before = (await decided.chat(body)).choices[0]?.message.content;
    await classify(decided, { input: "Anything", labels: LABELS });
    expect((await decided.chat(body)).choices[0]?.message.content).toBe(before);
  });

  it.each([
    [{ input: "a", labels: ["one"] }, "invalid_request", "labels"],
    [{ input: "a", labels: ["one", "one"] }, "invalid_request", "labels"],
    [{ input: [], labels: LABELS }, "invalid_request", "input"],
    [{ labels: LABELS }, "invalid_request", "input"],
    [{ input: ["a", "word ".repeat(600)], labels: LABELS }, "context_length_exceeded", "input[1]"],
  ])("refuses what it can't do and names the field (case %#)", async (body, code, param) => {
    const answer = await nano.call("/v1/classify", body);
    expect((JSON.parse(answer.text) as { readonly error: unknown }).error).toMatchObject({ code, param });
  });
});
