import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import { writeJson } from "../../src/gateway/write-json.ts";
import { idle, NANO } from "./scripted-service.ts";
import { HELLO, startGateway } from "./start-gateway.ts";

async function errorOf(response: Response): Promise<{ readonly code: string; readonly message: string }> {
  return ((await response.json()) as { readonly error: { readonly code: string; readonly message: string } }).error;
}

describe("who may call", () => {
  it.each<[string, Record<string, string>, number, string | undefined]>([
    ["nobody in particular", {}, 401, "missing_api_key"],
    ["a scheme that is not Bearer", { authorization: "Basic c2J4OmE=" }, 401, "missing_api_key"],
    ["an unknown key", { authorization: "Bearer sbx_nobody" }, 401, "invalid_api_key"],
    ["an endless key", { authorization: `Bearer sbx_${"a".repeat(5_000)}` }, 401, "invalid_api_key"],
    ["a key as Anthropic's clients send it", { "x-api-key": "sbx_inference" }, 200, undefined],
    ["a key in lower-case bearer", { authorization: "bearer sbx_inference" }, 200, undefined],
    ["an admin", { authorization: "Bearer sbx_admin" }, 200, undefined],
  ])("is decided for %s", async (_name, headers, status, code) => {
    const box = await startGateway();
    const response = await fetch(`${box.url}/v1/models`, { headers });
    expect(response.status).toBe(status);
    if (code !== undefined) expect((await errorOf(response)).code).toBe(code);
    expect(response.headers.get("www-authenticate")).toBe(status === 401 ? 'Bearer realm="signalbox"' : null);
  });

  it("keeps keys of other roles from asking a model", async () => {
    const box = await startGateway();
    const response = await box.post(HELLO, { authorization: "Bearer sbx_auditor" });
    expect(response.status).toBe(403);
    expect((await errorOf(response)).message).toContain("auditor");
    expect(box.service.jobs).toHaveLength(0);
  });

  it("is not answered with 401 when the key store fails", async () => {
    const box = await startGateway();
    box.keys.failure = new Error("database is locked");
    expect((await box.get("/v1/models")).status).toBe(500);
  });

  it("never repeats a key in an answer or the log", async () => {
    const box = await startGateway();
    const canary = "sbx_c4n4ryc4n4ryc4n4ry";
    const response = await box.get(`/v1/models/${canary}`, { authorization: `Bearer ${canary}` });
    const told = (await response.text()) + JSON.stringify([...response.headers]) + JSON.stringify(box.logged);
    expect(told).not.toContain(canary);
  });
});

describe("the table of routes", () => {
  it("answers under OpenRouter's base path as under OpenAI's", async () => {
    const box = await startGateway();
    expect(await (await box.get("/api/v1/models")).json()).toEqual(await (await box.get("/v1/models")).json());
  });

  it("names the nearest route for a path that it does not have", async () => {
    const box = await startGateway();
    const response = await box.get("/v1/chat/completion");
    expect(response.status).toBe(404);
    expect((await errorOf(response)).message).toContain("Did you mean /v1/chat/completions?");
  });

  it("names the methods that a path has", async () => {
    const box = await startGateway();
    const response = await box.get("/v1/chat/completions");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    expect((await errorOf(response)).code).toBe("method_not_allowed");
  });

  it.each(["/v1/audio/transcriptions", "/v1/images/generations", "/api/v1/audio/speech"])(
    "says of %s that this release lacks it",
    async (path) => {
      const box = await startGateway();
      const response = await fetch(`${box.url}${path}`, {
        method: "POST",
        headers: { authorization: "Bearer sbx_inference" },
        body: "{}",
      });
      expect(response.status).toBe(404);
      expect((await errorOf(response)).message).toContain("POST /v1/chat/completions");
    },
  );

  it("takes routes of other parts under the same authentication", async () => {
    const box = await startGateway({
      extraRoutes: [
        {
          method: "GET",
          path: "/admin/ping",
          base: "root",
          access: ["auditor"],
          readsBody: false,
          handle: (_request, response) => writeJson(response, 200, { pong: true }),
        },
      ],
    });
    expect((await box.get("/admin/ping")).status).toBe(403);
    expect(await (await box.get("/admin/ping", { authorization: "Bearer sbx_auditor" })).json()).toEqual({
      pong: true,
    });
  });

  it("refuses a path that is not correctly encoded", async () => {
    const box = await startGateway();
    expect((await box.get("/v1/models/%zz")).status).toBe(400);
  });
});

