import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { supportedParameters } from "../../src/core/parameters.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";

const THOUGHT = "First one thing, then another, and last of all a third one.";
const SCRIPT = "The answer is 42.";
const MODEL = "test/thinker";

let box: RunningBox;
let client: OpenAI;

beforeAll(async () => {
  const file = await buildTestModel("scripted-reasoning", { thought: THOUGHT, script: SCRIPT });
  box = await runBox({ config: { models: [{ id: MODEL, file, slots: 1, contextTokens: 512, device: "cpu" }] } });
  client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
});
afterAll(() => box?.stop());

const messages = [{ role: "user" as const, content: "Hello" }];

interface Reasoned {
  readonly content?: string | null;
  readonly reasoning?: string;
  readonly reasoning_content?: string;
}

async function whole(more: object): Promise<Reasoned & { readonly tokens: number | undefined }> {
  const { choices, usage } = await client.chat.completions.create({ model: MODEL, messages, ...more });
  return { ...(choices[0]?.message as Reasoned), tokens: usage?.completion_tokens_details?.reasoning_tokens };
}

async function streamed(more: object): Promise<Reasoned & { readonly tokens: number | undefined }> {
  const stream = await client.chat.completions.create({ model: MODEL, messages, stream: true, ...more });
  const told = { content: "", reasoning: "", reasoning_content: "" };
  let tokens: number | undefined;
  for await (const { choices, usage } of stream) {
    const delta = choices[0]?.delta as Reasoned | undefined;
    for (const name of ["content", "reasoning", "reasoning_content"] as const) told[name] += delta?.[name] ?? "";
    tokens = usage?.completion_tokens_details?.reasoning_tokens ?? tokens;
  }
  return { ...told, tokens };
}

describe("a model of this box that reasons, through the gateway", () => {
  it.each([
    ["whole", whole],
    ["streamed", streamed],
  ])("shows, hides, bounds and leaves out its reasoning as asked, %s", async (_, ask) => {
    const shown = await ask({});
    expect(shown).toMatchObject({ content: SCRIPT, reasoning: THOUGHT, reasoning_content: THOUGHT });
    const hidden = await ask({ reasoning: { exclude: true } });
    expect([hidden.content, hidden.reasoning || undefined, hidden.tokens]).toEqual([SCRIPT, undefined, shown.tokens]);
    const bounded = await ask({ reasoning: { max_tokens: 3 } });
    expect([bounded.content, bounded.tokens]).toEqual([SCRIPT, 3]);
    const off = await ask({ reasoning_effort: "none" });
    expect([off.content, off.reasoning || undefined, off.tokens]).toEqual([SCRIPT, undefined, 0]);
  });

  it("refuses two bounds at once with the field", async () => {
    const response = await box.chat({ model: MODEL, messages, reasoning: { effort: "low", max_tokens: 5 } });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { param: "reasoning" } }]);
  });

  it("lists what it honours, and goes nowhere with what it does not where that is required", async () => {
    const listed = (await (await box.get("/v1/models")).json()) as {
      data: readonly { id: string; supported_parameters: readonly string[] }[];
    };
    const capabilities = ["tools", "json-schema", "logprobs", "reasoning"] as const;
    expect(listed.data.find(({ id }) => id === MODEL)?.supported_parameters).toEqual(
      supportedParameters({ location: "box", capabilities }),
    );
    const provider = { require_parameters: true };
    expect((await box.chat({ model: MODEL, messages, min_p: 0.1, provider })).status).toBe(200);
    const refused = await box.chat({ model: MODEL, messages, top_a: 0.1, provider });
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([404, expect.stringContaining("top_a")]);
  });
});
