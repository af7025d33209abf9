import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { collectStream, startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a city.",
    parameters: { type: "object", properties: { city: { type: "string", maxLength: 12 } }, required: ["city"] },
  },
};
const ADD = {
  type: "function",
  function: {
    name: "add",
    parameters: {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "integer" }, unit: { enum: ["m", "km"] } },
      required: ["a", "b"],
      additionalProperties: false,
    },
  },
};
const CLOCK = { type: "function", function: { name: "get_time" } };

let caller: WorkerProcess;
let nano: WorkerProcess;

beforeAll(async () => {
  const files = [await buildTestModel("scripted-tools"), await buildTestModel("noise")];
  [caller, nano] = (await Promise.all(files.map((file) => startWorker(file)))) as [WorkerProcess, WorkerProcess];
});
afterAll(async () => {
  await Promise.all([caller?.stop(), nano?.stop()]);
});

describe("a model that decides to call a function", () => {
  const body = { messages: userSays("What is the weather in Paris?"), tools: [WEATHER, ADD], temperature: 0 };

  test("is answered as a tool call with JSON arguments and no text", async () => {
    const answer = await caller.chat(body);
    expect(answer.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    const calls = answer.choices[0]?.message.tool_calls ?? [];
    expect(calls).toEqual([
      {
        id: expect.stringMatching(/^call_\w+$/u),
        type: "function",
        function: { name: "get_weather", arguments: expect.any(String) },
      },
    ]);
    expect(JSON.parse(calls[0]?.function.arguments ?? "")).toEqual({ city: "Paris" });
  });

  test("streams the same call: the name first, then its arguments in pieces", async () => {
    const { chunks, text, finishReason } = await collectStream(caller.stream(body));
    const deltas = chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta.tool_calls ?? []));
    expect(deltas[0]).toMatchObject({ index: 0, type: "function", function: { name: "get_weather", arguments: "" } });
    expect(JSON.parse(deltas.map((delta) => delta.function.arguments).join(""))).toEqual({ city: "Paris" });
    expect([text, finishReason]).toEqual(["", "tool_calls"]);
  });

  test("says something else once it has the result", async () => {
    const first = await caller.chat(body);
    const [call] = first.choices[0]?.message.tool_calls ?? [];
    const messages = [
      ...body.messages,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: call?.id, content: '{"sky": "clear"}' },
    ];
    const answer = await caller.chat({ ...body, messages });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { content: "The weather report has arrived." },
    });
  });

  test.each(["", "{", "not JSON at all", '"a string"', "[1]", '{"city": "Par'])(
    "goes on from a history whose call has the arguments %j, as from any other",
    async (broken) => {
      const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: broken } };
      const messages = [
        ...body.messages,
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: "the call was not understood" },
      ];
      const answer = await caller.chat({ ...body, messages });
      expect(answer.choices[0]).toMatchObject({
        finish_reason: "stop",
        message: { content: "The weather report has arrived." },
      });
    },
  );

  test("is not offered the functions when tool_choice is none", async () => {
    const answer = await caller.chat({ ...body, tool_choice: "none" });
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    expect(answer.choices[0]?.message.tool_calls).toBeUndefined();
  });
});

describe("a call that the request demands", () => {
  test.each([1, 2, 3, 4])("names one of the functions and has valid arguments (seed %i)", async (seed) => {
    const answer = await nano.chat({
      messages: userSays("Go"),
      tools: [WEATHER, ADD, CLOCK],
      tool_choice: "required",
      parallel_tool_calls: false,
      seed,
    });
    const [call] = answer.choices[0]?.message.tool_calls ?? [];
    expect(answer.choices[0]?.finish_reason).toBe("tool_calls");
    expect(["get_weather", "add", "get_time"]).toContain(call?.function.name);
    expect(() => JSON.parse(call?.function.arguments ?? "")).not.toThrow();
  });

  test("of a named function calls that one", async () => {
    const choice = { type: "function", function: { name: "add" } };
    const answer = await nano.chat({ messages: userSays("Go"), tools: [WEATHER, ADD], tool_choice: choice, seed: 5 });
    const calls = answer.choices[0]?.message.tool_calls ?? [];
    expect(new Set(calls.map((call) => call.function.name))).toEqual(new Set(["add"]));
    for (const call of calls) {
      const given = JSON.parse(call.function.arguments) as Record<string, unknown>;
      expect([Number.isSafeInteger(given["a"]), Number.isSafeInteger(given["b"])]).toEqual([true, true]);
    }
  });

  test("that is cut by the limit says so", async () => {
    const answer = await nano.chat({
      messages: userSays("Go"),
      tools: [WEATHER],
      tool_choice: "required",
      max_tokens: 8,
    });
    expect(answer.choices[0]?.finish_reason).toBe("length");
  });
});

