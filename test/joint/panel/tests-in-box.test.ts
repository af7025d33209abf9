import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfigurationFile } from "../../../src/app/read-configuration-file.ts";
import { cloudProvider } from "../../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../../support/run-box.ts";
import { chat, status } from "../../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamBehaviour, type UpstreamServer } from "../../support/upstream-server.ts";

/** The bank's panel as the documentation shows it. */
const EXAMPLE = /```yaml\n(panels:\n  - id: bank\/[\s\S]*?)```/u.exec(
  readFileSync(join(import.meta.dirname, "../../../docs/panels.md"), "utf8"),
)?.[1];

interface ExamplePanel {
  readonly members: readonly string[];
}

const PANELS = (parse(EXAMPLE ?? "") as { readonly panels: readonly [ExamplePanel] }).panels;
const MEMBERS = PANELS[0].members;

const LETTER = { model: "bank/transfer-order", messages: [{ role: "user", content: "Please pay …" }] };
const RIGHT = '{"iban": "DE02120300000000202051", "amount": 120.5, "currency": "EUR", "purpose": "rent"}';
const WITHOUT_PURPOSE = '{"iban": "DE02120300000000202051", "amount": 120.5, "currency": "EUR"}';
const WRONG_IBAN = '{"iban": "12 03", "amount": 120.5, "currency": "EUR", "purpose": "rent"}';

interface Answer {
  readonly model: string;
  readonly choices: readonly { readonly message: Record<string, unknown> }[];
  readonly signalbox: { readonly parts: readonly Record<string, unknown>[] };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly metadata: { readonly parts: readonly Record<string, unknown>[] };
  };
}

