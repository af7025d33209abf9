import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFaultyProviders, type FaultyProviders } from "../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { chat, status } from "../support/upstream-behaviours.ts";

const QUESTION = {
  model: "team/chat",
  messages: [{ role: "user", content: "Translate into French: the train is late." }],
};

describe("feedback on an answer", () => {
  let box: RunningBox;
  let faulty: FaultyProviders;
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    faulty = await startFaultyProviders({
      sound: chat({ pieces: ["Le train"] }),
      fails: status(500, { error: { message: "no" } }),
    });
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers: faulty.providers } });
    for (const [name, team] of [
      ["asker", "support"],
      ["colleague", "support"],
      ["stranger", "sales"],
    ] as const) {
      const made = await box.command("keys", "create", "--name", name, "--team", team, "--json");
      keys[name] = (JSON.parse(made.stdout) as { readonly key: string }).key;
    }
  });

  afterAll(async () => {
    await box.stop();
    await faulty.server.close();
  });

  const ask = async (provider = "sound"): Promise<string> => {
    const body = { ...QUESTION, provider: { only: [provider] } };
    const response = await box.send("POST", "/v1/chat/completions", body, keys["asker"]);
    await response.text();
    return response.headers.get("x-request-id") ?? "";
  };
  const say = async (body: object, key = "asker") => {
    const response = await box.send("POST", "/v1/feedback", body, keys[key]);
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };

  it("is recorded, moves the team's difficulty of the task, and is seen in the next decision", async () => {
    const id = await ask();
    const answer = await say({ request_id: id, thumb: "down", reason: "wrong" });
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { request_id: id, task: "translation", score: 0, reason: "wrong", endpoint: "sound/team/chat" } },
    });
    const listed = await box.command("audit", "list", "--json", "--kind", "feedback", "--limit", "1");
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { kind: "feedback", requestId: id, team: "support", task: "translation", score: 0, reason: "wrong" },
    ]);

    const next = await box.send("GET", `/v1/generation?id=${await ask()}`, undefined, keys["asker"]);
    const { data } = (await next.json()) as {
      readonly data: {
        readonly signalbox: { readonly decision: { readonly workload: { readonly reasons: string[] } } };
      };
    };
    expect(data.signalbox.decision.workload.reasons.join("; ")).toContain(
      "team support's feedback on 1 answers: odds times",
    );
  });

  it("may come from a key of the same team, and from no other", async () => {
    const id = await ask();
    expect((await say({ request_id: id, score: 0.5 }, "colleague")).status).toBe(200);
    expect((await say({ request_id: id, score: 0.5 }, "stranger")).status).toBe(404);
    expect((await say({ request_id: "req_unknown", score: 0.5 })).status).toBe(404);
  });

  it("needs an answer, one judgement and known words", async () => {
    const id = await ask();
    expect((await say({ request_id: await ask("fails"), thumb: "up" })).status).toBe(400);
    expect((await say({ request_id: id })).status).toBe(400);
    expect((await say({ request_id: id, thumb: "up", score: 1 })).status).toBe(400);
    expect((await say({ request_id: id, score: 2 })).status).toBe(400);
    expect((await say({ request_id: id, score: 1, reason: "meh" })).status).toBe(400);
    expect((await say({ request_id: id, score: 1, comment: "text" })).status).toBe(400);
  });
});