describe("a response format", () => {
  const schemas: readonly Record<string, unknown>[] = [
    {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "boolean" } },
      required: ["a", "b"],
      additionalProperties: false,
    },
    { type: "object", properties: { a: { const: 1 }, b: { type: "null" }, c: { type: "number" } }, required: ["c"] },
    {
      type: "object",
      properties: { list: { type: "array", items: { enum: ["x", "y"] }, minItems: 2, maxItems: 3 } },
      required: ["list"],
    },
    {
      type: "object",
      properties: {
        pair: { type: "array", prefixItems: [{ type: "integer" }, { type: "boolean" }], minItems: 2, items: false },
      },
      required: ["pair"],
    },
    {
      anyOf: [
        { type: "integer" },
        { type: "object", properties: { why: { type: "string", maxLength: 3 } }, required: ["why"] },
      ],
    },
    { type: ["boolean", "null"] },
    { type: "string", format: "date-time" },
    { type: "object", properties: { when: { type: "string", format: "date" } }, required: ["when"] },
    {
      allOf: [
        { type: "object", properties: { a: { type: "integer" } }, required: ["a"] },
        { properties: { b: { type: "boolean" } }, required: ["b"] },
      ],
    },
    {
      $ref: "#/$defs/node",
      $defs: {
        node: {
          type: "object",
          properties: { leaf: { type: "boolean" }, next: { anyOf: [{ type: "null" }, { $ref: "#/$defs/node" }] } },
          required: ["leaf"],
        },
      },
    },
    { type: "object", additionalProperties: { type: "integer" }, maxProperties: 100 },
    { type: "string", maxLength: 8 },
  ];

  test.each(schemas)("%j is kept to, whatever the model would rather say", async (schema) => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    for (const seed of [1, 2, 3]) {
      const format = { type: "json_schema", json_schema: { name: "answer", schema } };
      const answer = await nano.chat({
        messages: userSays("Go"),
        response_format: format,
        seed,
        temperature: 1,
        max_tokens: 400,
      });
      if (answer.choices[0]?.finish_reason === "length") continue;
      expect(validate(JSON.parse(answer.choices[0]?.message.content ?? ""))).toBe(true);
    }
  });

  test("json_object gives an object", async () => {
    const answer = await nano.chat({
      messages: userSays("Go"),
      response_format: { type: "json_object" },
      seed: 4,
      max_tokens: 300,
    });
    if (answer.choices[0]?.finish_reason !== "length")
      expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toBeTypeOf("object");
  });

  test("does not keep a model from calling a function instead", async () => {
    const format = { type: "json_object" };
    const answer = await caller.chat({
      messages: userSays("Weather?"),
      tools: [WEATHER],
      response_format: format,
      temperature: 0,
    });
    expect(answer.choices[0]?.message.tool_calls?.[0]?.function.name).toBe("get_weather");
  });

  test("that no text can satisfy is an error, after a second attempt", async () => {
    const schema = { type: "string", maxLength: 4, pattern: "^impossible$" };
    const before = await nano.health();
    const body = {
      messages: userSays("Go"),
      response_format: { type: "json_schema", json_schema: { schema } },
      seed: 1,
    };
    const { status, text } = await nano.call("/v1/chat/completions", body);
    expect([status, JSON.parse(text)]).toMatchObject([502, { error: { code: "invalid_answer" } }]);
    expect((await nano.health()).evaluated_tokens - before.evaluated_tokens).toBeGreaterThan(40);
    const { chunks, isDone } = await collectStream(nano.stream(body));
    expect(chunks.at(-1)?.error?.code).toBe("invalid_answer");
    expect(isDone).toBe(false);
  });

  test("that the second attempt keeps to counts the tokens of both", async () => {
    const schema = { type: "string", minLength: 1, maxLength: 1, pattern: "^[a-m]$" };
    const counts: number[] = [];
    for (let seed = 1; seed <= 16; seed++) {
      const { status, text } = await nano.call("/v1/chat/completions", {
        messages: userSays("Go"),
        response_format: { type: "json_schema", json_schema: { schema } },
        temperature: 2,
        seed,
      });
      if (status === 200)
        counts.push((JSON.parse(text) as { usage: { completion_tokens: number } }).usage.completion_tokens);
    }
    // A quoted letter is at most three tokens: what has more was written twice.
    expect(Math.min(...counts)).toBeLessThanOrEqual(3);
    expect(Math.max(...counts)).toBeGreaterThan(3);
  });

  test.each([
    [{ $ref: "https://example.com/schema.json" }, "unsupported_parameter"],
    [{ $ref: "#/$defs/missing" }, "unsupported_parameter"],
    [{ type: "object", properties: { a: false } }, "unsupported_parameter"],
    [{ type: "widget" }, "unsupported_parameter"],
    [{ type: "object", required: "a" }, "invalid_request"],
  ])("%j is refused with the field's name", async (schema, code) => {
    const body = { messages: userSays("Go"), response_format: { type: "json_schema", json_schema: { schema } } };
    const { status, text } = await nano.call("/v1/chat/completions", body);
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { error: { code, param: "response_format.json_schema.schema" } },
    ]);
  });
});
