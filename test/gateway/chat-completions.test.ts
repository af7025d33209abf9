import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import { answerOf, chunk, streamOf, usageChunk } from "./scripted-service.ts";
import { HELLO, startGateway } from "./start-gateway.ts";

/** The `data:` payloads of a stream, in order. */
async function eventsOf(response: Response): Promise<string[]> {
  const text = await response.text();
  return text.split("\n\n").flatMap((event) => (event.startsWith("data: ") ? [event.slice(6)] : []));
}

/** What the tests look at in a chunk. */
interface Chunk {
  readonly model: string;
  readonly provider: string;
  readonly choices: readonly { readonly delta: { readonly content?: string }; readonly finish_reason: string | null }[];
  readonly usage?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
  readonly signalbox?: unknown;
}

function parsed(events: readonly string[]): Chunk[] {
  return events.filter((event) => event !== "[DONE]").map((event) => JSON.parse(event) as Chunk);
}

describe("an answer that is not streamed", () => {
  it("keeps the endpoint's body and adds who answered and what it cost", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    const response = await box.post(HELLO);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "signalbox/nano",
      provider: "box",
      system_fingerprint: null,
      choices: [
        { index: 0, message: { role: "assistant", content: "Good day" }, finish_reason: "stop", logprobs: null },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, cost: 0.000_004 },
    });
  });

  it("names request, endpoint, model, workload and audit leaf in its headers", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("Good day");
    const { headers } = await box.post(HELLO);
    expect(headers.get("x-request-id")).toBe(box.service.jobs[0]?.requestId);
    expect(headers.get("x-signalbox-endpoint")).toBe("box/signalbox/nano");
    expect(headers.get("x-signalbox-model")).toBe("signalbox/nano");
    expect(headers.get("x-signalbox-workload")).toBe("interactive");
    expect(headers.get("x-signalbox-audit-index")).toBe("42");
  });

  it.each([
    ["missing", {}],
    ["null", { usage: null }],
    ["negative", { usage: { prompt_tokens: -5, completion_tokens: -1, total_tokens: -6 } }],
    ["beyond all numbers", { usage: { prompt_tokens: 1e308, completion_tokens: 1e308 } }],
  ])("states the billed usage where the endpoint's own is %s", async (_name, usage) => {
    const box = await startGateway();
    box.service.script = () => answerOf("x", "usage" in usage ? usage : { usage: undefined });
    box.service.usage = { promptTokens: 9, completionTokens: 2, basis: "estimated" };
    const body = (await (await box.post(HELLO)).json()) as { usage: unknown };
    expect(body.usage).toEqual({
      prompt_tokens: 9,
      completion_tokens: 2,
      total_tokens: 11,
      cost: 0.000_004,
      basis: "estimated",
    });
  });

  it("says that the cost is not known instead of calling it zero", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("x");
    box.service.costMicroUsd = undefined;
    const body = (await (await box.post(HELLO)).json()) as { usage: { cost: unknown } };
    expect(body.usage.cost).toBeNull();
  });

  it("explains its decision to whoever asks for it", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("x");
    const response = await box.post(HELLO, { "x-signalbox-metadata": "enabled" });
    expect(await response.json()).toMatchObject({
      signalbox: {
        audit_index: 42,
        decision: {
          rejected: [{ endpoint: "cloud/big", kind: "constraint", by: "stay-here", detail: "it is in a cloud" }],
        },
        attempts: [
          { endpoint: "cloud/big", duration_ms: 3, error_code: "upstream_failed" },
          { endpoint: "box/signalbox/nano", duration_ms: 5 },
        ],
      },
    });
  });
});

