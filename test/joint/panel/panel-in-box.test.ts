import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cloudProvider } from "../../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../../support/run-box.ts";
import { chat, status } from "../../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamBehaviour, type UpstreamServer } from "../../support/upstream-server.ts";

const MEMBERS = ["team/a", "team/b", "team/c", "team/failing"] as const;
const QUESTION = { messages: [{ role: "user", content: "Positive or negative?" }], max_tokens: 10 };
const METADATA = { "x-signalbox-metadata": "enabled" };

/** What 10 prompt and 1 answer token cost at 1 and 2 USD per million. */
const ONE_ANSWER_USD = 0.000012;

const POLICY = `
apiVersion: signalbox/v1
constraints:
  - {id: no-c-for-secrets, when: 'data.class == "restricted"', require: 'endpoint.model != "team/c"'}
tests:
  - {name: c gets no secrets, given: {data: {class: restricted}}, expect: {forbidden: p2/team/c, by: no-c-for-secrets}}
`;

interface Answer {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly { readonly message: { readonly content: string } }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly cost: number };
  readonly signalbox: { readonly parts: readonly Record<string, unknown>[] };
  readonly error: { readonly code: string; readonly message: string; readonly metadata: Record<string, unknown> };
}

type Leaf = Readonly<Record<string, unknown>> & { readonly index: number; readonly kind: string };

