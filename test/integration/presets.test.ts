import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OpenRouter } from "@openrouter/sdk";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";

const MESSAGES = [{ role: "user" as const, content: "Hello?" }];

describe("presets, from the command line to the provider", () => {
  let faulty: FaultyProviders;
  let box: RunningBox;

  beforeAll(async () => {
    faulty = await startFaultyProviders({ acme: chat(), other: chat() });
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers: faulty.providers } });
  });

  afterAll(async () => {
    await box.stop();
    await faulty.server.close();
  });

  const store = async (name: string, fields: object) => {
    const file = join(box.dataDir, `${name}.json`);
    writeFileSync(file, JSON.stringify(fields));
    return box.command("presets", "set", name, "--file", file, "--json");
  };
  const received = (): Record<string, unknown> => faulty.server.requests.at(-1)?.json() as Record<string, unknown>;

  it("are stored beside a running box, count at once, and are on record with the request that used them", async () => {
    const fields = { model: "team/chat", temperature: 0.25, provider: { only: ["other"] }, system_prompt: "Be kind." };
    const stored = await store("clerk", fields);
    expect(JSON.parse(stored.stdout)).toMatchObject({ name: "clerk", version: 1 });
    const openAi = new OpenAI({ apiKey: ADMIN_KEY, baseURL: `${box.url}/v1`, maxRetries: 0 });
    const { data, response } = await openAi.chat.completions
      .create({ model: "@preset/clerk", messages: MESSAGES })
      .withResponse();
    expect(data.model).toBe("team/chat");
    expect(response.headers.get("x-signalbox-endpoint")).toBe("other/team/chat");
    expect(received()).toEqual({
      model: "chat",
      temperature: 0.25,
      messages: [{ role: "system", content: "Be kind." }, ...MESSAGES],
    });
    const leaf = await box.get(`/admin/audit/${response.headers.get("x-signalbox-audit-index") ?? ""}`);
    expect(((await leaf.json()) as { readonly leaf: object }).leaf).toMatchObject({ decision: { preset: "clerk@1" } });
  });

  it("are on record with requests of other kinds too", async () => {
    await store("plain", { model: "team/chat", temperature: 0.5 });
    const response = await box.send("POST", "/v1/completions", { model: "@preset/plain", prompt: "Once upon a" });
    const leaf = await box.get(`/admin/audit/${response.headers.get("x-signalbox-audit-index") ?? ""}`);
    expect(((await leaf.json()) as { readonly leaf: object }).leaf).toMatchObject({ decision: { preset: "plain@1" } });
    expect(received()).toMatchObject({ model: "chat", prompt: "Once upon a", temperature: 0.5 });
  });

  it("are understood from OpenRouter's own client, beside a model, with the request's fields above theirs", async () => {
    await store("cold", { model: "auto", temperature: 0, top_p: 0.5 });
    const openRouter = new OpenRouter({
      apiKey: ADMIN_KEY,
      serverURL: `${box.url}/api/v1`,
      retryConfig: { strategy: "none" },
    });
    const answer = await openRouter.chat.send({
      chatRequest: {
        model: "team/chat@preset/cold",
        messages: MESSAGES,
        temperature: 1,
        provider: { order: ["acme"] },
      },
    });
    expect(answer).toMatchObject({ model: "team/chat" });
    expect(received()).toMatchObject({ temperature: 1, top_p: 0.5 });
  });

  it("are listed, shown in every version, explained and removed", async () => {
    await store("v", { model: "team/chat", seed: 1 });
    await store("v", { model: "team/chat", seed: 2 });
    expect((await box.command("presets", "list")).stdout).toMatch(/v +2 +/);
    expect(JSON.parse((await box.command("presets", "show", "v", "--number", "1")).stdout)).toMatchObject({ seed: 1 });
    const request = join(box.dataDir, "request.json");
    writeFileSync(request, JSON.stringify({ model: "@preset/v", messages: MESSAGES }));
    const explained = await box.command("explain", "--request", request, "--json");
    expect(JSON.parse(explained.stdout)).toMatchObject({ preset: "v@2", requestedModel: "team/chat" });
    expect((await box.command("presets", "remove", "v")).exitCode).toBe(0);
    const refused = await box.chat({ model: "@preset/v", messages: MESSAGES });
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ error: { code: "model_not_found", param: "model" } });
  });

  it("with a fallback that nobody has are refused when they are stored", async () => {
    const refused = await store("dead", { model: "team/chat", models: ["team/chatt"] });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("there is no model team/chatt here. Did you mean team/chat?");
    const overHttp = await box.send("PUT", "/admin/presets/dead", { model: "@preset/clerk" });
    expect(overHttp.status).toBe(400);
  });
});