describe("a stream", () => {
  it("passes on each chunk under the client's model name and ends with the usage, its cost and [DONE]", async () => {
    const box = await startGateway();
    box.service.script = () => streamOf(["Hel", "lo"]);
    const response = await box.post({ ...HELLO, stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("x-signalbox-audit-index")).toBe("42");
    const events = await eventsOf(response);
    expect(events.at(-1)).toBe("[DONE]");
    const chunks = parsed(events);
    expect(chunks.map(({ model, provider }) => `${model} ${provider}`)).toEqual(chunks.map(() => "signalbox/nano box"));
    expect(chunks.flatMap(({ choices }) => choices[0]?.delta.content ?? []).join("")).toBe("Hello");
    expect(chunks.filter((each) => "usage" in each)).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({
      id: "chatcmpl-1",
      choices: [],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, cost: 0.000_004 },
    });
    expect(chunks.some((each) => "system_fingerprint" in each)).toBe(false);
  });

  it("states usage once at the end, however often the endpoint stated it", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      yield chunk({ content: "a" }, null, { usage: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 } });
      yield usageChunk({ prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 });
      yield usageChunk({ prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 });
    };
    const chunks = parsed(await eventsOf(await box.post({ ...HELLO, stream: true })));
    expect(chunks).toHaveLength(2);
    expect(chunks[0]).not.toHaveProperty("usage");
    expect(chunks[1]?.usage?.["total_tokens"]).toBe(15);
  });

  it("adds the usage that was counted here where the endpoint stated none", async () => {
    const box = await startGateway();
    box.service.usage = { promptTokens: 7, completionTokens: 1, basis: "estimated" };
    box.service.script = async function* () {
      yield chunk({ content: "a" });
      yield chunk({}, "stop");
    };
    const chunks = parsed(await eventsOf(await box.post({ ...HELLO, stream: true })));
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 1, basis: "estimated" });
  });

  it("says that it broke off, and why, and does not pretend to be complete", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      yield chunk({ content: "Hel" });
      throw new SignalboxError("upstream_failed", "The connection broke.");
    };
    const response = await box.post({ ...HELLO, stream: true });
    const events = await eventsOf(response);
    expect(events).not.toContain("[DONE]");
    const last = JSON.parse(events.at(-1) ?? "");
    expect(last.choices[0].finish_reason).toBe("error");
    expect(last.error).toMatchObject({
      code: "upstream_failed",
      message: "The connection broke.",
      type: "server_error",
    });
    expect(last.usage.cost).toBe(0.000_004);
    expect(events.join()).not.toContain('"stop"');
  });

  it("keeps an event on one line although the endpoint's JSON has line breaks", async () => {
    const box = await startGateway();
    box.service.script = async function* () {
      const text = '{\r\n  "id": "c1",\n  "model": "m",\n  "choices": [{"index":0,"delta":{"content":"a\\nb"}}]\n}';
      yield { kind: "chunk", json: new TextEncoder().encode(text), hasContent: true };
    };
    const [first] = parsed(await eventsOf(await box.post({ ...HELLO, stream: true })));
    expect(first).toMatchObject({ model: "signalbox/nano", choices: [{ delta: { content: "a\nb" } }] });
  });

  it("tells what it cost and why it was routed so in the last chunk, to whoever asks", async () => {
    const box = await startGateway();
    const response = await box.post({ ...HELLO, stream: true }, { "x-signalbox-metadata": "enabled" });
    const chunks = parsed(await eventsOf(response));
    expect(chunks.at(-1)?.signalbox).toMatchObject({ endpoint: "box/signalbox/nano" });
  });
});

describe("a refusal", () => {
  it("carries the code, who failed, the facts of the decision and the audit leaf", async () => {
    const box = await startGateway();
    box.service.refusal = new SignalboxError("policy_forbids", "Policy forbids every endpoint.", {
      metadata: { audit_index: 7, candidates: [{ endpoint: "cloud/big", by: "stay-here" }] },
    });
    const response = await box.post(HELLO);
    expect(response.status).toBe(403);
    expect(response.headers.get("x-signalbox-audit-index")).toBe("7");
    expect(await response.json()).toEqual({
      error: {
        message: "Policy forbids every endpoint.",
        type: "permission_error",
        param: null,
        code: "policy_forbids",
        metadata: expect.objectContaining({
          who: "signalbox",
          fault: "signalbox",
          candidates: [{ endpoint: "cloud/big", by: "stay-here" }],
          request_id: response.headers.get("x-request-id"),
        }),
      },
    });
  });

  it("names the endpoint that failed last where an upstream is at fault", async () => {
    const box = await startGateway();
    box.service.refusal = new SignalboxError("upstream_timeout", "Too slow.", {
      metadata: {
        attempts: [
          { endpoint: "a/m", error: "upstream_failed" },
          { endpoint: "b/m", error: "upstream_timeout" },
        ],
      },
    });
    const response = await box.post(HELLO);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { metadata: { who: "b/m" } } });
  });

  it.each([
    ["queue_full", 2_500, 429, "3"],
    ["rate_limited", undefined, 429, "1"],
    ["audit_unavailable", undefined, 503, "5"],
    ["policy_forbids", undefined, 403, null],
  ] as const)("says for %s when to come back", async (code, retryAfterMs, status, header) => {
    const box = await startGateway();
    box.service.refusal = new SignalboxError(code, "No.", retryAfterMs === undefined ? {} : { retryAfterMs });
    const response = await box.post(HELLO);
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(header);
  });

  it("tells nothing of a defect but its request id, and logs it once with its cause", async () => {
    const box = await startGateway();
    box.service.refusal = new TypeError("secret internals of /etc/passwd");
    const response = await box.post(HELLO);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("internals");
    const lines = box.logged.filter((line) => line["requestId"] === response.headers.get("x-request-id"));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.["err"]).toMatchObject({ cause: box.service.refusal });
  });
});

describe("what dispatch is asked", () => {
  it("gets the caller's bytes, user and address, and an id that the caller could not choose", async () => {
    const box = await startGateway();
    box.service.script = () => answerOf("x");
    const text = '{"model":"signalbox/nano:floor", "messages":[{"role":"user","content":"ü"}],"user":"ann","x_new":1}';
    const response = await box.post(text, { "x-request-id": "my-own-id" });
    const [job] = box.service.jobs;
    expect(Buffer.from(job?.request.body ?? []).toString()).toBe(text);
    expect(job?.request).toMatchObject({ model: "signalbox/nano", suffixes: ["floor"], parameters: ["x_new"] });
    expect(job?.principal).toMatchObject({ keyId: "key_inference", user: "ann" });
    expect(job?.clientIp).toBe("127.0.0.1");
    expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f-]{36}$/);
    expect(response.headers.get("x-client-request-id")).toBe("my-own-id");
  });
});