describe("a panel of a running box", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 };
  const says = (text: string): UpstreamBehaviour => chat({ pieces: [text], usage });
  let servers: readonly UpstreamServer[];
  let box: RunningBox;

  beforeAll(async () => {
    servers = await Promise.all(MEMBERS.map(() => startUpstreamServer({ behave: says("unset") })));
    const providers = servers.map(({ baseUrl }, index) => {
      const model = { id: MEMBERS[index], upstreamId: "chat", contextTokens: 4096, price: { input: 1, output: 2 } };
      return cloudProvider(`p${index}`, baseUrl, { models: [model] });
    });
    const panels = [
      { id: "panel/vote", members: MEMBERS, quorum: 3 },
      { id: "panel/three", members: MEMBERS.slice(0, 3), quorum: 2 },
      { id: "panel/poor", members: MEMBERS, maxCostUsd: 0.00001 },
    ];
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers, panels }, policy: POLICY });
  });

  beforeEach(() => {
    const behaviours = [
      says("Positive."),
      says("negative"),
      says("positive"),
      status(400, { error: { message: "no" } }),
    ];
    servers.forEach((server, index) => server.behave(behaviours[index] ?? says("")));
  });

  afterAll(async () => {
    await box.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  const ask = async (body: object, headers = {}): Promise<{ response: Response; answer: Answer }> => {
    const response = await box.chat({ ...QUESTION, ...body }, headers);
    return { response, answer: (await response.json()) as Answer };
  };
  const leavesOf = async (requestId: unknown): Promise<readonly Leaf[]> => {
    const response = await box.get(`/admin/audit?request=${String(requestId)}`);
    return ((await response.json()) as Leaf[]).toReversed();
  };
  const received = (): number => servers.reduce((sum, { requests }) => sum + requests.length, 0);

  it("gives the answer of the most members, one of them wrong and one failing, and the sum of what all used", async () => {
    const { response, answer } = await ask({ model: "panel/vote" }, METADATA);
    expect(response.status).toBe(200);
    expect(answer.choices[0]?.message.content).toBe("Positive.");
    expect(answer.model).toBe("team/a");
    expect(answer.usage).toMatchObject({ prompt_tokens: 30, completion_tokens: 3 });
    expect(answer.usage.cost).toBeCloseTo(3 * ONE_ANSWER_USD, 9);
    expect(answer.signalbox.parts.map(({ model, agreed, error_code: code }) => [model, agreed, code])).toEqual([
      ["team/a", true, undefined],
      ["team/b", false, undefined],
      ["team/c", true, undefined],
      ["team/failing", undefined, "upstream_rejected"],
    ]);
  });

  it("records the decision on the whole, each member under it, and what was chosen", async () => {
    const { response, answer } = await ask({ model: "panel/vote" }, METADATA);
    const requestId = response.headers.get("x-request-id");
    const [joint, outcome, ...others] = await leavesOf(requestId);
    expect(others).toEqual([]);
    expect(joint?.index).toBe(Number(response.headers.get("x-signalbox-audit-index")));
    expect(joint).toMatchObject({
      kind: "joint",
      dataClass: "internal",
      joint: { kind: "panel", modelId: "panel/vote", quorum: 3, parts: MEMBERS.map((modelId) => ({ modelId })) },
    });
    const parts = outcome?.["parts"] as readonly Record<string, unknown>[];
    expect(outcome).toMatchObject({ kind: "joint.outcome", result: "answered", chosen: parts[0]?.["requestId"] });
    expect(outcome?.["verdict"]).toBe("2 of 3 answers agree");
    expect(parts).toHaveLength(4);
    for (const part of parts) {
      const leaves = await leavesOf(part["requestId"]);
      expect(leaves.map(({ kind }) => kind)).toEqual(["attempt", "outcome"]);
      expect(leaves[0]).toMatchObject({ partOf: { requestId, role: "member" } });
      expect(leaves[0]?.index).toBeGreaterThan(joint?.index ?? Infinity);
      if (part["errorCode"] === undefined) expect(leaves[0]?.index).toBe(part["auditIndex"]);
    }
    expect(parts.map(({ requestId: id }) => id)).toEqual(answer.signalbox.parts.map(({ request_id: id }) => id));
    const generation = (await (await box.get(`/v1/generation?id=${requestId ?? ""}`)).json()) as { data: object };
    expect(generation.data).toMatchObject({ model: "team/a", provider_name: "p0", tokens_prompt: 30 });
    expect((generation.data as { provider_responses: [] }).provider_responses).toHaveLength(4);
  });

  it("streams the chosen answer, with the usage of all in the last chunk", async () => {
    const response = await box.chat({ ...QUESTION, model: "panel/vote", stream: true });
    const lines = (await response.text()).split("\n\n").filter((line) => line.startsWith("data: {"));
    const chunks = lines.map((line) => JSON.parse(line.slice("data: ".length)) as Record<string, unknown>);
    expect(chunks[0]).toMatchObject({ choices: [{ delta: { content: "Positive." } }], model: "team/a" });
    expect(chunks.at(-1)).toMatchObject({ usage: { prompt_tokens: 30, cost: 3 * ONE_ANSWER_USD } });
  });

  it("cancels who was not waited for, and bills what was sent to it", async () => {
    servers[1]?.behave(() => new Promise(() => {})); // Never answers.
    const { answer } = await ask({ model: "panel/three" }, METADATA);
    expect(answer.choices[0]?.message.content).toBe("Positive.");
    expect(answer.signalbox.parts[1]).toMatchObject({ model: "team/b", error_code: "superseded" });
    expect(answer.signalbox.parts[1]?.["cost_micro_usd"]).toBeGreaterThan(0);
    const costs = answer.signalbox.parts.map((part) => Number(part["cost_micro_usd"]));
    expect(answer.usage.cost).toBeCloseTo(costs.reduce((sum, cost) => sum + cost) / 1_000_000, 9);
    await servers[1]?.idle();
  });

  it("cancels every member when the client leaves, and records what each is billed", async () => {
    const before = received();
    for (const server of servers) server.behave(() => new Promise(() => {}));
    const leaving = new AbortController();
    const asked = fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer sbx_${"0".repeat(47)}1`, "content-type": "application/json" },
      body: JSON.stringify({ ...QUESTION, model: "panel/three" }),
      signal: leaving.signal,
    });
    await Promise.all(servers.slice(0, 3).map((server) => server.received(server.requests.length + 1)));
    expect(received()).toBe(before + 3);
    leaving.abort();
    await expect(asked).rejects.toThrow("abort");
    await Promise.all(servers.map((server) => server.idle()));
    let newest: Leaf | undefined;
    await expect
      .poll(async () => {
        const list = (await (await box.get("/admin/decisions?kind=joint.outcome&limit=1")).json()) as Leaf[];
        newest = list[0];
        return newest?.["result"];
      })
      .toBe("cancelled");
    const parts = newest?.["parts"] as readonly Record<string, unknown>[];
    expect(parts.map(({ errorCode }) => errorCode)).toEqual(Array(3).fill("client_closed_request"));
    for (const part of parts) expect(part["costMicroUsd"]).toBeGreaterThan(0);
  });

  it("refuses with 402, before anything leaves, what could cost more than it may", async () => {
    const before = received();
    const { response, answer } = await ask({ model: "panel/poor" });
    expect(response.status).toBe(402);
    expect(answer.error.message).toMatch(/All parts together may cost \S+ USD, and 0.00001 USD/u);
    expect(received()).toBe(before);
    const [leaf] = await leavesOf(response.headers.get("x-request-id"));
    expect(leaf).toMatchObject({ kind: "refusal", errorCode: "budget_exceeded", joint: { modelId: "panel/poor" } });
  });

  it("holds a key's budget for all members together", async () => {
    const make = async (name: string, budgetUsd: number): Promise<string> => {
      const made = await box.send("POST", "/admin/keys", { name, budgetUsd });
      return ((await made.json()) as { key: string }).key;
    };
    const askWith = (key: string) =>
      box.send("POST", "/v1/chat/completions", { ...QUESTION, model: "panel/three" }, key);
    const before = received();
    // One member may cost some 40 millionths.
    const poor = await askWith(await make("poor", 0.00006));
    expect(poor.status).toBe(402);
    expect(received()).toBe(before);
    const rich = await make("rich", 0.0002);
    expect((await askWith(rich)).status).toBe(200);
    const { data } = (await (await box.send("GET", "/v1/key", undefined, rich)).json()) as { data: { usage: number } };
    expect(data.usage).toBeGreaterThanOrEqual(2 * ONE_ANSWER_USD);
    expect(data.usage).toBeLessThanOrEqual(0.0002);
  });

  it("leaves out whom policy forbids, and says so", async () => {
    const { response, answer } = await ask({ model: "panel/three" }, { ...METADATA, "x-data-class": "restricted" });
    expect(response.status).toBe(200);
    expect(answer.signalbox.parts.map(({ model }) => model)).toEqual(["team/a", "team/b"]);
    const { answer: refused, response: forbidden } = await ask(
      { model: "panel/vote", provider: { ignore: ["p3"] } },
      {
        "x-data-class": "restricted",
      },
    );
    expect(forbidden.status).toBe(403);
    expect(refused.error.message).toContain("team/c (constraint no-c-for-secrets");
  });

  it("takes feedback for the endpoint whose answer was given", async () => {
    const { response } = await ask({ model: "panel/vote" });
    const said = { request_id: response.headers.get("x-request-id"), thumb: "up" };
    const taken = await box.send("POST", "/v1/feedback", said);
    expect(await taken.json()).toMatchObject({ data: { endpoint: "p0/team/a", score: 1 } });
  });

  it("is counted in /metrics part by part, also where it fails", async () => {
    const countOf = async (labels: string): Promise<number> => {
      const text = await (await box.get("/metrics")).text();
      return Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`signalbox_attempts_total{${labels}}`))
          ?.split(" ")[1] ?? 0,
      );
    };
    const failures = 'endpoint="p1/team/b",outcome="upstream_rejected"';
    const before = [await countOf(failures), servers[1]?.requests.length ?? 0] as const;
    servers[1]?.behave(status(400, { error: { message: "no" } }));
    expect((await ask({ model: "panel/vote" })).response.status).toBe(400);
    expect((await ask({ model: "panel/three" })).response.status).toBe(200);
    const asked = (servers[1]?.requests.length ?? 0) - before[1];
    expect([asked, (await countOf(failures)) - before[0]]).toEqual([2, 2]);
  });

  it("says what kept each member from answering where too few did", async () => {
    servers[0]?.behave(status(500, { error: { message: "broken" } }));
    const { response, answer } = await ask({ model: "panel/vote" });
    expect(response.status).toBe(502);
    expect(answer.error.code).toBe("too_few_answers");
    expect(answer.error.message).toContain("Panel panel/vote needs 3 answers, and there were");
    expect(answer.error.message).toContain("team/a (upstream_failed");
    const [, outcome] = await leavesOf(response.headers.get("x-request-id"));
    expect(outcome).toMatchObject({ kind: "joint.outcome", result: "failed", errorCode: "too_few_answers" });
  });

  it.each([
    ["tools", { tools: [{ type: "function", function: { name: "f" } }] }],
    ["n", { n: 2 }],
    ["models", { models: ["team/a"] }],
  ])("refuses %s, which it can't compare", async (param, extra) => {
    const { response, answer } = await ask({ model: "panel/vote", ...extra });
    expect(response.status).toBe(400);
    expect(answer.error).toMatchObject({ param });
  });

  it("explains who would be asked and what it may cost at most", async () => {
    const file = join(box.dataDir, "question.json");
    writeFileSync(file, JSON.stringify({ ...QUESTION, model: "panel/three" }));
    const { stdout, exitCode } = await box.command("explain", "--request", file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("panel panel/three: member team/a, member team/b, member team/c; 2 have to answer");
    expect(stdout).toMatch(/costs at most 0\.000\d+ USD/u);
    expect(stdout).toContain("member team/b");
  });

  it("is listed with the price of all members, and may be a preset's model", async () => {
    const list = (await (await box.get("/v1/models")).json()) as { data: { id: string; pricing: object }[] };
    const listed = list.data.find(({ id }) => id === "panel/three");
    expect(listed).toMatchObject({ pricing: { prompt: "0.000003", completion: "0.000006" }, context_length: 4096 });
    expect((await box.get("/v1/models/panel/three/endpoints")).status).toBe(200);
    const stored = await box.send("PUT", "/admin/presets/jury", { model: "panel/three", temperature: 0 });
    expect(stored.status).toBeLessThan(300);
    expect((await ask({ model: "@preset/jury" })).answer.choices[0]?.message.content).toBe("Positive.");
  });
});
