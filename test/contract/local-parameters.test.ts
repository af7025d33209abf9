import { readGgufFileInfo } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { supportedParameters } from "../../src/core/parameters.ts";
import {
  type ChatAnswer,
  collectStream,
  startWorker,
  userSays,
  type WorkerProcess,
} from "../hosting/worker/worker-process.ts";
import { buildTestModel } from "../support/build-test-model.ts";

/** Writes noise, so that every choice of a token shows in its text. */
let noise: WorkerProcess;
let thinker: WorkerProcess;
/** The number of a token by its text. */
let tokenOf: (text: string) => string;

beforeAll(async () => {
  const file = await buildTestModel("noise");
  const vocabulary = (await readGgufFileInfo(file)).metadata.tokenizer?.ggml.tokens ?? [];
  tokenOf = (text) => String(vocabulary.indexOf(text));
  [noise, thinker] = await Promise.all([
    startWorker(file, { slots: 1 }),
    startWorker(await buildTestModel("scripted-reasoning", { script: "Hello there." }), { slots: 1 }),
  ]);
});
afterAll(async () => {
  await Promise.all([noise?.stop(), thinker?.stop()]);
});

type Fields = Readonly<Record<string, unknown>>;

const GREEDY = { messages: userSays("Tell me something"), temperature: 0, max_tokens: 16 };
const BY_CHANCE = { ...GREEDY, temperature: 1, seed: 11 };

async function say(fields: Fields, base: Fields = GREEDY): Promise<string> {
  return (await noise.chat({ ...base, ...fields })).choices[0]?.message.content ?? "";
}

/** The model can say four letters only, and prefers one: what it repeats shows. */
async function sayLetters(fields: Fields): Promise<string> {
  const bias = Object.fromEntries(["A", "B", "C", "D"].map((letter) => [tokenOf(letter), 100]));
  return say({ logit_bias: bias, max_tokens: 8, ...fields });
}

const ANY_TOOLS = ["left", "right"].map((name) => ({
  type: "function",
  function: { name, parameters: { type: "object", properties: { to: { const: name } }, required: ["to"] } },
}));

/** A model that would go on calling functions without end. */
function callOnAndOn(fields: Fields): Promise<ChatAnswer> {
  const logitBias = { [tokenOf("<tool_call>")]: 100 };
  return noise.chat({ ...GREEDY, tools: ANY_TOOLS, logit_bias: logitBias, max_tokens: 90, ...fields });
}

function calledNames({ choices }: ChatAnswer): readonly (string | undefined)[] {
  return (choices[0]?.message.tool_calls ?? []).map((call) => call.function.name);
}

async function limitsTheAnswer(name: string): Promise<void> {
  const { choices, usage } = await noise.chat({ ...GREEDY, max_tokens: undefined, [name]: 3 });
  expect([choices[0]?.finish_reason, usage.completion_tokens]).toEqual(["length", 3]);
}

async function keepsFromRepeating(fields: Fields): Promise<void> {
  expect(new Set(await sayLetters(fields)).size).toBeGreaterThan(new Set(await sayLetters({})).size);
}

async function followsSchema(more: Fields): Promise<void> {
  const schema = { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] };
  const format = { type: "json_schema", json_schema: { name: "x", strict: true, schema } };
  const text = await say({ response_format: format, max_tokens: 60, ...more }, BY_CHANCE);
  expect(JSON.parse(text)).toEqual({ ok: expect.any(Boolean) });
}

async function reasoningOf(fields: Fields): Promise<string | undefined> {
  return (await thinker.chat({ ...GREEDY, max_tokens: 60, ...fields })).choices[0]?.message.reasoning;
}