describe("the catalogue", () => {
  it("leaves out models that the configuration keeps from being used", async () => {
    const box = await startGateway();
    box.state.snapshots = [
      idle(NANO),
      idle({ ...NANO, id: "cloud/big", modelId: "big", excludedBecause: "air-gapped" }),
    ];
    const { data } = (await (await box.get("/v1/models")).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(["signalbox/nano"]);
    expect((await box.get("/v1/models/big")).status).toBe(404);
  });

  it("writes prices as decimals without exponent, an unknown price as -1, and nothing for this box's own work", async () => {
    const box = await startGateway();
    const priced = { ...NANO, price: { inputMicroUsdPerMillion: 1, outputMicroUsdPerMillion: 75_000_000 } };
    const { price: _, ...unpriced } = NANO;
    const cloud = { ...unpriced, id: "x/y", modelId: "y", location: "cloud" as const };
    box.state.snapshots = [idle(priced), idle(cloud), idle({ ...unpriced, id: "box/own", modelId: "own" })];
    const { data } = (await (await box.get("/v1/models")).json()) as { data: { pricing: object }[] };
    expect(data[0]?.pricing).toMatchObject({ prompt: "0.000000000001", completion: "0.000075" });
    expect(data[1]?.pricing).toEqual({ prompt: "-1", completion: "-1" });
    expect(data[2]?.pricing).toMatchObject({ prompt: "0", completion: "0" });
  });

  it("shows the live state of each endpoint", async () => {
    const box = await startGateway();
    const { facts, state } = idle(NANO);
    box.state.snapshots = [
      { facts, state: { ...state, breaker: "open", breakerRetryInMs: 900, running: 1, queued: 2 } },
    ];
    const response = await box.get("/v1/models/signalbox/nano/endpoints");
    const signalbox = { id: NANO.id, breaker: "open", breaker_retry_in_ms: 900, running: 1, queued: 2 };
    expect(await response.json()).toMatchObject({ data: { endpoints: [{ status: -10, signalbox }] } });
  });
});

describe("what was recorded about a request", () => {
  it("is shown to its own key, to auditors, and to nobody else", async () => {
    const box = await startGateway();
    box.state.generations.set("req_1", { requestId: "req_1", keyId: "key_inference", recordedAtMs: 0, attempts: [] });
    const status = async (role: string) =>
      (await box.get("/v1/generation?id=req_1", { authorization: `Bearer sbx_${role}` })).status;
    expect([await status("inference"), await status("auditor"), await status("operator")]).toEqual([200, 200, 404]);
    expect((await box.get("/v1/generation?id=req_2")).status).toBe(404);
    expect((await box.get("/v1/generation")).status).toBe(400);
  });
});

describe("operations", () => {
  it("is ready when the audit log is writable and an endpoint is able, and otherwise says why not", async () => {
    const box = await startGateway();
    const ready = async () => {
      const response = await fetch(`${box.url}/readyz`);
      return [response.status, ((await response.json()) as { reasons: string[] }).reasons];
    };
    expect(await ready()).toEqual([200, []]);
    const { facts, state } = idle(NANO);
    box.state.snapshots = [{ facts, state: { ...state, unavailableBecause: "failed to load: no such file" } }];
    box.state.writable = false;
    expect(await ready()).toEqual([
      503,
      ["The audit log cannot be written.", "box/signalbox/nano: failed to load: no such file."],
    ]);
    box.state.snapshots = [];
    box.state.writable = true;
    expect(await ready()).toEqual([503, ["No models and no providers are configured."]]);
  });

  it("is alive without a key, and lists its routes", async () => {
    const box = await startGateway();
    expect((await fetch(`${box.url}/healthz`)).status).toBe(200);
    const index = (await (await fetch(box.url)).json()) as { routes: string[] };
    expect(index.routes).toContain("POST /v1/chat/completions");
    expect(index.routes).not.toContain("POST /v1/audio/speech");
  });

  it("shows its metrics to everybody on loopback, and elsewhere to operators", async () => {
    const box = await startGateway();
    await (await box.post({ ...HELLO, stream: true })).text();
    const text = await (await fetch(`${box.url}/metrics`)).text();
    expect(text).toContain(
      'signalbox_requests_total{method="POST",route="/v1/chat/completions",status="200",workload_class="interactive"} 1',
    );
    expect(text).toContain('signalbox_attempts_total{endpoint="cloud/big",outcome="upstream_failed"} 1');
    expect(text).toContain('signalbox_cost_usd_total{endpoint="box/signalbox/nano"} 0.000004');
    const open = await startGateway({ host: "0.0.0.0" });
    expect((await fetch(`http://127.0.0.1:${open.port}/metrics`)).status).toBe(401);
    const asOperator = { headers: { authorization: "Bearer sbx_operator" } };
    expect((await fetch(`http://127.0.0.1:${open.port}/metrics`, asOperator)).status).toBe(200);
  });

  it("logs each request in one line, without its content", async () => {
    const box = await startGateway();
    box.service.refusal = new SignalboxError("queue_full", "Full.");
    await (await box.post({ ...HELLO, messages: [{ role: "user", content: "canary-prompt" }] })).text();
    await expect.poll(() => box.logged).toHaveLength(1);
    expect(box.logged[0]).toMatchObject({
      route: "/v1/chat/completions",
      status: 429,
      keyId: "key_inference",
      code: "queue_full",
    });
    expect(JSON.stringify(box.logged)).not.toContain("canary-prompt");
  });
});
