import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { collectStream, startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const SCRIPT = "Grüße aus Zürich: 20 € für zwei 😀 Tickets.";

let scripted: WorkerProcess;
let nano: WorkerProcess;

beforeAll(async () => {
  const files = [await buildTestModel("scripted", { script: SCRIPT }), await buildTestModel("noise")];
  [scripted, nano] = (await Promise.all(files.map((file) => startWorker(file)))) as [WorkerProcess, WorkerProcess];
});
afterAll(async () => {
  await Promise.all([scripted?.stop(), nano?.stop()]);
});

describe("an answer's text", () => {
  test("is exactly what the model says, and its tokens are counted", async () => {
    const messages = userSays("Hello");
    const answer = await scripted.chat({ messages, temperature: 0 });
    expect(answer).toMatchObject({
      object: "chat.completion",
      model: "test/model",
      choices: [{ index: 0, message: { role: "assistant", content: SCRIPT }, logprobs: null, finish_reason: "stop" }],
    });
    const { count } = JSON.parse((await scripted.call("/tokenize", { messages })).text) as { count: number };
    expect(answer.usage.prompt_tokens).toBe(count);
    expect(answer.usage.total_tokens).toBe(count + answer.usage.completion_tokens);
  });

  test("is the same as a stream, whose frames are OpenAI's and cut no character", async () => {
    const options = { include_usage: true };
    const { text, chunks, finishReason, isDone } = await collectStream(
      scripted.stream({ messages: userSays("Hello"), temperature: 0, stream_options: options }),
    );
    expect(text).toBe(SCRIPT);
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
    expect(chunks.every((chunk) => chunk.object === "chat.completion.chunk" && chunk.id === chunks[0]?.id)).toBe(true);
    expect(chunks.some(({ choices }) => choices[0]?.delta.content?.includes("\ufffd"))).toBe(false);
    expect(finishReason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
    expect(isDone).toBe(true);
  });

  test("has no usage in a stream that did not ask for it", async () => {
    const { chunks } = await collectStream(scripted.stream({ messages: userSays("Hello"), temperature: 0 }));
    expect(chunks.every(({ usage }) => usage === undefined)).toBe(true);
  });

  test.each([
    ["für zwei", "Grüße aus Zürich: 20 € "],
    [["never said", "rich: 2"], "Grüße aus Zü"],
    ["G", ""],
  ])("ends before the stop sequence %j, which is never part of it", async (stop, expected) => {
    const body = { messages: userSays("Hello"), temperature: 0, stop };
    const whole = await scripted.chat(body);
    const streamed = await collectStream(scripted.stream(body));
    expect([whole.choices[0]?.message.content, streamed.text]).toEqual([expected, expected]);
    expect([whole.choices[0]?.finish_reason, streamed.finishReason]).toEqual(["stop", "stop"]);
  });

  test.each(["max_tokens", "max_completion_tokens"])("ends at %s with the reason length", async (field) => {
    const answer = await scripted.chat({ messages: userSays("Hello"), temperature: 0, [field]: 3 });
    expect(answer.choices[0]?.finish_reason).toBe("length");
    expect(answer.usage.completion_tokens).toBe(3);
    expect(SCRIPT.startsWith(answer.choices[0]?.message.content ?? "-")).toBe(true);
  });
});

describe("sampling", () => {
  const body = { messages: userSays("Tell me something"), max_tokens: 24, temperature: 1 };
  const say = async (more: Record<string, unknown>): Promise<string | null | undefined> =>
    (await nano.chat({ ...body, ...more })).choices[0]?.message.content;

  test("with the same seed says the same, with another seed something else", async () => {
    const [first, again, other] = [await say({ seed: 7 }), await say({ seed: 7 }), await say({ seed: 8 })];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("says the same with log probabilities as without", async () => {
    expect(await say({ seed: 7, logprobs: true, top_logprobs: 3 })).toBe(await say({ seed: 7 }));
  });

  test("at temperature 0 the chosen token is the likeliest, and probabilities add up to at most 1", async () => {
    const answer = await nano.chat({ ...body, temperature: 0, max_tokens: 8, logprobs: true, top_logprobs: 5 });
    const tokens = answer.choices[0]?.logprobs?.content ?? [];
    expect(tokens.length).toBeGreaterThan(0);
    for (const { token, logprob, top_logprobs: top } of tokens) {
      expect(top[0]).toMatchObject({ token, logprob });
      expect(top).toHaveLength(5);
      expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeLessThanOrEqual(1 + 1e-6);
      expect(top.map((one) => one.logprob)).toEqual(top.map((one) => one.logprob).toSorted((a, b) => b - a));
    }
  });

  test("a banned token is not said and a strongly favoured one is", async () => {
    const { choices } = await nano.chat({ ...body, temperature: 0, max_tokens: 1, logprobs: true, top_logprobs: 1 });
    const usual = choices[0]?.message.content;
    const ids = Array.from({ length: 300 }, (_, token) => token);
    const bias = Object.fromEntries(ids.map((token) => [String(token), token === 65 ? 100 : -100]));
    const favoured = await say({ temperature: 0, max_tokens: 4, logit_bias: bias });
    expect(favoured).not.toBe(usual);
    expect(new Set(favoured)).toHaveProperty("size", 1);
  });

  test("a presence penalty keeps what was said from being said again", async () => {
    const bias = Object.fromEntries([65, 66, 67, 68].map((token) => [String(token), 100]));
    const repeated = await say({ temperature: 0, max_tokens: 4, logit_bias: bias });
    const varied = await say({
      temperature: 0,
      max_tokens: 4,
      logit_bias: bias,
      presence_penalty: 2,
      frequency_penalty: 2,
      repeat_penalty: 1.5,
    });
    expect(new Set(varied).size).toBeGreaterThan(new Set(repeated).size);
  });

  test("n answers differ, each ends for its own reason, and all of them are counted", async () => {
    const answer = await nano.chat({ ...body, n: 3, seed: 1, max_tokens: 6 });
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(answer.choices.map(({ message }) => message.content)).size).toBe(3);
    expect(answer.usage.completion_tokens).toBeGreaterThan(6);
    const { chunks } = await collectStream(nano.stream({ ...body, n: 2, max_tokens: 3 }));
    const finished = chunks.flatMap(({ choices }) => choices).filter(({ finish_reason: reason }) => reason !== null);
    expect(finished.map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe("the cache", () => {
  test("a conversation that goes on evaluates only what is new", async () => {
    const first = userSays(`Remember this list of words: ${"apple pear plum ".repeat(30)}`);
    const answer = await scripted.chat({ messages: first, temperature: 0 });
    const before = await scripted.health();
    const messages = [
      ...first,
      { role: "assistant", content: answer.choices[0]?.message.content },
      ...userSays("And now?"),
    ];
    const next = await scripted.chat({ messages, temperature: 0 });
    const { cached_tokens: cached } = next.usage.prompt_tokens_details;
    expect(cached).toBeGreaterThanOrEqual(answer.usage.prompt_tokens);
    const evaluated = (await scripted.health()).evaluated_tokens - before.evaluated_tokens;
    expect(evaluated).toBe(next.usage.prompt_tokens - cached + next.usage.completion_tokens);
  });

  test("two conversations in turn keep their own slots", async () => {
    const conversations = ["cats ", "dogs "].map((word) => userSays(word.repeat(100)));
    for (const messages of conversations) await scripted.chat({ messages, max_tokens: 1 });
    for (const messages of conversations) {
      const { usage } = await scripted.chat({ messages, max_tokens: 1 });
      expect(usage.prompt_tokens_details.cached_tokens).toBe(usage.prompt_tokens - 1);
    }
  });
});

describe("refusals", () => {
  test("a prompt longer than the context is refused with the numbers, before anything is evaluated", async () => {
    const before = await nano.health();
    const { status, text } = await nano.call("/v1/chat/completions", { messages: userSays("word ".repeat(5_000)) });
    expect(status).toBe(422);
    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: "context_length_exceeded",
        type: "invalid_request_error",
        metadata: { context_tokens: 2048, prompt_tokens: expect.any(Number) },
      },
    });
    expect((await nano.health()).evaluated_tokens).toBe(before.evaluated_tokens);
  });

  test("a limit beyond the context is cut to what the context has room for", async () => {
    const answer = await nano.chat({ messages: userSays("Hi"), max_tokens: 1_000_000, stop: ["e"], seed: 1 });
    expect(answer.choices[0]?.finish_reason).toBe("stop");
  });

  test.each([
    ["{", "invalid_request", null],
    [{ messages: [] }, "invalid_request", "messages"],
    [{ messages: [{ role: "robot", content: "" }] }, "invalid_request", "messages[0].role"],
    [{ messages: userSays("x"), temperature: 9 }, "invalid_request", "temperature"],
    [{ messages: userSays("x"), tool_choice: "required" }, "invalid_request", "tool_choice"],
    [
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
      "unsupported_parameter",
      "messages[0].content[0]",
    ],
    [{ messages: [{ role: "tool", content: "1", tool_call_id: "a" }] }, "invalid_request", "messages[0].tool_call_id"],
  ])("%j is a 400 that names the field", async (body, code, param) => {
    const { status, text } = await nano.call("/v1/chat/completions", body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: { code, param, message: expect.any(String) } });
  });

  test("an unknown route is a 404 and a wrong method a 405", async () => {
    expect((await nano.call("/v1/nothing")).status).toBe(404);
    expect((await nano.call("/v1/chat/completions")).status).toBe(405);
  });
});

test("text of a message never becomes a control token", async () => {
  const plain = await nano.call("/tokenize", { messages: userSays("aa") });
  const hostile = await nano.call("/tokenize", { messages: userSays("a<|im_end|>a") });
  const [plainCount, hostileCount] = [plain, hostile].map(({ text }) => (JSON.parse(text) as { count: number }).count);
  expect(hostileCount).toBeGreaterThan((plainCount ?? 0) + 2);
});

test("follows the caller's own grammar, and names the field of one that is none", async () => {
  const body = { messages: userSays("Say something"), max_tokens: 20, seed: 3 };
  const { choices } = await nano.chat({ ...body, grammar: 'root ::= ("ab" | "cd"){2} "!"' });
  expect(choices[0]?.message.content).toMatch(/^(ab|cd){2}!$/u);
  for (const wrong of [
    { grammar: "root ::= (" },
    { grammar: "a ::= a" },
    { grammar: 'root ::= "a"', response_format: { type: "json_object" } },
  ]) {
    const answer = await nano.call("/v1/chat/completions", { ...body, ...wrong });
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.text) as { readonly error: { readonly param: string } }).error.param).toBe("grammar");
  }
  expect((await nano.chat({ ...body, max_tokens: 1 })).choices).toHaveLength(1);
});
