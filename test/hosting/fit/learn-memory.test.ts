import { expect, test } from "vitest";
import type { LocalModelState } from "../../../src/core/local-model.ts";
import { readMeasurements } from "../../../src/hosting/fit/corrections.ts";
import { learnMemory } from "../../../src/hosting/fit/learn-memory.ts";
import type { HostedModel } from "../../../src/hosting/supervisor/hosted-model.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const LOOK_MS = 15_000;
const key = { file: "content", device: "cpu", contextTokens: 1_024, sequences: 2, estimatedBytes: 1_000_000 };
const log = { debug: () => {}, info: () => {}, warn: () => {} };

/** A model whose process takes what a test says. */
function startLearning(dataDir: string) {
  const clock = new ManualClock();
  const live = { running: 0, queued: 0, residentBytes: 1_000_000 };
  let tell = (_state: LocalModelState): void => {};
  const model = {
    modelId: "test/model",
    live: () => live,
    onChange: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  } as unknown as HostedModel;
  learnMemory(model, key, { clock, log, dataDir, slots: 2 });
  const loaded = { slots: 2 } as NonNullable<LocalModelState["loaded"]>;
  return {
    clock,
    live,
    become: (phase: LocalModelState["phase"]) => tell({ phase, restarts: 0, ...(phase === "ready" ? { loaded } : {}) }),
    learned: async () => (await readMeasurements(dataDir))[0]?.residentBytes,
  };
}

test("what a process takes with its first requests is learned, and not what it goes on losing", async () => {
  const { clock, live, become, learned } = startLearning(temporaryFolder());
  become("ready");
  clock.advance(LOOK_MS);
  await expect.poll(learned).toBe(1_000_000);
  clock.advance(3_600_000);
  live.running = 1;
  live.residentBytes = 1_200_000;
  clock.advance(LOOK_MS);
  await expect.poll(learned).toBe(1_200_000);
  clock.advance(3_600_000);
  live.residentBytes = 9_000_000;
  clock.advance(3_600_000);
  become("ready");
  expect(clock.pendingTimers()).toBe(0);
  expect(await learned()).toBe(1_200_000);
  // The next process begins anew, and its measurement is written after whatever was to be written before it.
  become("starting");
  live.residentBytes = 1_100_000;
  become("ready");
  clock.advance(LOOK_MS);
  await expect.poll(learned).toBe(1_100_000);
});
