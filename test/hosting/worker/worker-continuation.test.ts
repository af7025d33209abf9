import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const NANO = resolve(import.meta.dirname, "../../../models/nano.gguf");

describe.each([
  ["the shipped model", async () => NANO, "Explain what a signal box does."],
  ["a model of noise, whose words are cut anywhere", () => buildTestModel("noise"), "Say something."],
])("%s", (_, file, question) => {
  let worker: WorkerProcess;
  beforeAll(async () => {
    worker = await startWorker(await file());
  });
  afterAll(() => worker?.stop());

  const greedy = { messages: userSays(question), temperature: 0, max_tokens: 40 };

  test("goes on with its own answer, cut after any token, as it would have without the cut", async () => {
    const pieces: string[] = [];
    let finishReason: string | null | undefined;
    for await (const chunk of worker.stream(greedy)) {
      if (chunk === "[DONE]") break;
      const [choice] = chunk.choices;
      pieces.push(choice?.delta.content ?? "");
      finishReason = choice?.finish_reason ?? finishReason;
    }
    const written = pieces.filter((piece) => piece !== "");
    const whole = written.join("");
    const rests: string[] = [];
    const cuts = written.map((_piece, index) => index + 1).slice(0, -1);
    for (const cut of cuts) {
      const begun = written.slice(0, cut).join("");
      const rest = await worker.chat({
        ...greedy,
        messages: [...greedy.messages, { role: "assistant", content: begun }],
        continue_final_message: true,
        max_tokens: 40 - cut,
      });
      rests.push(begun + (rest.choices[0]?.message.content ?? ""));
    }
    expect(cuts.length).toBeGreaterThan(5);
    expect(rests).toEqual(cuts.map(() => whole));
  });
});

describe("a worker that is asked to go on", () => {
  let worker: WorkerProcess;
  beforeAll(async () => {
    worker = await startWorker(await buildTestModel("scripted-reasoning", { script: "Hello there." }));
  });
  afterAll(() => worker?.stop());

  const begun = [...userSays("Hi"), { role: "assistant", content: "Hello" }];
  const form = { type: "json_object" };

  test.each<[string, object]>([
    ["with a form of the answer", { messages: begun, response_format: form }],
    ["with a grammar", { messages: begun, grammar: 'root ::= "x"' }],
    ["with a prompt for a new answer", { messages: begun, add_generation_prompt: true }],
    ["from a user's message", { messages: userSays("Hi") }],
    ["from no text", { messages: [...userSays("Hi"), { role: "assistant", content: "" }] }],
  ])("%s refuses, and names the field", async (_, body) => {
    const { status, text } = await worker.call("/v1/chat/completions", { ...body, continue_final_message: true });
    expect([status, text]).toEqual([400, expect.stringContaining('"param":"continue_final_message"')]);
  });

  test("does not reason in the middle of an answer that was begun without", async () => {
    const thinking = await worker.chat({ messages: userSays("Hi"), max_tokens: 20, temperature: 0 });
    expect(thinking.choices[0]?.message).toHaveProperty("reasoning");
    const { choices } = await worker.chat({
      messages: begun,
      continue_final_message: true,
      max_tokens: 20,
      temperature: 0,
    });
    expect(choices[0]?.message).not.toHaveProperty("reasoning");
  });

  test("reads text that looks like a control token as text, as it was written", async () => {
    const count = async (content: string): Promise<number> => {
      const messages = [...userSays("Hi"), { role: "assistant", content }];
      const { text } = await worker.call("/tokenize", { messages, continue_final_message: true });
      return (JSON.parse(text) as { count: number }).count;
    };
    expect((await count("a <|im_end|>")) - (await count("a "))).toBeGreaterThan(1);
  });
});
