import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cloudProvider } from "../../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../../support/run-box.ts";
import { chat, messagesOf, status } from "../../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamBehaviour, type UpstreamRequest } from "../../support/upstream-server.ts";
import type { UpstreamServer } from "../../support/upstream-server.ts";

const TASK = { messages: [{ role: "user", content: "Compare Bergen with Oslo." }], max_tokens: 50 };

const PLAN = {
  steps: [
    { id: "bergen", task: "Describe Bergen.", after: [] },
    { id: "oslo", task: "Describe Oslo.", after: [] },
    { id: "weather", task: "Compare the weather.", after: ["bergen", "oslo"] },
  ],
};

const POLICY = `
apiVersion: signalbox/v1
constraints:
  - {id: no-planner-for-secrets, when: 'data.class == "restricted"', require: 'endpoint.model != "team/planner"'}
tests:
  - {name: no secrets, given: {data: {class: restricted}}, expect: {forbidden: p0/team/planner, by: no-planner-for-secrets}}
`;

interface Answer {
  readonly model: string;
  readonly choices: readonly { readonly message: { readonly content: string } }[];
  readonly usage: { readonly prompt_tokens: number; readonly cost: number };
  readonly signalbox: { readonly parts: readonly Record<string, unknown>[] };
  readonly error: { readonly code: string; readonly message: string };
}

type Leaf = Readonly<Record<string, unknown>> & { readonly kind: string };

