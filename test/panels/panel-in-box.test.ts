import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudProvider } from "../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { chat, status } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const MEMBERS = ["team/a", "team/b", "team/c", "team/failing"];
const QUESTION = { messages: [{ role: "user", content: "Positive or negative?" }], max_tokens: 10 };

describe("a panel of a running box", () => {
  let servers: readonly UpstreamServer[];
  let box: RunningBox;

  beforeAll(async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 };
    servers = await Promise.all(
      [
        chat({ pieces: ["Positive."], usage }),
        chat({ pieces: ["negative"], usage }),
        chat({ pieces: ["positive"], usage }),
        status(500, { error: { message: "no" } }),
      ].map((behave) => startUpstreamServer({ behave })),
    );
    const providers = servers.map(({ baseUrl }, index) => {
      const model = { id: MEMBERS[index], upstreamId: "chat", contextTokens: 4096, price: { input: 1, output: 2 } };
      return cloudProvider(`p${index}`, baseUrl, { models: [model] });
    });
    const panels = [
      { id: "panel/vote", members: MEMBERS, quorum: 3 },
      { id: "panel/poor", members: MEMBERS, maxCostUsd: 0.000001 },
    ];
    box = await runBox({ config: { network: { egress: "allowlisted" }, providers, panels } });
  });

  afterAll(async () => {
    await box.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  it("refuses with 402, before anything leaves, what could cost more than it may", async () => {
    const response = await box.chat({ ...QUESTION, model: "panel/poor" });
    expect(response.status).toBe(402);
    expect(servers.map(({ requests }) => requests.length)).toEqual([0, 0, 0, 0]);
  });

  it("gives the answer of the most members, one of them wrong and one failing", async () => {
    const response = await box.chat({ ...QUESTION, model: "panel/vote" });
    const answer = (await response.json()) as { choices: { message: { content: string } }[] };
    expect(response.status).toBe(200);
    expect(answer.choices[0]?.message.content).toBe("Positive.");
  });

  it("streams the chosen answer", async () => {
    const response = await box.chat({ ...QUESTION, model: "panel/vote", stream: true });
    const text = await response.text();
    expect(text).toContain("Positive.");
    expect(text).toContain("[DONE]");
  });
});
