import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { collectStream, startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const THOUGHT = "First one thing, then another, and last of all a third one.";
const SCRIPT = "The answer is 42.";

/** One whose own words open the thought, and one whose template does. */
let thinker: WorkerProcess;
let opened: WorkerProcess;
let plain: WorkerProcess;

beforeAll(async () => {
  const options = { thought: THOUGHT, script: SCRIPT };
  const files = [
    await buildTestModel("scripted-reasoning", options),
    await buildTestModel("scripted-reasoning", { ...options, templateOpensThought: true }),
    await buildTestModel("scripted", { script: SCRIPT }),
  ];
  [thinker, opened, plain] = (await Promise.all(files.map((file) => startWorker(file)))) as [
    WorkerProcess,
    WorkerProcess,
    WorkerProcess,
  ];
});
afterAll(async () => {
  await Promise.all([thinker?.stop(), opened?.stop(), plain?.stop()]);
});

interface Read {
  readonly content: string | null;
  readonly reasoning: string | undefined;
  readonly reasoningContent: string | undefined;
  readonly reasoningTokens: number;
  readonly completionTokens: number;
  readonly finishReason: string;
}

const body = { messages: userSays("Hello"), temperature: 0, stream_options: { include_usage: true } };

async function whole(worker: WorkerProcess, more: Record<string, unknown>): Promise<Read> {
  const { choices, usage } = await worker.chat({ ...body, ...more });
  const [choice] = choices;
  const message = choice?.message;
  return {
    content: message?.content ?? null,
    reasoning: message?.reasoning,
    reasoningContent: message?.reasoning_content,
    reasoningTokens: usage.completion_tokens_details.reasoning_tokens,
    completionTokens: usage.completion_tokens,
    finishReason: choice?.finish_reason ?? "",
  };
}

async function streamed(worker: WorkerProcess, more: Record<string, unknown>): Promise<Read> {
  const { chunks, text, finishReason } = await collectStream(worker.stream({ ...body, ...more }));
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  const joined = (name: "reasoning" | "reasoning_content"): string | undefined =>
    deltas.some((delta) => delta[name] !== undefined) ? deltas.map((delta) => delta[name] ?? "").join("") : undefined;
  const usage = chunks.at(-1)?.usage;
  return {
    content: text,
    reasoning: joined("reasoning"),
    reasoningContent: joined("reasoning_content"),
    reasoningTokens: usage?.completion_tokens_details.reasoning_tokens ?? -1,
    completionTokens: usage?.completion_tokens ?? -1,
    finishReason: finishReason ?? "",
  };
}

const MODELS = [
  ["the model opens", () => thinker],
  ["the template opens", () => opened],
] as const;
const FORMS = [
  ["a whole answer", whole],
  ["a stream", streamed],
] as const;
const CASES = MODELS.flatMap(([who, worker]) => FORMS.map(([form, ask]) => ({ who, worker, form, ask })));

describe.each(CASES)("reasoning that $who, in $form", ({ worker, ask }) => {
  test("comes apart from the answer, under both names, and is counted", async () => {
    const answer = await ask(worker(), {});
    expect(answer).toMatchObject({ content: SCRIPT, reasoning: THOUGHT, finishReason: "stop" });
    expect(answer.reasoningContent).toBe(THOUGHT);
    expect(answer.reasoningTokens).toBeGreaterThan(5);
    expect(answer.completionTokens).toBeGreaterThan(answer.reasoningTokens);
  });

  test.each([{ reasoning: { exclude: true } }, { include_reasoning: false }])(
    "is left out with %j, and counted all the same",
    async (asked) => {
      const [shown, hidden] = [await ask(worker(), {}), await ask(worker(), asked)];
      expect(hidden).toEqual({ ...shown, reasoning: undefined, reasoningContent: undefined });
    },
  );

  test.each([
    { reasoning: { effort: "none" } },
    { reasoning: { enabled: false } },
    { reasoning: { max_tokens: 0 } },
    { reasoning_effort: "none" },
  ])("does not happen with %j", async (asked) => {
    const answer = await ask(worker(), asked);
    expect(answer).toMatchObject({ content: SCRIPT, reasoning: undefined, reasoningTokens: 0, finishReason: "stop" });
  });

  test("is closed at its limit, and the answer follows", async () => {
    const answer = await ask(worker(), { reasoning: { max_tokens: 3 } });
    expect(answer).toMatchObject({ content: SCRIPT, reasoningTokens: 3, finishReason: "stop" });
    expect(answer.reasoning).not.toBe("");
    expect(THOUGHT.startsWith(answer.reasoning ?? "-")).toBe(true);
    expect(answer.reasoning).not.toBe(THOUGHT);
  });

  test.each([
    [{ reasoning: { effort: "minimal" } }, 4],
    [{ reasoning_effort: "low" }, 8],
  ])("takes with %j no more than its share of the answer's limit", async (asked, limit) => {
    const answer = await ask(worker(), { ...asked, max_tokens: 40 });
    expect(answer).toMatchObject({ content: SCRIPT, reasoningTokens: limit });
  });

  test("comes before an answer in JSON only where it is asked for", async () => {
    const format = { response_format: { type: "json_schema", json_schema: { schema: { const: "x" } } } };
    const [asked, unasked] = [
      await ask(worker(), { ...format, reasoning: { enabled: true } }),
      await ask(worker(), format),
    ];
    expect(asked).toMatchObject({ content: '"x"', reasoning: THOUGHT, finishReason: "stop" });
    expect(unasked).toMatchObject({ content: '"x"', reasoning: undefined, reasoningTokens: 0 });
  });

  test("may end the answer by the answer's own limit", async () => {
    const answer = await ask(worker(), { max_tokens: 4 });
    expect(answer).toMatchObject({ content: "", finishReason: "length", completionTokens: 4 });
  });
});

test("is the same in the prompt's count as in the usage", async () => {
  for (const asked of [{}, { reasoning_effort: "none" }, { reasoning_effort: "high" }]) {
    const { usage } = await opened.chat({ ...body, ...asked });
    const { count } = JSON.parse((await opened.call("/tokenize", { ...body, ...asked })).text) as { count: number };
    expect(usage.prompt_tokens).toBe(count);
  }
});

test("sent back by the client is read within the turn and left out of later ones", async () => {
  const count = async (messages: unknown): Promise<number> =>
    (JSON.parse((await thinker.call("/tokenize", { messages })).text) as { count: number }).count;
  const call = { id: "a", type: "function", function: { name: "f", arguments: "{}" } };
  const turn = (more: object): readonly unknown[] => [
    ...userSays("Go"),
    { role: "assistant", content: null, tool_calls: [call], ...more },
    { role: "tool", tool_call_id: "a", content: "1" },
  ];
  const without = await count(turn({}));
  expect(await count(turn({ reasoning_content: "I had better call f." }))).toBeGreaterThan(without + 5);
  expect(await count(turn({ reasoning: "I had better call f." }))).toBeGreaterThan(without + 5);
  const later = [{ role: "assistant", content: "Done." }, ...userSays("Again")];
  const old = { reasoning_content: "I had better call f." };
  expect(await count([...turn(old), ...later])).toBe(await count([...turn({}), ...later]));
});

test("is nothing to a model that never reasons", async () => {
  const answer = await whole(plain, { reasoning: { effort: "high" } });
  expect(answer).toMatchObject({ content: SCRIPT, reasoning: undefined, reasoningTokens: 0 });
});

test.each([
  [{ reasoning: { effort: "extreme" } }, "reasoning.effort"],
  [{ reasoning: { max_tokens: -1 } }, "reasoning.max_tokens"],
  [{ reasoning: { effort: "low", max_tokens: 5 } }, "reasoning"],
  [{ reasoning_effort: "lots" }, "reasoning_effort"],
])("%j is a 400 that names the field", async (asked, param) => {
  const { status, text } = await thinker.call("/v1/chat/completions", { ...body, ...asked });
  expect([status, JSON.parse(text)]).toMatchObject([400, { error: { code: "invalid_request", param } }]);
});