describe("a panel whose answers are tested, in a running box", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 };
  const says = (text: string): UpstreamBehaviour => chat({ pieces: [text], usage });
  let servers: readonly UpstreamServer[];
  let box: RunningBox;

  beforeAll(async () => {
    servers = await Promise.all(MEMBERS.map(() => startUpstreamServer({ behave: says("unset") })));
    const providers = servers.map(({ baseUrl }, index) => {
      const price = { input: 1, output: 2 };
      const model = { id: MEMBERS[index], upstreamId: "chat", contextTokens: 4096, price, capabilities: ["tools"] };
      return cloudProvider(`p${index}`, baseUrl, { models: [model] });
    });
    const require = 'answer.tool_calls.exists(c, c.name == "pay" && c.arguments.amount <= 100)';
    const tools = { id: "bank/pay", members: MEMBERS, judge: { tests: [{ id: "pays-little", require }] } };
    const panels = [...PANELS, tools];
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers, panels } });
  });

  beforeEach(() => {
    for (const server of servers) server.behave(says("unset"));
  });

  afterAll(async () => {
    await box.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  async function ask(answers: readonly UpstreamBehaviour[], body: object = {}) {
    answers.forEach((behaviour, index) => servers[index]?.behave(behaviour));
    const response = await box.chat({ ...LETTER, ...body }, { "x-signalbox-metadata": "enabled" });
    const leaves = await box.get(`/admin/audit?request=${response.headers.get("x-request-id") ?? ""}`);
    const [outcome] = (await leaves.json()) as Record<string, unknown>[];
    return { status: response.status, answer: (await response.json()) as Answer, outcome };
  }

  it("gives the first member's answer that passes, and records which test each other has failed", async () => {
    const { answer, outcome } = await ask([says(WRONG_IBAN), says(RIGHT), says("I can't read it.")]);
    expect(answer.choices[0]?.message["content"]).toBe(RIGHT);
    expect(answer.model).toBe(MEMBERS[1]);
    expect(answer.signalbox.parts[0]).toMatchObject({ error_code: "tests_failed", failed_tests: [{ id: "iban" }] });
    expect(outcome).toMatchObject({
      kind: "joint.outcome",
      verdict: expect.stringMatching(/^passes 5 of 5 tests, [12] of 3 members do not count$/u) as unknown,
    });
    expect(JSON.stringify(outcome)).not.toContain("12 03");
  });

  it("cancels the others as soon as the first member's answer passes everything", async () => {
    servers.slice(1).forEach((server) => server.behave(() => new Promise(() => {})));
    const { answer } = await ask([says(RIGHT)]);
    expect(answer.signalbox.parts.map(({ error_code: code }) => code)).toEqual([undefined, "superseded", "superseded"]);
    await Promise.all(servers.map((server) => server.idle()));
  });

  it("prefers the answer that passes more of what is only wished for", async () => {
    const { answer } = await ask([says(WITHOUT_PURPOSE), says(WITHOUT_PURPOSE), says(RIGHT)]);
    expect(answer.model).toBe(MEMBERS[2]);
    expect(answer.signalbox.parts[0]).toMatchObject({ failed_tests: [{ id: "has-purpose" }] });
    const { answer: without, outcome } = await ask([WRONG_IBAN, WITHOUT_PURPOSE, WITHOUT_PURPOSE].map(says));
    expect(without.model).toBe(MEMBERS[1]);
    expect(outcome?.["verdict"]).toBe("passes 4 of 5 tests, 1 of 3 members do not count");
  });

  it("fails with every member's failed tests where none passes", async () => {
    const { status: code, answer, outcome } = await ask([WRONG_IBAN, "no", "[]"].map(says));
    expect([code, answer.error.code]).toEqual([502, "tests_failed"]);
    expect(answer.error.message).toContain("The answer has not passed iban.");
    expect(answer.error.metadata.parts[0]).toMatchObject({ failed_tests: [{ id: "iban" }] });
    expect(answer.error.metadata.parts[1]).toMatchObject({
      failed_tests: expect.arrayContaining([{ id: "amount", error: "answer.json is unknown" }]) as unknown,
    });
    expect(outcome).toMatchObject({ result: "failed", errorCode: "tests_failed" });
  });

  it("says so where some failed otherwise", async () => {
    const broken = status(500, { error: { message: "broken" } });
    expect((await ask([says(WRONG_IBAN), broken, broken])).answer.error.code).toBe("too_few_answers");
  });

  const call = (amount: number): UpstreamBehaviour =>
    chat({ toolCalls: [{ id: "call_1", name: "pay", arguments: JSON.stringify({ amount }) }], usage });
  const tools = [{ type: "function", function: { name: "pay", parameters: { type: "object" } } }];

  it("tests calls of tools, and gives the one that passes, streamed too", async () => {
    const behaviours = [call(1_000), call(50), says("Shall I pay?")];
    const { answer } = await ask(behaviours, { model: "bank/pay", tools });
    expect(answer.model).toBe(MEMBERS[1]);
    expect(answer.choices[0]?.message["tool_calls"]).toMatchObject([{ function: { name: "pay" } }]);
    const response = await box.chat({ ...LETTER, model: "bank/pay", tools, stream: true });
    expect(await response.text()).toMatch(/"tool_calls":\[\{"index":0,[\s\S]*"finish_reason":"tool_calls"/u);
  });
});

describe("a configuration with tests of answers", () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-tests-"));
  const read = (judge: string) => {
    const file = join(folder, "appliance.yaml");
    const models = "models: [{id: a/a, file: a/a}, {id: a/b, file: a/b}]";
    writeFileSync(file, `${models}\npanels:\n  - id: a/panel\n    members: [a/a, a/b]\n    judge:\n      ${judge}\n`);
    const loaded = readConfigurationFile(file);
    return loaded.ok ? [] : loaded.problems;
  };

  it("is refused with line, column and the nearest name", () => {
    expect(read(`tests: [{id: t, require: 'answer.is_json && answer.txt == ""'}]`)).toMatchObject([
      {
        path: "panels[0].judge.tests[0].require",
        line: 6,
        column: 58,
        message: expect.stringContaining("did you mean text?") as unknown,
      },
    ]);
  });

  it.each([
    ["tests: [{id: t, requires: 'answer.is_json'}]", "did you mean require?"],
    ["tests: [{id: t}]", "needs `require` or `prefer`"],
    ["tests: [{id: t, require: 'true'}, {id: t, prefer: 'true'}]", "has an id twice"],
    ["tests: []", "panels[0].judge.tests"],
  ])("is refused for `%s`, with what is wrong inside", (judge, expected) => {
    const problems = read(judge).map(({ path, message }) => `${path} ${message}`);
    expect(problems.join("\n")).toContain(expected);
  });

  it("may be as in the documentation", () => {
    expect(read("tests: [{id: t, require: 'answer.is_json'}]")).toEqual([]);
  });
});
