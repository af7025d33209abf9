import { resolve } from "node:path";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat, resetAtOnce } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const NANO = resolve(import.meta.dirname, "../../models/nano.gguf");

/** A step of an agent: a tool's result is in the history, and a short answer is wanted. */
const AGENT_STEP = {
  model: "auto",
  messages: [
    { role: "user", content: "What is the weather in Bern?" },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } }],
    },
    { role: "tool", tool_call_id: "call_1", content: '{"celsius":4}' },
  ],
  tools: [
    {
      type: "function",
      function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
    },
  ],
  max_tokens: 24,
};

const REPORT = {
  model: "auto",
  messages: [{ role: "user", content: "Write a 2,000-word report on the history of rail signalling." }],
  max_tokens: 4_000,
};

const NO_CLOUD = `
apiVersion: signalbox/v1
constraints:
  - id: nothing-to-the-cloud
    when: 'true'
    require: 'endpoint.location != "cloud"'
routes:
  - id: otherwise
    objective: balanced
tests:
  - name: the cloud is forbidden
    given: {data: {class: internal}}
    expect: {forbidden: [acme/acme-large], by: nothing-to-the-cloud}
endpoints:
  - {id: acme/acme-large, location: cloud}
`;

function configWith(cloudUrl: string): object {
  return {
    network: { egress: "allowlisted" },
    models: [{ id: "signalbox/nano", file: NANO, slots: 2, contextTokens: 4_096, device: "cpu" }],
    providers: [
      {
        id: "acme",
        location: "cloud",
        baseUrl: cloudUrl,
        models: [
          {
            id: "acme-large",
            contextTokens: 32_768,
            capabilities: ["tools", "json-schema"],
            quality: 0.9,
            price: { input: 1, output: 2 },
          },
        ],
      },
    ],
  };
}

async function bodyOf(response: Response): Promise<{
  readonly provider?: string;
  readonly error?: { readonly code: string; readonly metadata: Record<string, unknown>; readonly message: string };
}> {
  return (await response.json()) as never;
}

