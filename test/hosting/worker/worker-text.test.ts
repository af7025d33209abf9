import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

interface TextAnswer {
  readonly object: string;
  readonly choices: readonly {
    readonly index: number;
    readonly text: string;
    readonly finish_reason: string | null;
    readonly logprobs: {
      readonly tokens: readonly string[];
      readonly token_logprobs: readonly (number | null)[];
      readonly top_logprobs: readonly (Readonly<Record<string, number>> | null)[];
      readonly text_offset: readonly number[];
    } | null;
  }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

describe("a worker that goes on with texts", () => {
  let endless: WorkerProcess;
  let nano: WorkerProcess;

  beforeAll(async () => {
    [endless, nano] = await Promise.all([
      startWorker(await buildTestModel("scripted-endless")),
      startWorker(await buildTestModel("noise"), { contextTokens: 256 }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([endless.stop(), nano.stop()]);
  });

  async function complete(worker: WorkerProcess, body: Record<string, unknown>): Promise<TextAnswer> {
    const answer = await worker.call("/v1/completions", body);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as TextAnswer;
  }

  async function refusal(body: Record<string, unknown>): Promise<Readonly<Record<string, unknown>>> {
    const answer = await nano.call("/v1/completions", body);
    const { error } = JSON.parse(answer.text) as { readonly error: Readonly<Record<string, unknown>> };
    return { status: answer.status, ...error };
  }

  it("writes 16 tokens unless told otherwise, and says that it was cut", async () => {
    const { object, choices, usage } = await complete(endless, { prompt: "Count: ", temperature: 0 });
    expect(object).toBe("text_completion");
    expect(choices).toMatchObject([{ index: 0, finish_reason: "length", logprobs: null }]);
    expect(usage.completion_tokens).toBe(16);
  });

  it("goes on with each prompt, n times, in their order", async () => {
    const body = { prompt: ["one", "two"], n: 2, max_tokens: 3, temperature: 0 };
    const { choices, usage } = await complete(nano, body);
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(choices[0]?.text).toBe(choices[1]?.text);
    expect(usage.completion_tokens).toBe(12);
    const alone = await complete(nano, { ...body, prompt: "two", n: 1 });
    expect(alone.choices[0]?.text).toBe(choices[2]?.text);
  });

  it("takes a prompt in tokens for the same prompt in text", async () => {
    const body = { max_tokens: 4, temperature: 0 };
    const echoed = await complete(nano, { ...body, prompt: "The end", echo: true, logprobs: 0, max_tokens: 0 });
    const { usage } = echoed;
    const inText = await complete(nano, { ...body, prompt: "The end" });
    expect(inText.usage.prompt_tokens).toBe(usage.prompt_tokens);
    expect((await complete(nano, { ...body, prompt: [5, 6, 7] })).choices[0]?.text).toEqual(expect.any(String));
    expect(await refusal({ prompt: [1, 9_999_999] })).toMatchObject({ status: 400, param: "prompt" });
  });

  it("ends at a stop sequence that lies across tokens, without it", async () => {
    const whole = (await complete(endless, { prompt: "", max_tokens: 24, temperature: 0 })).choices[0]?.text ?? "";
    const stop = whole.slice(9, 15);
    const { choices } = await complete(endless, { prompt: "", max_tokens: 24, temperature: 0, stop: [stop] });
    expect(choices[0]).toMatchObject({ text: whole.slice(0, whole.indexOf(stop)), finish_reason: "stop" });
  });

  it("writes the same with the same seed, and streams what it writes whole", async () => {
    const body = { prompt: "Once upon", max_tokens: 12, temperature: 1.2, seed: 11 };
    const { choices, usage } = await complete(nano, body);
    const text = choices[0]?.text;
    expect((await complete(nano, body)).choices[0]?.text).toBe(text);
    const answer = await nano.call("/v1/completions", {
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    const frames = answer.text.split("\n\n").filter((frame) => frame !== "");
    expect(frames.pop()).toBe("data: [DONE]");
    const chunks = frames.map((frame) => JSON.parse(frame.slice("data: ".length)) as TextAnswer);
    expect(chunks.map((chunk) => chunk.choices[0]?.text ?? "").join("")).toBe(text);
    expect(chunks.at(-1)?.usage).toMatchObject({ completion_tokens: usage.completion_tokens });
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe(choices[0]?.finish_reason);
  });

  it("repeats the prompt before the answer when asked to", async () => {
    const body = { prompt: "Once upon a time", max_tokens: 4, temperature: 0 };
    const alone = (await complete(nano, body)).choices[0]?.text;
    expect((await complete(nano, { ...body, echo: true })).choices[0]?.text).toBe(body.prompt + (alone ?? ""));
  });

  it("says how likely each token of a prompt is, the first one aside, as it would be in an answer", async () => {
    const written = await complete(nano, { prompt: "Once upon", max_tokens: 5, temperature: 0, logprobs: 2 });
    const answer = written.choices[0];
    const text = `Once upon${answer?.text ?? ""}`;
    const { choices } = await complete(nano, {
      prompt: "Once upon",
      max_tokens: 5,
      temperature: 0,
      logprobs: 2,
      echo: true,
    });
    const logprobs = choices[0]?.logprobs;
    expect(choices[0]?.text).toBe(text);
    expect(logprobs?.tokens.join("")).toBe(text);
    expect(logprobs?.token_logprobs.slice(1).every((value) => typeof value === "number" && value <= 0)).toBe(true);
    expect(logprobs?.text_offset[0]).toBe(0);
    expect(logprobs?.tokens).toHaveLength(logprobs?.text_offset.length ?? -1);
    for (const top of logprobs?.top_logprobs.slice(1) ?? [])
      expect(Object.keys(top ?? {}).length).toBeLessThanOrEqual(2);

    // The same tokens, read as a prompt instead of written, are as likely.
    const scored = await complete(nano, { prompt: text, max_tokens: 0, logprobs: 0, echo: true });
    const asPrompt = scored.choices[0]?.logprobs;
    expect(scored.usage.completion_tokens).toBe(0);
    if (asPrompt?.tokens.length === logprobs?.tokens.length)
      for (const [index, value] of (asPrompt?.token_logprobs ?? []).entries())
        expect(value ?? 0).toBeCloseTo(logprobs?.token_logprobs[index] ?? 0, 2);
  });

  it("reuses what was read for its own scope, and nothing of another's", async () => {
    const alone = await startWorker(await buildTestModel("noise"), { contextTokens: 256, slots: 1 });
    const cachedTokens = async (scope: string): Promise<number> => {
      const body = { prompt: "A long beginning that is read once and for all. ".repeat(3), max_tokens: 1 };
      const answer = await alone.call("/v1/completions", body, undefined, { "x-signalbox-cache-scope": scope });
      const { usage } = JSON.parse(answer.text) as { usage: { prompt_tokens_details: { cached_tokens: number } } };
      return usage.prompt_tokens_details.cached_tokens;
    };
    try {
      expect(await cachedTokens("one")).toBe(0);
      expect(await cachedTokens("one")).toBeGreaterThan(10);
      expect(await cachedTokens("other")).toBe(0);
    } finally {
      await alone.stop();
    }
  });

  it("lets control tokens of a raw prompt count as such, unlike those in a message", async () => {
    const raw = (await complete(nano, { prompt: "<|im_end|>", max_tokens: 1 })).usage.prompt_tokens;
    const chat = async (text: string): Promise<number> =>
      (await nano.chat({ messages: userSays(text), max_tokens: 1 })).usage.prompt_tokens;
    expect(raw).toBeLessThanOrEqual(2);
    expect((await chat("<|im_end|>")) - (await chat("a"))).toBeGreaterThan(1);
  });

  it.each([
    [{ prompt: "a", suffix: "b" }, "unsupported_parameter", "suffix"],
    [{ prompt: "a", best_of: 3 }, "unsupported_parameter", "best_of"],
    [{ prompt: "a", max_tokens: 0 }, "invalid_request", "max_tokens"],
    [{ prompt: [] }, "invalid_request", "prompt"],
    [{ prompt: ["a", "b"], n: 100 }, "invalid_request", "n"],
    [{ prompt: ["a", "word ".repeat(300)] }, "context_length_exceeded", "prompt[1]"],
  ])("refuses what it can't do and names the field (case %#)", async (body, code, param) => {
    expect(await refusal(body)).toMatchObject({ code, param });
  });
});
