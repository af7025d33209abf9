import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../support/build-test-model.ts";
import { runCommand } from "../support/run-box.ts";

describe.skipIf(process.platform !== "linux")("a model that does not fit into the memory that models may have", () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-doctor-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is named by doctor with what is missing and which entries would fit", async () => {
    const configFile = join(folder, "appliance.json");
    const file = await buildTestModel("noise", { layers: 24 });
    const model = { id: "test/large", file, device: "cpu", contextTokens: 8_192, slots: 16 };
    writeFileSync(configFile, JSON.stringify({ box: { memory: { cpu: "500mb" } }, models: [model] }));
    const env = {
      PATH: process.env["PATH"] ?? "",
      SIGNALBOX_CONFIG: configFile,
      SIGNALBOX_DATA_DIR: join(folder, "data"),
    };
    const { stdout } = await runCommand(["doctor"], env);
    expect(stdout).toMatch(/test\/large/u);
    expect(stdout).toMatch(
      /GiB are missing for 16 slots of 8192 tokens, limited by the 0\.49 GiB that box\.memory allows/u,
    );
    expect(stdout).toMatch(/slots: \d+ or contextTokens: \d+ would fit/u);
  }, 60_000);
});
