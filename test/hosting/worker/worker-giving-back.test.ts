import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProcessMemory } from "../../../src/hosting/process-memory.ts";
import type { FromWorker } from "../../../src/hosting/worker-protocol.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { startWorker, userSays, type WorkerProcess } from "./worker-process.ts";

const MIB = 1024 ** 2;

type GivenBack = Extract<FromWorker, { kind: "given-back" }>;

describe.skipIf(process.platform !== "linux")("a worker that is asked for memory", () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    // 24 layers × 4 slots × 4,096 tokens: a cache of 96 MiB.
    const options = { contextTokens: 4_096, slots: 4, stateCacheBytes: 64 * MIB };
    worker = await startWorker(await buildTestModel("noise", { layers: 24 }), options);
  }, 120_000);

  afterAll(() => worker.stop());

  function ask(what: "states" | "context"): Promise<boolean> {
    return new Promise((resolve) => {
      const listen = (message: FromWorker): void => {
        if (message.kind !== "given-back" || (message satisfies GivenBack).what !== what) return;
        worker.child.off("message", listen);
        resolve(message.isGiven);
      };
      worker.child.on("message", listen);
      worker.child.send({ kind: "give-back", what });
    });
  }

  const used = (): number => readProcessMemory(worker.child.pid ?? -1)?.anonymousBytes ?? 0;
  const hello = (content: string) => worker.chat({ messages: userSays(content), max_tokens: 4, temperature: 0 });

  it("gives its context back, and answers the next request as before with a new one", async () => {
    const first = await hello("What is the weather?");
    const before = used();
    expect(await ask("context")).toBe(true);
    expect(before - used()).toBeGreaterThan(80 * MIB);
    expect((await worker.health()).slots.map((slot) => slot.held_tokens)).toEqual([0, 0, 0, 0]);
    const second = await hello("What is the weather?");
    expect(second.choices[0]?.message.content).toBe(first.choices[0]?.message.content);
    expect(used()).toBeGreaterThan(before - 20 * MIB);
    expect(await ask("context")).toBe(true);
  }, 120_000);

  it("keeps its context while a request uses it", async () => {
    const controller = new AbortController();
    const stream = worker.stream({ messages: userSays("Hi"), max_tokens: 2_000 }, controller.signal);
    await stream.next();
    expect(await ask("context")).toBe(false);
    controller.abort();
    await stream.return(undefined as never).catch(() => undefined);
  }, 120_000);

  it("forgets the states that it put aside", async () => {
    expect(await ask("states")).toBe(true);
    expect((await worker.health()).saved_states).toEqual({ count: 0, bytes: 0 });
  });
});
