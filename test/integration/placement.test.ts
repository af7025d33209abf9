import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemoryView, ModelInMemory } from "../../src/core/memory-view.ts";
import { buildTestModel } from "../support/build-test-model.ts";
import { cloudProvider } from "../support/faulty-provider.ts";
import { openStream } from "../support/read-stream.ts";
import { ADMIN_KEY, runBox, type RunningBox } from "../support/run-box.ts";
import { chat } from "../support/upstream-behaviours.ts";
import { startUpstreamServer, type UpstreamServer } from "../support/upstream-server.ts";
import { childrenOf, workerPid } from "../support/worker-processes.ts";

const PINNED = "test/pinned";
const FIRST = "test/first";
const SECOND = "test/second";

/** Each of the models takes about 160 MiB, most of it the process: two fit, three do not. */
const BUDGET = "400mb";

function ask(model: string, changes: object = {}): object {
  return { model, max_tokens: 2, messages: [{ role: "user", content: "Hi" }], ...changes };
}

/** Prefers this box, as a policy would. */
const HERE_FIRST = { provider: { order: ["box"] } };

describe.skipIf(process.platform !== "linux")("a box whose models do not all fit into memory", () => {
  let box: RunningBox;
  let cloud: UpstreamServer;

  beforeAll(async () => {
    cloud = await startUpstreamServer({ behave: chat() });
    const endless = await buildTestModel("scripted-endless", { contextTokens: 32_768 });
    const shared = { keepLoaded: "30m", device: "cpu" };
    const model = { id: SECOND, upstreamId: "second", contextTokens: 4_096, price: { input: 1, output: 2 } };
    box = await runBox({
      config: {
        box: { memory: { cpu: BUDGET } },
        network: { egress: "allowlisted" },
        models: [
          { id: FIRST, file: endless, contextTokens: 8_192, ...shared },
          { id: SECOND, file: await buildTestModel("scripted"), contextTokens: 512, ...shared },
          { id: PINNED, file: await buildTestModel("noise"), contextTokens: 256, device: "cpu" },
        ],
        providers: [cloudProvider("cloud", `${cloud.origin}/v1`, { models: [model] })],
      },
    });
    await move("load", PINNED);
  }, 120_000);

  afterAll(async () => {
    await box.stop();
    await cloud.close();
  });

  async function memory(): Promise<MemoryView> {
    return (await (await box.get("/admin/memory")).json()) as MemoryView;
  }

  async function placeOf(modelId: string): Promise<ModelInMemory> {
    const found = (await memory()).models.find((model) => model.modelId === modelId);
    if (found === undefined) throw new Error(`${modelId} is not hosted.`);
    return found;
  }

  async function move(name: string, model: string): Promise<ModelInMemory> {
    const response = await box.send("POST", `/admin/models/${name}`, { model });
    expect(response.status).toBe(200);
    return (await response.json()) as ModelInMemory;
  }

  const workersOf = (modelId: string) =>
    childrenOf(box.process.pid ?? -1).filter(({ commandLine }) => commandLine.includes(modelId));

  it("loads a model once for all who ask at the same time", async () => {
    const before = await memory();
    const answers = await Promise.all([1, 2, 3, 4].map(() => box.chat(ask(FIRST))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await Promise.all(answers.map((answer) => answer.text()));
    expect(workersOf(FIRST)).toHaveLength(1);
    expect((await memory()).loads).toBe(before.loads + 1);
    expect(await placeOf(FIRST)).toMatchObject({ residency: "ready", leases: 0, waiting: 0 });
  }, 60_000);

  it("sends a request to the next endpoint when a swap does not pay, and says why in advance and afterwards", async () => {
    const { refusedSwaps } = await memory();
    const response = await box.chat(ask(SECOND, HERE_FIRST));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-signalbox-endpoint")).toBe(`cloud/${SECOND}`);
    await response.text();
    expect((await memory()).refusedSwaps).toBe(refusedSwaps + 1);
    expect(workersOf(SECOND)).toEqual([]);
    const explained = await box.send("POST", "/admin/explain", { request: ask(SECOND, HERE_FIRST) });
    expect(await explained.text()).toContain("the models in memory were loaded a moment ago: test/first");
    const requestId = response.headers.get("x-request-id");
    const leaves = await (await box.get(`/admin/audit?request=${requestId}`)).text();
    expect(leaves).toContain("no_room_for_model");
  }, 60_000);

  it("evicts the idle model for one that the operator loads, and never the pinned one", async () => {
    const pid = workerPid(box.process.pid, PINNED);
    expect(await move("load", SECOND)).toMatchObject({ residency: "ready", isPinned: false });
    expect(await placeOf(FIRST)).toMatchObject({ residency: "cold", heldBytes: {} });
    expect(workersOf(FIRST)).toEqual([]);
    expect(workerPid(box.process.pid, PINNED)).toBe(pid);
    const { pools, evictions } = await memory();
    expect(evictions).toBe(1);
    const [cpu] = pools;
    expect(cpu?.heldBytes).toBeLessThanOrEqual(cpu?.budgetBytes ?? 0);
  }, 60_000);

  it("refuses a model that only pinned ones could make room for, and serves it once one is unpinned", async () => {
    await move("pin", SECOND);
    const refused = await box.chat(ask(FIRST));
    expect(refused.status).toBe(503);
    expect(JSON.stringify(await refused.json())).toContain("pinned: test/second, test/pinned");
    await move("unpin", SECOND);
    await move("unload", SECOND);
    const served = await box.chat(ask(FIRST));
    expect(served.status).toBe(200);
    await served.text();
    const kinds = ["model.load", "model.unload", "model.pin", "model.unpin"];
    for (const kind of kinds) {
      const leaves = (await (await box.get(`/admin/audit?kind=${kind}`)).json()) as readonly Record<string, unknown>[];
      expect(leaves[0]).toMatchObject({ kind, by: { role: "admin" } });
    }
  }, 60_000);

  it("loses nothing but its own requests when a worker is killed while it drains", async () => {
    const pinnedPid = workerPid(box.process.pid, PINNED);
    const stream = await openStream(box.url, ADMIN_KEY, ask(FIRST, { max_tokens: 4_000 }));
    await stream.until(1);
    const unloaded = move("unload", FIRST);
    await expect.poll(async () => (await placeOf(FIRST)).residency, { timeout: 10_000 }).toBe("draining");
    process.kill(workerPid(box.process.pid, FIRST), "SIGKILL");
    expect(await unloaded).toMatchObject({ residency: "cold", heldBytes: {} });
    await stream.rest().catch(() => undefined);
    await expect.poll(async () => (await placeOf(FIRST)).leases, { timeout: 10_000 }).toBe(0);
    const other = await box.chat(ask(PINNED));
    expect(other.status).toBe(200);
    await other.text();
    expect(workerPid(box.process.pid, PINNED)).toBe(pinnedPid);
  }, 60_000);

  it("shows on the command line what is in memory, and moves models from there", async () => {
    const listed = await box.command("models", "ps");
    expect(listed).toMatchObject({ exitCode: 0 });
    expect(listed.stdout).toMatch(/test\/pinned +ready, pinned +cpu/);
    expect(listed.stdout).toMatch(/test\/first +not in memory/);
    const unknown = await box.command("models", "load", "test/nobody");
    expect(unknown).toMatchObject({ exitCode: 1 });
    expect(unknown.stderr).toContain("it hosts test/first, test/second, test/pinned");
    const unloaded = await box.command("models", "unload", PINNED, "--json");
    expect(JSON.parse(unloaded.stdout)).toMatchObject({ modelId: PINNED, residency: "cold" });
    const metrics = await (await box.get("/metrics")).text();
    expect(metrics).toMatch(/^signalbox_model_evictions_total 1$/m);
    expect(metrics).toMatch(/^signalbox_model_refused_swaps_total 1$/m);
  }, 60_000);
});
