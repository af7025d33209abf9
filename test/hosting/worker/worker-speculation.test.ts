import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

/** Starting a process takes its time on a busy machine. */
const TIMEOUT_MS = 120_000;
/** The one token that the model says, again and again. */
const ALWAYS = { logit_bias: { "65": 100 } };

let worker: WorkerProcess;

beforeAll(async () => {
  worker = await startWorker(await buildTestModel("noise"));
}, TIMEOUT_MS);
afterAll(async () => worker?.stop());

describe("an answer that repeats itself", { timeout: TIMEOUT_MS }, () => {
  const body = { messages: userSays("Say it again and again."), temperature: 0, ...ALWAYS };

  test("is drafted, and says exactly what it would say without drafts", async () => {
    const plain = await worker.chat({ ...body, max_tokens: 60, logprobs: true });
    expect((await worker.health()).drafts).toEqual({ proposed: 0, confirmed: 0 });
    const drafted = await worker.chat({ ...body, max_tokens: 60 });
    expect(drafted.choices[0]?.message.content).toBe(plain.choices[0]?.message.content);
    expect(drafted.usage).toMatchObject({ completion_tokens: 60 });
    expect((await worker.health()).drafts.confirmed).toBeGreaterThan(5);
  });

  test.each([20, 21, 22, 23, 24, 25, 26, 27])("ends within a draft at %i tokens all the same", async (limit) => {
    const cut = await worker.chat({ ...body, max_tokens: limit });
    expect(cut.usage.completion_tokens).toBe(limit);
    const [first = ""] = cut.choices[0]?.message.content ?? "";
    expect(cut.choices[0]?.message.content).toBe(first.repeat(limit));
  });

  test("leaves a state behind from which the conversation goes on", async () => {
    const first = await worker.chat({ ...body, max_tokens: 50 });
    const messages = [
      ...body.messages,
      { role: "assistant", content: first.choices[0]?.message.content },
      ...userSays("And now?"),
    ];
    const next = { messages, temperature: 0, max_tokens: 20 };
    const answer = await worker.chat(next);
    const untouched = await worker.chat({ ...next, logprobs: true });
    expect(answer.choices[0]?.message.content).toBe(untouched.choices[0]?.message.content);
  });
});

test("drafts that are not confirmed change nothing", { timeout: TIMEOUT_MS }, async () => {
  for (const text of ["one two one two one two one", "a b c d a b c d a b c", "Hello there, hello there, hello"]) {
    const request = { messages: userSays(text.repeat(6)), temperature: 0, max_tokens: 80 };
    const plain = await worker.chat({ ...request, logprobs: true });
    const drafted = await worker.chat(request);
    expect(drafted.choices[0]?.message.content).toBe(plain.choices[0]?.message.content);
    expect(drafted.usage.completion_tokens).toBe(plain.usage.completion_tokens);
  }
});

test("an answer that is sampled by chance is never drafted", { timeout: TIMEOUT_MS }, async () => {
  const before = (await worker.health()).drafts.proposed;
  await worker.chat({ messages: userSays("Say it."), temperature: 0.8, max_tokens: 40, ...ALWAYS });
  expect((await worker.health()).drafts.proposed).toBe(before);
});
