import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GainReport } from "../../src/app/report-gain.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";

const USAGE = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };

describe("the routing gain of a running box", () => {
  let cheap: UpstreamServer;
  let dear: UpstreamServer;
  let box: RunningBox;

  beforeAll(async () => {
    cheap = await startUpstreamServer({ behave: chat({ usage: USAGE }) });
    dear = await startUpstreamServer({ behave: chat({ usage: USAGE }) });
    const provider = (id: string, { baseUrl }: UpstreamServer, input: number) => ({
      ...{ id, baseUrl, location: "cloud" },
      models: [{ id: `${id}/model`, price: { input, output: 2 * input } }],
    });
    box = await runBox({
      config: {
        network: { egress: "allowlisted" },
        providers: [provider("cheap", cheap, 1), provider("dear", dear, 5)],
        gain: { baseline: "dear/model", share: 1 },
      },
    });
  });

  afterAll(async () => {
    await box.stop();
    await cheap.close();
    await dear.close();
  });

  it("is shown by command, over HTTP and in the metrics, and sends nothing to the baseline", async () => {
    for (let count = 0; count < 20; count++)
      await (await box.chat({ model: "cheap/model", messages: [{ role: "user", content: "Hi" }] })).text();
    expect(dear.requests).toHaveLength(0);
    const shown = await box.command("gain");
    expect(shown).toMatchObject({ exitCode: 0, stderr: "" });
    expect(shown.stdout).toContain("20 sampled requests");
    expect(shown.stdout).toMatch(
      /cost of a request +20 +\$0\.001200 +\$0\.006000 +\$0\.004800 \(.*\) +80\.0 % \(80\.0 % to 80\.0 %\)/,
    );
    const report = (await (await box.get("/admin/gain")).json()) as GainReport;
    expect(report.over[0]).toMatchObject({ endpointId: "dear/dear/model", sampled: 20, cost: { count: 20 } });
    const metrics = await (await box.get("/metrics")).text();
    expect(metrics).toContain('signalbox_gain_requests_total{compared="cost"} 20');
    expect(metrics).toMatch(/signalbox_gain_cost_usd_total\{way="direct"\} 0\.12/);
  });

  it("is refused with the line where the baseline is neither an endpoint nor a model", async () => {
    const config = { providers: [], gain: { baseline: "dear/modle" } };
    await expect(runBox({ config })).rejects.toThrow(/gain\.baseline is neither an endpoint nor a model/);
  });
});
