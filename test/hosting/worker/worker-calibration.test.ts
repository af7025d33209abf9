import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

interface Line {
  readonly kind: "prefill" | "decode" | "end";
  readonly promptTokens?: number;
  readonly running?: number;
  readonly tokensPerSecond?: number;
  readonly outcome?: string;
}

describe("a worker that is asked for its model's speed", () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    worker = await startWorker(await buildTestModel("noise"), { contextTokens: 2_048, slots: 2 });
  });

  afterAll(() => worker.stop());

  async function calibrate(budgetMs: number, asked = worker): Promise<readonly Line[]> {
    const { status, text } = await asked.call("/calibrate", { budgetMs });
    expect(status).toBe(200);
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  }

  it("reads prompts of each length that its context holds, and writes with as many slots as it has", async () => {
    const lines = await calibrate(60_000);
    const rates = lines.slice(0, -1);
    expect(rates.map(({ kind, promptTokens, running }) => `${kind} ${promptTokens ?? running ?? 0}`)).toEqual([
      "prefill 128",
      "decode 1",
      "decode 2",
      "prefill 512",
    ]);
    for (const { tokensPerSecond } of rates) expect(tokensPerSecond).toBeGreaterThan(0);
    expect(lines.at(-1)).toEqual({ kind: "end", outcome: "complete" });
  }, 90_000);

  it("leaves its slots empty and free", async () => {
    const { running, slots } = await worker.health();
    expect(running).toBe(0);
    expect(slots.map((slot) => slot.held_tokens)).toEqual([0, 0]);
  });

  it("begins nothing that it has no time for, and says what it has", async () => {
    expect(await calibrate(1)).toEqual([{ kind: "end", outcome: "complete" }]);
  });

  it("gives way to a request that comes meanwhile, and answers it", async () => {
    // With room for the longest prompt the measurement takes many times as long as the request needs to come.
    const roomy = await startWorker(await buildTestModel("noise"), { contextTokens: 4_096, slots: 2 });
    try {
      const measuring = calibrate(60_000, roomy);
      const isMeasuring = async () => (await roomy.health()).slots.some((slot) => slot.held_tokens > 0);
      await expect.poll(isMeasuring, { interval: 5 }).toBe(true);
      const answer = await roomy.chat({ messages: userSays("Hi"), max_tokens: 2 });
      expect(answer.usage?.completion_tokens).toBeGreaterThan(0);
      expect((await measuring).at(-1)).toEqual({ kind: "end", outcome: "interrupted" });
    } finally {
      await roomy.stop();
    }
  }, 90_000);

  it("refuses a budget without a bound", async () => {
    const { status } = await worker.call("/calibrate", { budgetMs: 10_000_000 });
    expect(status).toBe(400);
  });
});