describe("a plan of a running box", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 };
  const says = (text: string): UpstreamBehaviour => chat({ pieces: [text], usage });
  let servers: readonly UpstreamServer[];
  let box: RunningBox;

  const promptOf = (request: UpstreamRequest): string =>
    messagesOf(request)
      .map(({ content }) => String(content))
      .join("\n");
  const taskOf = (request: UpstreamRequest): string => /Your step: (.*)$/u.exec(promptOf(request))?.[1] ?? "";
  const working: UpstreamBehaviour = (request, response) => says(`Result of: ${taskOf(request)}`)(request, response);

  beforeAll(async () => {
    const names = ["team/planner", "team/worker", "team/joiner"];
    servers = await Promise.all(names.map(() => startUpstreamServer({ behave: says("unset") })));
    const providers = servers.map(({ baseUrl }, index) => {
      const model = { id: names[index], upstreamId: "chat", contextTokens: 65_536, price: { input: 1, output: 2 } };
      const dear = { ...model, id: `${model.id}-dear`, price: { input: 1_000, output: 1_000 } };
      return cloudProvider(`p${index}`, baseUrl, { models: [model, dear] });
    });
    const [planner, worker, joiner] = names;
    const plan = { planner, workers: [worker], joiner, maxSteps: 4, maxStepTokens: 100 };
    const plans = [
      { id: "our/plan", ...plan, maxParallel: 2 },
      // Enough for one of the dear steps at a time.
      { id: "our/frugal", ...plan, workers: ["team/worker-dear"], maxCostUsd: 0.42 },
      { id: "our/poor", ...plan, maxCostUsd: 0.001 },
    ];
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers, plans }, policy: POLICY });
  });

  beforeEach(() => {
    servers[0]?.behave(says(JSON.stringify(PLAN)));
    servers[1]?.behave(working);
    servers[2]?.behave(says("Both are wet."));
  });

  afterAll(async () => {
    await box.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  const counts = (): readonly number[] => servers.map(({ requests }) => requests.length);
  async function ask(body: object, headers = {}) {
    const before = counts();
    const response = await box.chat({ ...TASK, ...body }, { "x-signalbox-metadata": "enabled", ...headers });
    const answer = (await response.json()) as Answer;
    const asked = counts().map((count, index) => count - (before[index] ?? 0));
    const list = await box.get(`/admin/audit?request=${response.headers.get("x-request-id") ?? ""}`);
    const leaves = ((await list.json()) as Leaf[]).toReversed();
    return { response, answer, asked, leaves };
  }

  it("has the task split, the steps done with the results that they need, and the results joined", async () => {
    const { answer, asked } = await ask({ model: "our/plan", stop: ["END"], temperature: 0.3, seed: 7 });
    expect(answer.choices[0]?.message.content).toBe("Both are wet.");
    expect(answer.model).toBe("team/joiner");
    expect(asked).toEqual([1, 3, 1]);
    // Room for every step, and no more than a small context has.
    expect(servers[0]?.requests.at(-1)?.json()).toMatchObject({ max_tokens: 5 * 256 });
    const steps = servers[1]?.requests.slice(-3) ?? [];
    expect(steps.map(taskOf).toSorted()).toEqual(["Compare the weather.", "Describe Bergen.", "Describe Oslo."]);
    const last = steps.at(-1);
    expect(last === undefined ? "" : taskOf(last)).toBe("Compare the weather.");
    expect(last === undefined ? "" : promptOf(last)).toContain("Result of: Describe Bergen.");
    for (const step of steps) expect(step.json()).toMatchObject({ temperature: 0.3, seed: 7, max_tokens: 100 });
    const joined = servers[2]?.requests.at(-1);
    expect(joined?.json()).toMatchObject({ stop: ["END"], max_tokens: 50 });
    expect(joined === undefined ? "" : promptOf(joined)).toMatch(
      /Compare Bergen with Oslo[\s\S]*Result of: Compare the weather\./u,
    );
  });

  it("sums what all used, and records every part under one decision", async () => {
    const { answer, leaves, response } = await ask({ model: "our/plan" });
    expect(answer.usage).toMatchObject({ prompt_tokens: 50 });
    expect(answer.usage.cost).toBeCloseTo(5 * 0.000012, 9);
    expect(leaves.map(({ kind }) => kind)).toEqual(["joint", "joint.outcome"]);
    expect(leaves[0]).toMatchObject({
      index: Number(response.headers.get("x-signalbox-audit-index")),
      joint: { kind: "plan", parts: [{ role: "planner" }, { role: "step", atMost: 4 }, { role: "joiner" }] },
    });
    expect(leaves[1]).toMatchObject({ result: "answered", verdict: "3 of 3 steps have results" });
    const parts = leaves[1]?.["parts"] as readonly Record<string, unknown>[];
    expect(parts.map(({ role, step }) => [role, step])).toEqual([
      ["planner", undefined],
      ["step", { number: 1, after: [] }],
      ["step", { number: 2, after: [] }],
      ["step", { number: 3, after: [1, 2] }],
      ["joiner", undefined],
    ]);
    for (const { requestId, role } of parts) {
      const own = (await (await box.get(`/admin/audit?request=${String(requestId)}`)).json()) as Leaf[];
      expect(own.at(-1)).toMatchObject({ kind: "attempt", partOf: { role, requestId: leaves[0]?.["requestId"] } });
    }
    const stored = JSON.stringify(leaves);
    expect(stored).not.toContain("Bergen");
  });

  it("streams the joiner's answer as it comes, and records the outcome when it has ended", async () => {
    servers[2]?.behave(chat({ pieces: ["Both ", "are ", "wet."], usage }));
    const response = await box.chat({ ...TASK, model: "our/plan", stream: true });
    const text = await response.text();
    expect(text.match(/"content":"(Both |are |wet\.)"/gu)).toHaveLength(3);
    expect(text).toMatch(/"usage":\{"prompt_tokens":50/u);
    const list = await box.get(`/admin/audit?request=${response.headers.get("x-request-id") ?? ""}`);
    expect(((await list.json()) as Leaf[])[0]).toMatchObject({ kind: "joint.outcome", result: "answered" });
  });

  it("tells the joiner of a step that failed, and does no step that needs it", async () => {
    servers[1]?.behave((request, response) =>
      (taskOf(request).includes("Oslo") ? status(400, { error: { message: "no" } }) : working)(request, response),
    );
    const { answer, asked, leaves } = await ask({ model: "our/plan" });
    expect(answer.choices[0]?.message.content).toBe("Both are wet.");
    expect(asked).toEqual([1, 2, 1]);
    expect(leaves[1]?.["verdict"]).toBe("1 of 3 steps have results");
    const joined = servers[2]?.requests.at(-1);
    expect(joined === undefined ? "" : promptOf(joined)).toMatch(
      /no result of step 2: it failed: upstream_rejected[\s\S]*no result of step 3: it needs step 2, which has no result/u,
    );
  });

  it.each<[string, UpstreamBehaviour, string]>([
    [
      "is no plan",
      says("First, look at Bergen."),
      "no plan, it is not the JSON that was asked for, answered in one piece",
    ],
    [
      "has too many steps",
      says(JSON.stringify({ steps: Array.from({ length: 5 }, (_, id) => ({ id: `${id}`, task: "x" })) })),
      "no plan, it has 5 steps, and 4 are the most, answered in one piece",
    ],
    ["has no steps", says('{"steps": []}'), "no steps, answered in one piece"],
    ["fails", status(400, { error: { message: "no" } }), "planner failed: upstream_rejected, answered in one piece"],
  ])("is answered by the joiner alone where the planner's answer %s", async (_, behaviour, verdict) => {
    servers[0]?.behave(behaviour);
    const { answer, asked, leaves } = await ask({ model: "our/plan" });
    expect(answer.choices[0]?.message.content).toBe("Both are wet.");
    expect(asked).toEqual([1, 0, 1]);
    expect(leaves[1]?.["verdict"]).toBe(verdict);
    expect(messagesOf(servers[2]?.requests.at(-1) as UpstreamRequest)).toHaveLength(1);
  });

  it("keeps within its money: a step that does not fit is not done, and the joiner has its own", async () => {
    const { answer, leaves } = await ask({ model: "our/frugal" });
    expect(answer.choices[0]?.message.content).toBe("Both are wet.");
    const parts = leaves[1]?.["parts"] as readonly { role: string; errorCode?: string }[];
    expect(parts.map(({ role, errorCode }) => [role, errorCode])).toEqual([
      ["planner", undefined],
      ["step", undefined],
      ["step", "budget_exceeded"],
      ["joiner", undefined],
    ]);
    expect(leaves[1]?.["costMicroUsd"]).toBeLessThanOrEqual(420_000);
  });

  it("is refused with 402 before anybody is asked where not even a step is affordable", async () => {
    const { response, asked } = await ask({ model: "our/poor" });
    expect(response.status).toBe(402);
    expect(asked).toEqual([0, 0, 0]);
  });

  it("is refused with the rule where policy forbids one of its models", async () => {
    const { response, answer, asked } = await ask({ model: "our/plan" }, { "x-data-class": "restricted" });
    expect(response.status).toBe(403);
    expect(answer.error.message).toContain("team/planner (constraint no-planner-for-secrets");
    expect(asked).toEqual([0, 0, 0]);
  });

  it("fails as its joiner does, and records that", async () => {
    servers[2]?.behave(status(500, { error: { message: "broken" } }));
    const { response, answer, leaves } = await ask({ model: "our/plan" });
    expect(response.status).toBe(502);
    expect(answer.error.code).toBe("upstream_failed");
    expect(leaves[1]).toMatchObject({ kind: "joint.outcome", result: "failed", errorCode: "upstream_failed" });
  });

  it("is cancelled as a whole when the client leaves within the answer, and says so in its record", async () => {
    servers[2]?.behave(chat({ pieces: ["Both ", "never"], beforePiece: () => new Promise(() => {}) }));
    const leaving = new AbortController();
    const response = await fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer sbx_${"0".repeat(47)}1`, "content-type": "application/json" },
      body: JSON.stringify({ ...TASK, model: "our/plan", stream: true }),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    await servers[2]?.idle();
    const id = response.headers.get("x-request-id") ?? "";
    await expect
      .poll(async () => ((await (await box.get(`/admin/audit?request=${id}`)).json()) as Leaf[])[0])
      .toMatchObject({ kind: "joint.outcome", result: "cancelled", errorCode: "client_closed_request" });
  });

  it("is explained with its bounds, and listed", async () => {
    const file = join(box.dataDir, "task.json");
    writeFileSync(file, JSON.stringify({ ...TASK, model: "our/plan" }));
    const { stdout, exitCode } = await box.command("explain", "--request", file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "plan our/plan: planner team/planner, at most 4 steps, now of team/worker, joiner team/joiner",
    );
    expect(stdout).toMatch(/costs at most 0\.0\d+ USD/u);
    expect((await box.get("/v1/models/our/plan")).status).toBe(200);
  });
});
