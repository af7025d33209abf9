import { expect, test, vi } from "vitest";
import { detectWorkerFence } from "../../../src/hosting/fence/worker-fence.ts";
import { readGgufHeader } from "../../../src/hosting/gguf/read-gguf-header.ts";
import { validateModel } from "../../../src/hosting/store/validate-model.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { ManualClock } from "../../support/manual-clock.ts";

// Goal: whatever a file does to the engine, this process lives and says what happened.

const fence = await detectWorkerFence(process.env["PATH"] ?? "");

async function optionsFor(preset: string) {
  const file = await buildTestModel(preset);
  const header = await readGgufHeader(file);
  if (header.kind === "problem") throw new Error(header.message);
  return { file, header, clock: new ManualClock(), fence };
}

test.each(["noise", "embed", "rank", "scripted-tools"])("%s is valid", async (preset) => {
  expect(await validateModel(await optionsFor(preset))).toMatchObject({ kind: "valid", validation: "loaded" });
});

test("is tried where nobody says where home is, as in a service", async () => {
  vi.stubEnv("HOME", undefined);
  expect(await validateModel(await optionsFor("noise"))).toMatchObject({ kind: "valid" });
  vi.unstubAllEnvs();
});

test("is tried without a fence, too", async () => {
  const { fence: _, ...options } = await optionsFor("noise");
  expect(await validateModel(options)).toMatchObject({ kind: "valid", validation: "loaded" });
});

test("a file that aborts the engine is invalid, with the engine's last words", async () => {
  const result = await validateModel(await optionsFor("broken-head-count-0"));
  expect(result).toMatchObject({ kind: "invalid", reason: expect.stringMatching(/SIGABRT.*ASSERT/) });
});

test("a child that takes too long is killed", async () => {
  const options = await optionsFor("noise");
  const running = validateModel({ ...options, timeoutMs: 1000 });
  options.clock.advance(1001);
  expect(await running).toMatchObject({ kind: "invalid", reason: expect.stringContaining("longer than 1 s") });
});

test("a child that takes too much memory is killed", async () => {
  const options = await optionsFor("noise");
  const result = await validateModel({ ...options, memoryLimitBytes: 1024 });
  expect(result).toMatchObject({ kind: "invalid", reason: expect.stringContaining("of memory") });
});

test("an abort kills the child and rejects with its reason", async () => {
  const abort = new AbortController();
  const running = validateModel({ ...(await optionsFor("noise")), signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
});