describe("a box with a model of its own and a cloud", () => {
  let box: RunningBox;
  let cloud: UpstreamServer;

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: chat({ pieces: ["Rail signalling ", "began with flags."] }) });
    box = await runBox({ config: configWith(cloud.baseUrl) });
  });

  afterAll(async () => {
    await box.stop();
    await cloud.close();
  });

  it("streams to OpenAI's own client, with usage at the end", async () => {
    const client = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1` });
    const stream = await client.chat.completions.create({
      model: "signalbox/nano",
      messages: [{ role: "user", content: "Hello!" }],
      max_tokens: 12,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let completionTokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      completionTokens = chunk.usage?.completion_tokens ?? completionTokens;
    }
    expect(text).not.toBe("");
    expect(completionTokens).toBeGreaterThan(0);
  });

  it("answers an agent's step itself", async () => {
    const response = await box.chat(AGENT_STEP);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-endpoint")).toBe("box/signalbox/nano");
    expect(response.headers.get("x-signalbox-workload")).toBe("agentic");
  });

  it("sends a long report to the cloud, and bills it", async () => {
    const response = await box.chat(REPORT);
    expect(response.headers.get("x-signalbox-endpoint")).toBe("acme/acme-large");
    expect(response.headers.get("x-signalbox-workload")).toBe("generative");
    expect(await response.json()).toMatchObject({
      provider: "acme",
      model: "acme-large",
      usage: { cost: expect.any(Number) as number },
    });
    const forwarded = cloud.requests.at(-1)?.json();
    expect(forwarded).toMatchObject({ model: "acme-large", max_tokens: 4_000 });
  });

  it("answers itself when the cloud is gone", async () => {
    cloud.behave(resetAtOnce);
    const response = await box.chat({ ...REPORT, max_tokens: 3_000 });
    cloud.behave(chat({ pieces: ["back"] }));
    expect(response.headers.get("x-signalbox-endpoint")).toBe("box/signalbox/nano");
  });

  it("records each request with its reasons, and the log verifies", async () => {
    const listed = await box.command("audit", "list", "--json", "--kind", "attempt");
    const attempts = JSON.parse(listed.stdout) as {
      readonly endpointId: string;
      readonly decision?: { readonly candidates: readonly { readonly reasons: readonly string[] }[] };
    }[];
    expect(new Set(attempts.map(({ endpointId }) => endpointId))).toEqual(
      new Set(["box/signalbox/nano", "acme/acme-large"]),
    );
    const decisions = attempts.flatMap(({ decision }) => (decision === undefined ? [] : [decision]));
    expect(decisions.every(({ candidates }) => candidates.every(({ reasons }) => reasons.length > 0))).toBe(true);
    const verified = await box.command("audit", "verify", "--json");
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    expect(verified.exitCode).toBe(0);
  });

  it("lets a key made beside it work at once, with its data class", async () => {
    const made = await box.command("keys", "create", "--name", "clerk", "--data-class", "restricted", "--json");
    const { key } = JSON.parse(made.stdout) as { readonly key: string };
    const response = await box.chat(REPORT, { authorization: `Bearer ${key}` });
    expect(response.headers.get("x-signalbox-endpoint")).toBe("box/signalbox/nano");
  });

  it("never lets a key spend more than its budget", async () => {
    const made = await box.command("keys", "create", "--name", "poor", "--budget-usd", "0.001", "--json");
    const { key } = JSON.parse(made.stdout) as { readonly key: string };
    const response = await box.chat({ ...REPORT, model: "acme-large" }, { authorization: `Bearer ${key}` });
    expect(response.status).toBe(402);
  });

  it("explains without sending", async () => {
    const before = cloud.requests.length;
    const explained = await box.command(
      "explain",
      "--json",
      "--request",
      resolve(import.meta.dirname, "report-request.json"),
    );
    expect(JSON.parse(explained.stdout)).toMatchObject({
      workload: { class: "generative" },
      candidates: [{ endpointId: "acme/acme-large" }, {}],
    });
    expect(cloud.requests.length).toBe(before);
  });

  it("stays when its model's process is killed, and serves the next request", async () => {
    const stopped = new AbortController();
    const streaming = await fetch(`${box.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
      body: JSON.stringify({ model: "signalbox/nano", stream: true, messages: [{ role: "user", content: "Hello" }] }),
      signal: stopped.signal,
    });
    process.kill(await workerPid(box), "SIGKILL");
    await streaming.text().catch(() => undefined); // It may have ended before the kill or be cut by it.
    for (let attempt = 0; ; attempt++) {
      const response = await box.chat({
        model: "signalbox/nano",
        max_tokens: 4,
        messages: [{ role: "user", content: "Hello" }],
      });
      if (response.status === 200) break;
      expect([502, 503]).toContain(response.status);
      expect(attempt).toBeLessThan(100);
      await new Promise((wake) => setTimeout(wake, 100));
    }
    expect(box.process.exitCode).toBeNull();
  });
});

describe("a box whose policy forbids the cloud", () => {
  it("refuses with a 403 that names the rule, and sends nothing", async () => {
    const cloud = await startUpstreamServer({ behave: chat() });
    const box = await runBox({ config: configWith(cloud.baseUrl), policy: NO_CLOUD });
    const response = await box.chat({ ...REPORT, model: "acme-large" });
    expect(response.status).toBe(403);
    const { error } = await bodyOf(response);
    expect(error?.code).toBe("policy_forbids");
    expect(error?.message).toContain("nothing-to-the-cloud");
    expect(cloud.requests).toEqual([]);
    expect(await box.stop()).toBe(0);
    await cloud.close();
  });
});

describe("a box without models and providers", () => {
  it("starts, is not ready, and says why", async () => {
    const box = await runBox({ config: {} });
    const ready = await box.get("/readyz");
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain("configured");
    expect(await box.stop()).toBe(0);
  });
});

describe("an air-gapped box", () => {
  it("excludes providers beyond it, and says so", async () => {
    const box = await runBox({
      config: {
        providers: [
          { id: "acme", location: "cloud", baseUrl: "https://acme.example/v1", models: [{ id: "acme-large" }] },
        ],
      },
    });
    const response = await box.chat({ ...REPORT, model: "acme-large" });
    expect(response.status).toBe(403);
    expect((await bodyOf(response)).error?.message).toContain("air-gapped");
    await box.stop();
  });
});

/** The process of the box's one worker: its child with the model's id in its command line. */
async function workerPid(box: RunningBox): Promise<number> {
  const { readFileSync, readdirSync } = await import("node:fs");
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const isChild = status.includes(`PPid:\t${String(box.process.pid)}\n`);
      if (isChild && readFileSync(`/proc/${name}/cmdline`, "utf8").includes("signalbox/nano")) return Number(name);
    } catch {
      // The process ended between the listing and the look; it is not the one.
    }
  }
  throw new Error("The box has no worker.");
}
