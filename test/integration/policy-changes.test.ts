import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudProvider } from "../support/faulty-provider.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const policy = (constraints: string, expectation: string): string => `
apiVersion: signalbox/v1
constraints: [${constraints}]
routes: [{id: otherwise}]
endpoints: [{id: acme/team/chat, location: cloud}]
tests: [{name: what it is for, expect: ${expectation}}]
`;
const OPEN = policy("", "{allowed: [acme/team/chat]}");
const CLOSED = policy(
  `{id: no-cloud, require: 'endpoint.location != "cloud"'}`,
  "{forbidden: [acme/team/chat], by: no-cloud}",
);
const QUESTION = { model: "team/chat", messages: [{ role: "user", content: "Where does this go?" }], max_tokens: 20 };

type Json = Record<string, unknown>;

describe("policies on a box", () => {
  let cloud: UpstreamServer;
  let box: RunningBox;
  let folder: string;
  let closedFile: string;

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: chat({ pieces: ["Hello"] }) });
    folder = mkdtempSync(join(tmpdir(), "signalbox-policies-"));
    closedFile = join(folder, "closed.yaml");
    writeFileSync(closedFile, CLOSED);
    box = await start();
  });

  afterAll(async () => {
    await box.stop();
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (text = OPEN): Promise<RunningBox> =>
    runBox({
      config: { network: { egress: "allowlisted" }, providers: [cloudProvider("acme", cloud.baseUrl)] },
      policy: text,
      folder,
    });
  const status = async (): Promise<number> => {
    const response = await box.chat(QUESTION);
    await response.text();
    return response.status;
  };
  const json = async (...words: string[]): Promise<Json> => {
    const { exitCode, stdout, stderr } = await box.command("policy", ...words, "--json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout) as Json;
  };

  it("are tried beside the one that counts without changing an answer, and every decision says what would differ", async () => {
    await json("shadow", closedFile);
    expect(await status()).toBe(200);
    const trial = await json("shadow");
    expect(trial).toMatchObject({
      file: closedFile,
      comparison: {
        decisions: 1,
        changes: { refused: 1, none: 0 },
        moves: [{ from: "acme/team/chat", to: "refused", count: 1 }],
        forbiddenBy: { "no-cloud": 1 },
      },
    });
    const metrics = await (await box.get("/metrics")).text();
    expect(metrics).toContain('signalbox_policy_shadow_decisions_total{change="refused"} 1');
    await json("shadow", "--off");
    expect((await box.command("policy", "shadow")).stderr).toContain("No policy is tried");
  });

  it("are compared over the decisions that were recorded", async () => {
    expect(await status()).toBe(200);
    const compared = await json("diff", "active", closedFile, "--since", "1h");
    expect(compared).toMatchObject({
      notReplayable: 0,
      comparison: {
        decisions: 2,
        changes: { refused: 2 },
        before: { locations: { cloud: 2 } },
        after: { locations: { refused: 2 } },
      },
    });
    expect(await json("diff", "active", "active", "--since", "1h")).toMatchObject({
      comparison: { decisions: 2, changes: { none: 2 } },
    });
    const text = (await box.command("policy", "diff", "active", closedFile)).stdout;
    expect(text).toMatch(/refused\s+2\s+100\.0 %/);
    expect(text).toContain("because of no-cloud");
  });

  it("count at once when they are activated, stay over a restart, and are taken back with one command", async () => {
    const activated = await json("activate", closedFile, "--reason", "audit of March");
    expect(activated).toMatchObject({ ok: true, policyFile: closedFile });
    expect(await status()).toBe(403);
    await box.stop();
    box = await start();
    expect(await status()).toBe(403);
    await json("rollback");
    expect(await status()).toBe(200);
    const history = (await json("history")) as unknown as readonly Json[];
    expect(history[0]).toMatchObject({ reason: "rolled back" });
    expect(
      history.some(({ reason, sha256 }) => reason === "audit of March" && sha256 === activated["policySha256"]),
    ).toBe(true);
    const kept = await (await box.get(`/admin/policies/${String(activated["policySha256"])}`)).json();
    expect(kept).toMatchObject({ text: CLOSED });
  });

  it("are taken from the configured file again when that was changed after an activation", async () => {
    await json("activate", closedFile);
    expect(await status()).toBe(403);
    await box.send("POST", "/admin/config/reload");
    expect(await status()).toBe(403); // The file is what it was: the command was the last act.
    writeFileSync(join(folder, "policy.yaml"), `${OPEN}# edited\n`);
    await box.send("POST", "/admin/config/reload");
    expect(await status()).toBe(200);
  });

  it("are activated on a stopped box from its next start on", async () => {
    await box.stop();
    const { exitCode, stdout } = await box.command("policy", "activate", closedFile);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("counts from the next start on")]);
    box = await start(`${OPEN}# edited\n`);
    expect(await status()).toBe(403);
    await json("rollback");
    expect(await status()).toBe(200);
  });

  it("are refused whole when something is wrong with them, and the one before stays", async () => {
    const bad = join(folder, "bad.yaml");
    writeFileSync(bad, OPEN.replace("allowed", "forbidden"));
    const refused = await box.command("policy", "activate", bad);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("should be forbidden, but no rule forbids it");
    expect(await status()).toBe(200);
  });
});