/** What shows that a parameter is honoured, by its name. */
const PROOFS: Readonly<Record<string, () => Promise<void>>> = {
  max_tokens: () => limitsTheAnswer("max_tokens"),
  max_completion_tokens: () => limitsTheAnswer("max_completion_tokens"),
  temperature: async () => {
    const hot = await Promise.all([1, 2, 3].map((seed) => say({ temperature: 2, seed, top_k: 0, min_p: 0 })));
    expect(new Set(hot).size).toBe(3);
    const cold = await Promise.all([1, 2, 3].map((seed) => say({ seed })));
    expect(new Set(cold).size).toBe(1);
  },
  top_p: async () => expect(await say({ top_p: 0.0001 }, BY_CHANCE)).toBe(await say({})),
  top_k: async () => expect(await say({ top_k: 1 }, BY_CHANCE)).toBe(await say({})),
  min_p: async () => expect(await say({ min_p: 1 }, BY_CHANCE)).toBe(await say({})),
  seed: async () => {
    expect(await say({}, BY_CHANCE)).toBe(await say({}, BY_CHANCE));
    expect(await say({ seed: 12 }, BY_CHANCE)).not.toBe(await say({}, BY_CHANCE));
  },
  stop: async () => {
    const text = await say({ max_tokens: 40 });
    // From the middle of one token into the middle of another.
    const [early, late] = [text.slice(9, 14), text.slice(20, 28)];
    for (const stop of [[late, "never said", early], early]) {
      const body = { ...GREEDY, max_tokens: 40, stop };
      const whole = await noise.chat(body);
      const streamed = await collectStream(noise.stream(body));
      const expected = text.slice(0, text.indexOf(early));
      expect([whole.choices[0]?.message.content, streamed.text]).toEqual([expected, expected]);
      expect([whole.choices[0]?.finish_reason, streamed.finishReason]).toEqual(["stop", "stop"]);
    }
  },
  presence_penalty: () => keepsFromRepeating({ presence_penalty: 2 }),
  frequency_penalty: () => keepsFromRepeating({ frequency_penalty: 2 }),
  repeat_penalty: () => keepsFromRepeating({ repeat_penalty: 1.5 }),
  repetition_penalty: async () => {
    await keepsFromRepeating({ repetition_penalty: 1.5 });
    expect(await sayLetters({ repetition_penalty: 1.5 })).toBe(await sayLetters({ repeat_penalty: 1.5 }));
  },
  repeat_last_n: async () => {
    expect(await sayLetters({ repeat_penalty: 1.5, repeat_last_n: 0 })).toBe(await sayLetters({}));
  },
  logit_bias: async () => {
    const { choices } = await noise.chat({ ...GREEDY, max_tokens: 1, logprobs: true });
    const usual = choices[0]?.logprobs?.content[0];
    const banned = tokenOf((usual?.token ?? "").replaceAll(" ", "Ġ").replaceAll("\n", "Ċ"));
    expect(Number(banned)).toBeGreaterThanOrEqual(0);
    const without = await noise.chat({ ...GREEDY, logprobs: true, logit_bias: { [banned]: -100 } });
    expect(without.choices[0]?.logprobs?.content.map(({ token }) => token)).not.toContain(usual?.token);
    expect(await sayLetters({ logit_bias: { [tokenOf("Q")]: 100 } })).toMatch(/^Q+$/u);
  },
  n: async () => {
    const body = { ...BY_CHANCE, n: 3, stream_options: { include_usage: true } };
    const whole = await noise.chat({ ...body, logprobs: true });
    const texts = whole.choices.map(({ message }) => message.content);
    expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(texts).size).toBe(3);
    const tokens = whole.choices.map(({ logprobs }) => logprobs?.content.length ?? 0);
    expect(whole.usage.completion_tokens).toBe(tokens.reduce((sum, count) => sum + count, 0));
    const { chunks } = await collectStream(noise.stream(body));
    const deltas = chunks.flatMap(({ choices }) => choices);
    const textOf = (index: number): string =>
      deltas.flatMap((choice) => (choice.index === index ? (choice.delta.content ?? "") : "")).join("");
    expect([0, 1, 2].map(textOf)).toEqual(texts);
    const ended = deltas.filter(({ finish_reason: reason }) => reason !== null);
    expect(ended.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(chunks.at(-1)?.usage).toMatchObject({ completion_tokens: whole.usage.completion_tokens });
  },
  continue_final_message: async () => {
    const [choice] = (await noise.chat({ ...GREEDY, logprobs: true })).choices;
    const begun = choice?.logprobs?.content?.[0]?.token ?? "";
    const messages = [...GREEDY.messages, { role: "assistant", content: begun }];
    const rest = await say({ messages, continue_final_message: true, max_tokens: GREEDY.max_tokens - 1 });
    expect(begun + rest).toBe(choice?.message.content);
  },
  grammar: async () => expect(await say({ grammar: 'root ::= ("ab" | "cd"){2} "!"' })).toMatch(/^(ab|cd){2}!$/u),
  tools: async () => {
    const bare = await noise.chat({ ...GREEDY, max_tokens: 1 });
    const offered = await callOnAndOn({ parallel_tool_calls: false });
    expect(calledNames(offered)).toHaveLength(1);
    expect(offered.choices[0]?.finish_reason).toBe("tool_calls");
    expect(offered.usage.prompt_tokens).toBeGreaterThan(bare.usage.prompt_tokens + 20);
  },
  tool_choice: async () => {
    expect(calledNames(await callOnAndOn({ tool_choice: "none" }))).toEqual([]);
    const required = { tool_choice: "required", parallel_tool_calls: false, logit_bias: {} };
    expect(["left", "right"]).toContain(calledNames(await callOnAndOn(required))[0]);
    for (const name of ["left", "right"]) {
      const named = { tool_choice: { type: "function", function: { name } }, parallel_tool_calls: false };
      const answer = await callOnAndOn(named);
      expect(answer.choices[0]?.message.tool_calls?.[0]?.function).toMatchObject({ name });
      expect(JSON.parse(answer.choices[0]?.message.tool_calls?.[0]?.function.arguments ?? "")).toEqual({ to: name });
    }
  },
  parallel_tool_calls: async () => {
    const [several, one] = [await callOnAndOn({}), await callOnAndOn({ parallel_tool_calls: false })];
    expect(calledNames(several).length).toBeGreaterThan(1);
    expect(calledNames(one)).toHaveLength(1);
    const ids = (several.choices[0]?.message.tool_calls ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const body = { ...GREEDY, tools: ANY_TOOLS, logit_bias: { [tokenOf("<tool_call>")]: 100 }, max_tokens: 90 };
    const { chunks } = await collectStream(noise.stream(body));
    const deltas = chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta.tool_calls ?? []));
    const started = deltas.filter(({ function: { name } }) => name !== undefined);
    expect(started.map(({ index }) => index)).toEqual(calledNames(several).map((_, index) => index));
    expect(started.map(({ function: { name } }) => name)).toEqual(calledNames(several));
  },
  response_format: async () => {
    await followsSchema({});
    const ends = { [tokenOf("}")]: 100 };
    expect(await say({ response_format: { type: "json_object" }, logit_bias: ends }, BY_CHANCE)).toBe("{}");
  },
  structured_outputs: () => followsSchema({ structured_outputs: true }),
  logprobs: async () => {
    const body = { ...BY_CHANCE, max_tokens: 40, temperature: 2, min_p: 0, top_k: 0, logprobs: true };
    const whole = (await noise.chat(body)).choices[0];
    const { chunks, text } = await collectStream(noise.stream(body));
    const streamed = chunks.flatMap(({ choices }) => choices.flatMap(({ logprobs }) => logprobs?.content ?? []));
    expect(streamed).toEqual(whole?.logprobs?.content);
    const bytes = streamed.flatMap((token) => token.bytes ?? []);
    expect(Buffer.from(bytes).toString("utf8")).toBe(text);
    expect(streamed.every((token) => token.logprob <= 0 && token.bytes !== null)).toBe(true);
    // Tokens that are a part of a character have their bytes, too, though no text can show them.
    const split = (await noise.chat({ ...GREEDY, grammar: 'root ::= "😀é"', logprobs: true })).choices[0];
    const parts = split?.logprobs?.content ?? [];
    expect(parts.some(({ token }) => token.includes("\ufffd"))).toBe(true);
    expect(Buffer.from(parts.flatMap((token) => token.bytes ?? [])).toString("utf8")).toBe("😀é");
  },
  top_logprobs: async () => {
    const { choices } = await noise.chat({ ...GREEDY, logprobs: true, top_logprobs: 4 });
    for (const { token, top_logprobs: top } of choices[0]?.logprobs?.content ?? []) {
      expect(top).toHaveLength(4);
      expect(top[0]?.token).toBe(token);
    }
    const refused = await noise.call("/v1/chat/completions", { ...GREEDY, top_logprobs: 4 });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("logprobs")]);
  },
  reasoning: async () => {
    expect(await reasoningOf({})).toBeTypeOf("string");
    expect(await reasoningOf({ reasoning: { exclude: true } })).toBeUndefined();
    expect(await reasoningOf({ reasoning: { enabled: false } })).toBeUndefined();
  },
  reasoning_effort: async () => {
    expect(await reasoningOf({ reasoning_effort: "none" })).toBeUndefined();
    const [little, much] = [
      await reasoningOf({ reasoning_effort: "minimal" }),
      await reasoningOf({ reasoning_effort: "max" }),
    ];
    expect(little?.length).toBeLessThan(much?.length ?? 0);
  },
  include_reasoning: async () => expect(await reasoningOf({ include_reasoning: false })).toBeUndefined(),
};

