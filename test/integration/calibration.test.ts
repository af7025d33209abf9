import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndpointState } from "../../src/core/endpoint.ts";
import type { Calibration } from "../../src/core/model-speed.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { runBox, runCommand, type RunningBox } from "../support/run-box.ts";

const MODEL = "test/noise";

async function configOf(calibration: "auto" | "off"): Promise<object> {
  const file = await buildTestModel("noise");
  return { box: { calibration }, models: [{ id: MODEL, file, contextTokens: 1_024, slots: 2, device: "cpu" }] };
}

describe.skipIf(process.platform !== "linux")("the speed of a model", () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-speed-"));
  let box: RunningBox | undefined;

  afterAll(async () => {
    await box?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function stateOf(running: RunningBox): Promise<EndpointState> {
    const listed = (await (await running.get("/admin/endpoints")).json()) as { readonly state: EndpointState }[];
    const [endpoint] = listed;
    if (endpoint === undefined) throw new Error("There is no endpoint.");
    return endpoint.state;
  }

  async function bench(running: RunningBox): Promise<{ readonly calibration: Calibration; readonly limit: object }> {
    const { exitCode, stdout, stderr } = await running.command("models", "bench", MODEL, "--json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout) as { calibration: Calibration; limit: object };
  }

  it("is measured by a worker of its own where no server runs, beside what the memory allows", async () => {
    const configFile = join(folder, "appliance.json");
    writeFileSync(configFile, JSON.stringify(await configOf("off")));
    const env = {
      PATH: process.env["PATH"] ?? "",
      SIGNALBOX_CONFIG: configFile,
      SIGNALBOX_DATA_DIR: join(folder, "data"),
    };
    const { exitCode, stdout, stderr } = await runCommand(["models", "bench", MODEL], env);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/prompt of 512 tokens/u);
    expect(stdout).toMatch(/2 at a time/u);
    expect(stdout).toMatch(/Limit for one at a time: [\d.]+ tokens\/s/u);
  }, 120_000);

  it("is known to routing at the next start, before the model was asked anything, and measured anew when asked", async () => {
    box = await runBox({ config: await configOf("off"), folder });
    const { decodeRates } = await stateOf(box);
    expect(decodeRates?.map(({ running }) => running)).toEqual([1, 2]);
    const { calibration, limit } = await bench(box);
    expect(calibration.prefill.map(({ promptTokens }) => promptTokens)).toEqual([128, 512]);
    expect(limit).toMatchObject({ activeBytes: expect.any(Number) as number });
    const leaves = (await (await box.get("/admin/audit?kind=model.bench")).json()) as object[];
    expect(leaves).toHaveLength(1);
  }, 120_000);

  describe("that nobody asked to measure", () => {
    let fresh: RunningBox;

    beforeAll(async () => {
      fresh = await runBox({ config: await configOf("auto") });
    }, 60_000);

    afterAll(() => fresh.stop());

    it("is measured once the model has been idle, and counts from then on", async () => {
      await expect
        .poll(async () => (await stateOf(fresh)).decodeRates?.length, { timeout: 60_000, interval: 250 })
        .toBe(2);
    }, 90_000);
  });
});
