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
