import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemoryView, ModelInMemory } from "../../src/core/memory-view.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { runBox, type RunningBox } from "../support/run-box.ts";
import { workerPid } from "../support/worker-processes.ts";

const LARGE = "test/large";
const SMALL = "test/small";

describe.skipIf(process.platform !== "linux")("a box whose models fit together without one's context", () => {
  let box: RunningBox;

  beforeAll(async () => {
    const shared = { keepLoaded: "30m", device: "cpu" };
    // The large one's context is about 100 of its 260 MiB; the small one takes about 190 to be loaded.
    box = await runBox({
      config: {
        box: { memory: { cpu: "400mb" }, calibration: "off" },
        models: [
          { id: LARGE, file: await buildTestModel("noise", { layers: 24 }), contextTokens: 8_192, slots: 2, ...shared },
          { id: SMALL, file: await buildTestModel("noise"), contextTokens: 512, ...shared },
        ],
      },
    });
  }, 120_000);

  afterAll(() => box.stop());

  async function say(model: string): Promise<string> {
    const body = { model, max_tokens: 4, temperature: 0, messages: [{ role: "user", content: "Hi" }] };
    const response = await box.chat(body);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { choices: { message: { content: string } }[] };
    return answer.choices[0]?.message.content ?? "";
  }

  async function view(): Promise<MemoryView> {
    return (await (await box.get("/admin/memory")).json()) as MemoryView;
  }

  async function placeOf(modelId: string): Promise<ModelInMemory | undefined> {
    return (await view()).models.find((model) => model.modelId === modelId);
  }

  it("keeps the weights of the idle one and gives its context for the other, and back when it is asked again", async () => {
    const before = await say(LARGE);
    const pid = workerPid(box.process.pid, LARGE);
    // A context that was used a moment ago is kept: the request waits until it is idle for long enough.
    await say(SMALL);
    expect(await placeOf(LARGE)).toMatchObject({ residency: "dormant" });
    expect(await view()).toMatchObject({ freedContexts: 1, evictions: 0 });
    expect((await box.command("models", "ps")).stdout).toContain("in memory without a context");
    expect((await box.send("POST", "/admin/models/unload", { model: SMALL })).status).toBe(200);
    expect(await say(LARGE)).toBe(before);
    expect(workerPid(box.process.pid, LARGE)).toBe(pid);
    expect(await placeOf(LARGE)).toMatchObject({ residency: "ready" });
  }, 90_000);
});
