import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { readEvents } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat, status } from "../support/upstream-behaviours.ts";
import type { UpstreamBehaviour } from "../support/upstream-server.ts";

const POLICY = `
apiVersion: signalbox/v1
constraints:
  - id: restricted-never-leaves
    when: 'data.class == "restricted"'
    require: 'endpoint.location == "box"'
  - id: eu-tenants-stay-in-the-eu
    when: '"tenant" in request.metadata && request.metadata["tenant"].startsWith("eu-")'
    require: 'endpoint.location == "box" || endpoint.region == "eu"'
routes:
  - id: batch-is-cheap
    when: 'workload.class == "batch"'
    objective: cost
  - id: otherwise
    prefer: ['endpoint.provider == "kept"']
    objective: balanced
tests:
  - name: restricted data stays
    given: {data: {class: restricted}}
    expect: {forbidden: [kept/team/chat], by: restricted-never-leaves}
endpoints:
  - {id: kept/team/chat, location: cloud}
`;

interface Answer {
  readonly provider?: string;
  readonly usage?: { readonly cost: number };
  readonly signalbox?: {
    readonly decision: {
      readonly data_class: string;
      readonly workload: { readonly class: string };
      readonly route: string;
      readonly candidates: readonly { readonly endpoint: string }[];
      readonly rejected: readonly { readonly endpoint: string; readonly by: string }[];
    };
  };
  readonly error?: { readonly code: string; readonly param: string | null; readonly message: string };
}

