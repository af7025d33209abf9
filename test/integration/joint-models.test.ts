import { resolve } from "node:path";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";

// Real models in real workers, as members, judge, planner and joiner; the judge has a context that is too small for what it
// is to read, and no model here can tell which answer is best. What is tested is that the verdict is one all the same.

const NANO = "signalbox/nano";
const PLAN = {
  steps: [
    { id: "1", task: `Classify the sentiment: ${"The room was lovely. ".repeat(120)}`, after: [] },
    { id: "2", task: "What is 12 + 30?", after: ["1"] },
  ],
};
/** What the other model says, whoever asks it: a long answer, and a plan. */
const SCRIPT = JSON.stringify(PLAN);

describe("panels and plans of models of this box, asked with OpenAI's client", () => {
  let box: RunningBox;
  let client: OpenAI;

  beforeAll(async () => {
    const file = await buildTestModel("scripted", { script: SCRIPT });
    const scripted = { id: "test/scripted", file, slots: 1, device: "cpu" };
    const nano = {
      id: NANO,
      file: resolve(import.meta.dirname, "../../models/nano.gguf"),
      slots: 2,
      device: "cpu",
      contextTokens: 2048,
    };
    // Time is no part of what is tested, and machines that test have little.
    const both = { members: ["test/scripted", NANO], timeout: "10m" };
    const hasCity = { id: "has-city", require: "answer.is_json && has(answer.json.city)" };
    box = await runBox({
      config: {
        models: [nano, scripted],
        panels: [
          { id: "panel/judged", ...both, judge: { model: NANO } },
          { id: "panel/tested", ...both, judge: { tests: [hasCity] } },
        ],
        // The scripted one does the steps, too: two long results, of which the joiner's context holds no half.
        plans: [
          { id: "plan/small", planner: "test/scripted", workers: ["test/scripted"], joiner: NANO, timeout: "10m" },
        ],
      },
    });
    client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
  });

  afterAll(() => box.stop());

  async function ask(model: string, content: string) {
    const asked = client.chat.completions.create({ model, messages: [{ role: "user", content }], temperature: 0 });
    const { data, response } = await asked.withResponse();
    const leaves = await box.get(`/admin/audit?request=${response.headers.get("x-request-id") ?? ""}`);
    const [outcome] = (await leaves.json()) as [
      { readonly verdict: string; readonly parts: readonly Record<string, unknown>[] },
    ];
    return { text: data.choices[0]?.message.content, ...outcome };
  }

  it("have a judge name one of the answers, although they are longer than its context", async () => {
    const { text, verdict, parts } = await ask("panel/judged", "Classify the sentiment: The room was lovely.");
    expect(verdict).toBe("judge selected 1 of 2 answers");
    expect([SCRIPT, "positive"]).toContain(text);
    const judges = parts.filter(({ role }) => role === "judge");
    expect(judges.at(-1)?.["errorCode"]).toBeUndefined();
    for (const before of judges.slice(0, -1)) expect(before["errorCode"]).toBe("context_length_exceeded");
  });

  it("give the one answer that passes the test", async () => {
    const { text, parts } = await ask(
      "panel/tested",
      "Extract name and city as JSON: My name is Laura Stein. I live in Bergen.",
    );
    expect(JSON.parse(text ?? "")).toEqual({ name: "Laura Stein", city: "Bergen" });
    expect(parts.map(({ failedTests }) => failedTests)).toEqual([[{ id: "has-city" }], undefined]);
  });

  it("carry out a plan whose joiner has a small context", async () => {
    const { text, verdict, parts } = await ask("plan/small", "Judge the review and add 12 and 30.");
    const ends = parts.map(({ role, errorCode }) => [role, errorCode]);
    expect(ends.slice(0, 3)).toEqual([
      ["planner", undefined],
      ["step", undefined],
      ["step", undefined],
    ]);
    // Asked again with half of the results each time, until they fit.
    const joiners = ends.slice(3);
    expect(joiners.at(-1)).toEqual(["joiner", undefined]);
    for (const before of joiners.slice(0, -1)) expect(before).toEqual(["joiner", "context_length_exceeded"]);
    expect(verdict).toBe("2 of 2 steps have results");
    expect(text).not.toBe("");
  });
});
