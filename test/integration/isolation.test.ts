import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { WorkerBound } from "../../src/core/local-model.ts";
import { detectWorkerFence, isForIsolation } from "../../src/hosting/fence/worker-fence.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";

const CONFIG = {
  box: { isolation: "required" },
  models: [
    {
      id: "signalbox/nano",
      file: resolve(import.meta.dirname, "../../models/nano.gguf"),
      slots: 1,
      contextTokens: 512,
      device: "cpu",
    },
  ],
};

const isWhole = (await detectWorkerFence(process.env["PATH"] ?? "")).bounds.every(
  (bound) => bound.holds || !isForIsolation(bound),
);

interface Configured {
  readonly excludedBecause?: string;
  readonly state?: { readonly bounds?: readonly WorkerBound[] };
}

async function configuredModel(box: RunningBox): Promise<Configured | undefined> {
  return ((await (await box.get("/admin/models")).json()) as { configured: readonly Configured[] }).configured[0];
}

async function isolationFindings(box: RunningBox): Promise<readonly { verdict: string; message: string }[]> {
  const findings = JSON.parse((await box.command("doctor", "--json")).stdout) as { subject: string; verdict: string }[];
  return findings.filter(({ subject }) => subject === "isolation") as {
    subject: string;
    verdict: string;
    message: string;
  }[];
}

test.skipIf(!isWhole)("a model starts behind a required fence, and what holds is stated", async () => {
  const box = await runBox({ config: CONFIG });
  const answer = await box.chat({
    model: "signalbox/nano",
    messages: [{ role: "user", content: "Hi" }],
    max_tokens: 2,
  });
  expect(answer.status).toBe(200);
  const bounds = (await configuredModel(box))?.state?.bounds ?? [];
  expect(bounds.map(({ name }) => name)).toEqual([
    "network",
    "files",
    "privileges",
    "core-dumps",
    "memory",
    "processor",
    "node-permissions",
  ]);
  // The processor's takes a delegated control group, which few machines have; it keeps nothing apart.
  expect(bounds.every(({ name, holds }) => holds || name === "processor")).toBe(true);
  const [held, ...missing] = await isolationFindings(box);
  expect(held).toMatchObject({ verdict: "good", message: expect.stringContaining("files") });
  expect(missing.every(({ verdict, message }) => verdict === "note" && message.startsWith("processor "))).toBe(true);
  await box.stop();
});

test("without the tools a model that requires them does not start, and says which and what to do", async () => {
  const box = await runBox({ config: CONFIG, environment: { PATH: "/nowhere" } });
  const model = await configuredModel(box);
  expect(model?.state).toBeUndefined();
  expect(model?.excludedBecause).toContain("box.isolation is required");
  expect(model?.excludedBecause).toContain("unshare is not installed: install util-linux");
  expect((await box.get("/readyz")).status).toBe(503);
  const findings = await isolationFindings(box);
  expect(findings.filter(({ verdict }) => verdict === "wrong").length).toBeGreaterThanOrEqual(4);
  await box.stop();
});