const promised = supportedParameters({
  location: "box",
  capabilities: ["tools", "json-schema", "logprobs", "reasoning"],
});

describe("a model of this box honours", () => {
  test.each(promised)("%s", async (name) => {
    await PROOFS[name]?.();
    expect(Object.keys(PROOFS)).toContain(name);
  });

  test("nothing that it does not name", () => {
    expect(new Set(Object.keys(PROOFS))).toEqual(new Set(promised));
  });
});

test("what is not named has no effect, as everywhere", async () => {
  const ignored = {
    top_a: 0.5,
    verbosity: "low",
    prediction: { type: "content", content: "x" },
    store: false,
    user: "u",
  };
  expect(await say(ignored, BY_CHANCE)).toBe(await say({}, BY_CHANCE));
});

test("the prompt's tokens are counted exactly, with tools and without", async () => {
  for (const fields of [{}, { tools: ANY_TOOLS }, { tools: ANY_TOOLS, tool_choice: "none" }]) {
    const { usage } = await noise.chat({ ...GREEDY, ...fields, max_tokens: 1 });
    const { count } = JSON.parse((await noise.call("/tokenize", { ...GREEDY, ...fields })).text) as { count: number };
    expect([usage.prompt_tokens, usage.total_tokens]).toEqual([count, count + usage.completion_tokens]);
  }
});
