import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProvidersReport } from "../../src/app/report-providers.ts";
import { answerProbes } from "../support/answer-probes.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

describe("stated against measured, on a running box", () => {
  let upstream: UpstreamServer;
  let box: RunningBox;

  beforeAll(async () => {
    upstream = await startUpstreamServer({ behave: answerProbes() });
    const model = {
      id: "maker/model",
      contextTokens: 4_096,
      capabilities: ["tools", "json-schema"],
      price: { input: 1, output: 2 },
    };
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        providers: [{ id: "acme", baseUrl: upstream.baseUrl, location: "cloud", models: [model] }],
        probes: { budgetPerDay: 0.5 },
      },
    });
  });

  afterAll(async () => {
    await box.stop();
    await upstream.close();
  });

  it("is measured by command, shown by command and over HTTP, counted, and on record", async () => {
    const probed = await box.command("providers", "probe", "--provider", "acme", "--json");
    expect(probed).toMatchObject({ exitCode: 0, stderr: "" });
    const probes = JSON.parse(probed.stdout) as readonly { readonly result?: { readonly isRight?: boolean } }[];
    expect(probes).toHaveLength(11);
    expect(probes.every(({ result }) => result?.isRight === true)).toBe(true);

    const shown = await box.command("providers", "report");
    expect(shown.stdout).toMatch(
      /acme\/maker\/model +100 % \(61-100\) +4096: unclear \(1\/1\) to \d+ +unclear \(2\/2\)/,
    );
    expect(shown.stdout).toMatch(/Probes cost \$0\.0\d+ today of the \$0\.50 that they may\./);

    const report = (await (await box.get("/admin/providers?provider=acme")).json()) as ProvidersReport;
    expect(report.endpoints[0]).toMatchObject({ endpointId: "acme/maker/model", traffic: { answered: 11, failed: 0 } });
    expect((await box.get("/admin/providers?provider=none")).status).toBe(404);

    const metrics = await (await box.get("/metrics")).text();
    expect(metrics).toContain('signalbox_probes_total{endpoint="acme/maker/model",check="context",outcome="right"} 1');
    const usage = await box.command("usage", "--by", "team");
    expect(usage.stdout).toMatch(/signalbox:probes +11 /);
    const reset = await box.command("providers", "reset", "acme/maker/model");
    expect(reset.stdout).toMatch(/^11 results of acme\/maker\/model are forgotten/);
    expect((await box.command("audit", "verify")).exitCode).toBe(0);
  });

  it("is closed to keys that only ask models", async () => {
    const made = await box.command("keys", "create", "--name", "n", "--json");
    const { key } = JSON.parse(made.stdout) as { readonly key: string };
    for (const [method, path] of [
      ["GET", "/admin/providers"],
      ["POST", "/admin/providers/probe"],
      ["POST", "/admin/providers/reset"],
    ] as const)
      expect((await box.send(method, path, method === "POST" ? {} : undefined, key)).status).toBe(403);
  });
});
