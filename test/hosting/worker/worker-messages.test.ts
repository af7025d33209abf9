import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

let worker: WorkerProcess;

beforeAll(async () => {
  worker = await startWorker(await buildTestModel("noise"));
});
afterAll(() => worker?.stop());

/** Tokens of the prompt that the messages make. */
async function count(messages: readonly unknown[]): Promise<number> {
  const { status, text } = await worker.call("/tokenize", { messages });
  expect([status, text]).toEqual([200, expect.any(String)]);
  return (JSON.parse(text) as { count: number }).count;
}

function calls(text: string, id = "call_1"): object {
  return { id, type: "function", function: { name: "look", arguments: text } };
}

function called(text: string, more: object = {}): readonly unknown[] {
  return [
    ...userSays("Go"),
    { role: "assistant", content: null, tool_calls: [calls(text)], ...more },
    { role: "tool", tool_call_id: "call_1", content: "found" },
  ];
}

describe("messages that are accepted", () => {
  test.each([
    ["arguments that break off", '{"x": 1'],
    ["arguments that are a word", "hello"],
    ["arguments that are a list", "[1, 2]"],
    ["no arguments", ""],
  ])("a call on record with %s is shown to the model as it is, and answered", async (_, text) => {
    const { choices } = await worker.chat({ messages: called(text), max_tokens: 2 });
    expect(choices).toHaveLength(1);
    const missing = (await count(called('{"x": 1}'))) - (await count(called(text)));
    expect(Math.abs(missing)).toBeLessThan(8);
  });

  test.each([
    ["null content beside calls", { content: null }],
    ["empty content beside calls", { content: "" }],
    ["no content beside calls", { content: undefined }],
    ["an empty list of parts beside calls", { content: [] }],
  ])("%s", async (_, more) => {
    expect(await count(called("{}", more))).toBe(await count(called("{}")));
  });

  test("content in parts is the text of its parts, of every role", async () => {
    const parts = (...texts: string[]): object[] => texts.map((text) => ({ type: "text", text }));
    const whole = [
      { role: "system", content: "Be brief." },
      ...userSays("Hello there"),
      { role: "assistant", content: "Hi. What?" },
      ...userSays("Nothing"),
    ];
    const inParts = [
      { role: "system", content: parts("Be", " brief.") },
      { role: "user", content: parts("Hello ", "there") },
      { role: "assistant", content: parts("Hi.", " What?") },
      { role: "user", content: parts("Nothing") },
    ];
    expect(await count(inParts)).toBe(await count(whole));
    const result = (content: unknown): readonly unknown[] => [
      ...called("{}").slice(0, 2),
      { role: "tool", tool_call_id: "call_1", content },
    ];
    expect(await count(result(parts("found ", "it")))).toBe(await count(result("found it")));
  });

  test("an assistant's refusal on record is its text", async () => {
    const said = (content: unknown): readonly unknown[] => [
      ...userSays("Do it"),
      { role: "assistant", content },
      ...userSays("Why?"),
    ];
    expect(await count(said([{ type: "refusal", refusal: "I would rather not." }]))).toBe(
      await count(said("I would rather not.")),
    );
  });

  test("the role developer is the role system", async () => {
    const asked = (role: string): readonly unknown[] => [{ role, content: "Be brief." }, ...userSays("Hello")];
    expect(await count(asked("developer"))).toBe(await count(asked("system")));
  });

  test.each([
    ["an empty text of the user", [{ role: "user", content: "" }]],
    ["a system message alone", [{ role: "system", content: "Say hello." }]],
    ["an assistant that says nothing", [...userSays("a"), { role: "assistant", content: null }, ...userSays("b")]],
    ["an assistant first", [{ role: "assistant", content: "Hello" }, ...userSays("b")]],
    ["names", [{ role: "user", name: "ann", content: "Hello" }]],
  ])("%s", async (_, messages) => {
    expect((await worker.chat({ messages, max_tokens: 1 })).choices).toHaveLength(1);
  });

  test("several results in any order belong to the calls that they name", async () => {
    const results = [
      { role: "tool", tool_call_id: "b", content: "second" },
      { role: "tool", tool_call_id: "a", content: "first" },
    ];
    const both = [
      ...userSays("Go"),
      { role: "assistant", content: null, tool_calls: [calls("{}", "a"), calls("{}", "b")] },
    ];
    expect(await count([...both, ...results])).toBe(await count([...both, ...results.toReversed()]));
  });
});

describe("messages that are refused as OpenAI refuses them", () => {
  test.each([
    [
      "a result that answers no call",
      [...userSays("x"), { role: "tool", tool_call_id: "nobody", content: "1" }],
      "messages[1].tool_call_id",
    ],
    [
      "a result before its call",
      [{ role: "tool", tool_call_id: "call_1", content: "1" }, ...called("{}")],
      "messages[0].tool_call_id",
    ],
    [
      "a result without an id",
      [...called("{}").slice(0, 2), { role: "tool", content: "1" }],
      "messages[2].tool_call_id",
    ],
    ["a call without its result", called("{}").slice(0, 2), "messages[1].tool_calls[0]"],
    [
      "arguments that are no text",
      called("{}", { tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: {} } }] }),
      "messages[1].tool_calls[0].function.arguments",
    ],
    ["a part without its text", [{ role: "user", content: [{ type: "text" }] }], "messages[0].content[0].text"],
    [
      "a picture",
      [{ role: "user", content: [{ type: "image_url", image_url: { url: "x" } }] }],
      "messages[0].content[0]",
    ],
    ["a sound", [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }], "messages[0].content[0]"],
    ["an unknown role", [{ role: "robot", content: "x" }], "messages[0].role"],
  ])("%s", async (_, messages, param) => {
    const { status, text } = await worker.call("/v1/chat/completions", { messages });
    expect([status, JSON.parse(text)]).toMatchObject([400, { error: { param, message: expect.any(String) } }]);
  });
});