describe("what a request may add", () => {
  let box: RunningBox;
  let faulty: FaultyProviders;
  /** Whether the provider `free` fails. */
  let isBroken = false;

  beforeAll(async () => {
    const free: UpstreamBehaviour = (request, response) => (isBroken ? status(500, "no") : chat())(request, response);
    faulty = await startFaultyProviders({ kept: chat(), cheap: chat(), dear: chat(), free });
    const at = (id: string, facts: object, price: object, model: object = {}): object => ({
      id,
      location: "cloud",
      baseUrl: `${faulty.server.origin}/${id}/v1`,
      models: [{ id: "team/chat", contextTokens: 8_000, price, ...model }],
      ...facts,
    });
    box = await runBox({
      policy: POLICY,
      config: {
        network: { egress: "allowlisted" },
        models: [
          { id: "team/local", file: await buildTestModel("scripted"), slots: 1, contextTokens: 512, device: "cpu" },
        ],
        providers: [
          at(
            "kept",
            { retentionDays: 30, trainsOnData: false, region: "us" },
            { input: 3, output: 9 },
            { quantization: "fp8" },
          ),
          at("cheap", { region: "us" }, { input: 1, output: 2 }),
          at(
            "dear",
            { retentionDays: 0, trainsOnData: false, region: "eu" },
            { input: 10, output: 30 },
            { capabilities: ["tools", "json-schema"] },
          ),
          at("free", { retentionDays: 0, trainsOnData: false }, { input: 0, output: 0 }),
        ],
      },
    });
  });

  const whileBroken = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    isBroken = true;
    try {
      return await work();
    } finally {
      isBroken = false;
    }
  };

  afterAll(async () => {
    await box.stop();
    await faulty.server.close();
  });

  const ask = async (extra: object, headers: Record<string, string> = {}) => {
    const body = { model: "team/chat", messages: [{ role: "user", content: "Hello?" }], max_tokens: 300, ...extra };
    const response = await box.chat(body, { "x-signalbox-metadata": "enabled", ...headers });
    const answer = (await response.json()) as Answer;
    return { status: response.status, endpoint: response.headers.get("x-signalbox-endpoint"), answer, response };
  };
  const orderOf = ({ answer }: { readonly answer: Answer }): readonly string[] =>
    (answer.signalbox?.decision.candidates ?? []).map(({ endpoint }) => endpoint.split("/")[0] ?? "");

  it("carries the decision only where it is asked for", async () => {
    const { answer, response } = await ask({});
    expect(answer.signalbox?.decision).toMatchObject({
      data_class: "internal",
      workload: { class: "interactive" },
      route: "otherwise",
    });
    for (const header of [
      "x-request-id",
      "x-signalbox-endpoint",
      "x-signalbox-model",
      "x-signalbox-workload",
      "x-signalbox-audit-index",
    ])
      expect(response.headers.get(header)).toBeTruthy();
    expect(answer).toMatchObject({ provider: "kept", usage: { cost: expect.any(Number) as number } });
    const plain = await ask({}, { "x-signalbox-metadata": "no" });
    expect(plain.answer.signalbox).toBeUndefined();
    const stream = await box.chat(
      { model: "team/chat", stream: true, messages: [{ role: "user", content: "Hi" }] },
      { "x-signalbox-metadata": "enabled" },
    );
    const text = await stream.text();
    expect(readEvents(text).done).toBe(true);
    const last = JSON.parse([...text.matchAll(/^data: (\{.*\})$/gm)].at(-1)?.[1] ?? "") as Answer;
    expect(last).toMatchObject({
      signalbox: { endpoint: "kept/team/chat" },
      usage: { cost: expect.any(Number) as number },
    });
  });

  it.each<[string, object, readonly string[]]>([
    ["order", { order: ["dear", "cheap"] }, ["dear", "cheap", "kept", "free"]],
    ["order without fallbacks", { order: ["dear", "cheap"], allow_fallbacks: false }, ["dear", "cheap"]],
    ["only", { only: ["cheap", "dear"] }, ["cheap", "dear"]],
    ["ignore", { ignore: ["kept", "free"] }, ["cheap", "dear"]],
    ["sort by price", { sort: "price" }, ["free", "cheap", "kept", "dear"]],
    ["sort as an object", { sort: { by: "price", partition: "none" } }, ["free", "cheap", "kept", "dear"]],
    ["max_price", { max_price: { prompt: 3, completion: "9" }, sort: "price" }, ["free", "cheap", "kept"]],
    ["data_collection: deny", { data_collection: "deny", sort: "price" }, ["free", "dear"]],
    ["zdr", { zdr: true, sort: "price" }, ["free", "dear"]],
    ["quantizations", { quantizations: ["fp8"] }, ["kept"]],
    ["no fallbacks at all", { allow_fallbacks: false }, ["kept"]],
  ])("honours provider.%s", async (_, provider, order) => {
    const asked = await ask({ provider });
    expect(asked.answer.error).toBeUndefined();
    expect(new Set(orderOf(asked))).toEqual(new Set(order));
    if ("sort" in provider || "order" in provider) expect(orderOf(asked).slice(0, 2)).toEqual(order.slice(0, 2));
  });

  it("does not fall back where the request forbids it", async () => {
    const before = faulty.server.requests.length;
    const { status: code, answer } = await whileBroken(() =>
      ask({ provider: { order: ["free"], allow_fallbacks: false } }),
    );
    expect(code).toBe(502);
    expect(answer.error?.code).toBe("upstream_failed");
    expect(faulty.server.requests.length).toBe(before + 1);
  });

  it("refuses a request that excludes everything itself, and names the field", async () => {
    for (const [provider, param] of [
      [{ only: ["nobody"] }, "provider.only"],
      [{ max_price: { prompt: 0.001 }, ignore: ["free"] }, "provider.max_price"],
      [{ quantizations: ["int4"] }, "provider.quantizations"],
    ] as const) {
      const { status: code, answer } = await ask({ provider });
      expect(code).toBe(404);
      expect(answer.error).toMatchObject({ code: "no_endpoint_matches", param });
    }
  });

  it("asks only endpoints that know all parameters with require_parameters, and prefers them without", async () => {
    const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }];
    const preferred = await ask({ tools, provider: { sort: "price", ignore: ["free"] } });
    expect(orderOf(preferred)).toEqual(["dear", "cheap", "kept"]);
    const required = await ask({ tools, provider: { require_parameters: true } });
    expect(orderOf(required)).toEqual(["dear"]);
  });

  it("tries the next of `models` when the first is unknown, refused or failing", async () => {
    expect((await ask({ model: "no/such", models: ["team/local"], max_tokens: 20 })).endpoint).toBe("box/team/local");
    const failing = await whileBroken(() =>
      ask({ models: ["team/local"], provider: { only: ["free", "box"] }, max_tokens: 20 }),
    );
    expect(failing.endpoint).toBe("box/team/local");
    const unknown = await ask({ model: "team/chatt" });
    expect(unknown.status).toBe(404);
    expect(unknown.answer.error).toMatchObject({ code: "model_not_found", param: "model" });
    expect(unknown.answer.error?.message).toContain("team/chat");
  });

  it.each<[string, object, string, string]>([
    [":local", { model: "auto:local", max_tokens: 20 }, "box/team/local", ":local"],
    [":floor", { model: "team/chat:floor", provider: { ignore: ["free"] } }, "cheap/team/chat", ""],
    [":free", { model: "auto:free", provider: { ignore: ["free"] }, max_tokens: 20 }, "box/team/local", ":free"],
  ])("understands %s", async (_, extra, endpoint, by) => {
    const asked = await ask(extra);
    expect(asked.endpoint).toBe(endpoint);
    if (by !== "") expect(asked.answer.signalbox?.decision.rejected.map((one) => one.by)).toContain(by);
  });

  it("understands :nitro, and refuses a suffix that it does not know", async () => {
    expect((await ask({ model: "team/chat:nitro" })).status).toBe(200);
    expect((await ask({ model: "team/chat:turbo" })).answer.error).toMatchObject({ code: "model_not_found" });
    expect((await ask({ model: "team/chat:local" })).answer.error).toMatchObject({
      code: "no_endpoint_matches",
      param: "model",
    });
  });

  it("raises the data class with x-data-class and never lowers the key's", async () => {
    const raised = await ask({ model: "auto", max_tokens: 20 }, { "x-data-class": "restricted" });
    expect(raised.endpoint).toBe("box/team/local");
    expect(raised.answer.signalbox?.decision.data_class).toBe("restricted");
    expect((await ask({}, { "x-data-class": "restricted" })).status).toBe(403);
    expect((await ask({}, { "x-data-class": "public" })).answer.signalbox?.decision.data_class).toBe("internal");
    const unknown = await ask({}, { "x-data-class": "secret" });
    expect(unknown.status).toBe(400);
    expect(unknown.answer.error?.param).toBe("x-data-class");
    const made = await box.command("keys", "create", "--name", "clerk", "--data-class", "restricted", "--json");
    const { key } = JSON.parse(made.stdout) as { readonly key: string };
    const lowered = await ask({}, { "x-data-class": "public", authorization: `Bearer ${key}` });
    expect(lowered.status).toBe(403);
    expect(lowered.answer.error?.code).toBe("policy_forbids");
  });

  it("shows its metadata to policies", async () => {
    expect(orderOf(await ask({ metadata: { tenant: "eu-shop" } }))).toEqual(["dear"]);
    expect(orderOf(await ask({ metadata: { tenant: "us-shop" } })).length).toBe(4);
  });

  it("takes the workload's class as a hint, and flex for what may wait", async () => {
    const hinted = await ask({}, { "x-workload-class": "generative" });
    expect(hinted.response.headers.get("x-signalbox-workload")).toBe("generative");
    const flexible = await ask({ service_tier: "flex" });
    expect(flexible.answer.signalbox?.decision).toMatchObject({
      workload: { class: "batch" },
      route: "batch-is-cheap",
    });
    expect((await ask({}, { "x-workload-class": "lazy" })).status).toBe(400);
    expect((await ask({}, { "x-deadline-ms": "soon" })).answer.error?.param).toBe("x-deadline-ms");
  });

  it("passes unknown fields on and accepts a session", async () => {
    await ask({ unknown_field: { a: [1, 2] }, session_id: "s1", provider: { only: ["cheap"] } });
    const forwarded = faulty.server.requests.at(-1)?.json();
    expect(forwarded).toMatchObject({ model: "team/chat", unknown_field: { a: [1, 2] } });
    expect(forwarded).not.toHaveProperty("provider");
    expect(forwarded).not.toHaveProperty("models");
  });

  it("tells what happened to a request afterwards", async () => {
    const asked = { provider: { order: ["free", "cheap"] }, service_tier: "priority" };
    const { response, answer } = await whileBroken(() => ask(asked));
    const id = response.headers.get("x-request-id") ?? "";
    const generation = await box.get(`/v1/generation?id=${id}`);
    const { data } = (await generation.json()) as { data: Record<string, unknown> };
    expect(data).toMatchObject({
      id,
      model: "team/chat",
      provider_name: "cheap",
      total_cost: answer.usage?.cost,
      tokens_prompt: 7,
      native_tokens_completion: 4,
      streamed: false,
      service_tier: "priority",
    });
    expect(JSON.stringify(data["provider_responses"])).toContain("free");
    expect((await box.get("/v1/generation?id=req_no_such")).status).toBe(404);
    const other = await box.command("keys", "create", "--name", "other", "--json");
    const { key } = JSON.parse(other.stdout) as { readonly key: string };
    const hidden = await fetch(`${box.url}/v1/generation?id=${id}`, { headers: { authorization: `Bearer ${key}` } });
    expect(hidden.status).toBe(404);
  });

  it("answers each kind of mistake with its status and the field", async () => {
    const raw = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${box.url}/api/v1/chat/completions`, {
        method: "POST",
        body,
        headers: { "x-api-key": ADMIN_KEY, ...headers },
      });
    expect((await raw("{")).status).toBe(400);
    expect((await raw("[]")).status).toBe(400);
    expect((await raw("{}")).status).toBe(400);
    expect((await raw("{}", { "x-api-key": "sbx_wrong" })).status).toBe(401);
    expect((await fetch(`${box.url}/v1/models`)).status).toBe(401);
    expect((await box.get("/v1/nothing")).status).toBe(404);
    expect((await fetch(`${box.url}/v1/chat/completions`, { headers: { "x-api-key": ADMIN_KEY } })).status).toBe(405);
    const long = await ask({ messages: [{ role: "user", content: "word ".repeat(20_000) }] });
    expect(long.status).toBe(422);
    expect(long.answer.error?.code).toBe("context_length_exceeded");
    expect((await ask({ temperature: 9 })).answer.error).toMatchObject({
      code: "invalid_request",
      param: "temperature",
    });
    expect((await ask({ messages: "hi" })).answer.error?.param).toBe("messages");
    const embeddings = await fetch(`${box.url}/v1/embeddings`, {
      method: "POST",
      body: "{}",
      headers: { "x-api-key": ADMIN_KEY },
    });
    expect(embeddings.status).toBe(400);
  });
});
