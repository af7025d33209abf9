import { afterEach, describe, expect, it } from "vitest";
import { ModelPlacement } from "../../../src/hosting/placement/model-placement.ts";
import type { PlacedModel } from "../../../src/hosting/placement/placed-model.ts";
import type { MemoryReading, PlacementPlan } from "../../../src/hosting/placement/placement-state.ts";
import type { FakeWorkerBehaviour } from "../../support/fake-worker.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { FACTS, isAlive, supervise, type Supervised } from "../supervisor/supervised.ts";
import { MIB } from "./placement-scene.ts";

const NEVER = new AbortController().signal;
const PLAN = { device: "cpu", claims: { cpu: 100 * MIB }, mappedBytes: 0, slots: 2, keepLoadedMs: 600_000 };

const open: Supervised[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((supervised) => supervised.close()));
});

/** Models whose processes are real, placed by an actor whose time is moved by hand. */
async function box(budgetMib: number, readMemory: () => Promise<MemoryReading> = () => Promise.resolve({})) {
  const clock = new ManualClock();
  const logged: string[] = [];
  const log = (_: unknown, message: string): void => void logged.push(message);
  const placement = new ModelPlacement({ clock, log: { debug: log, info: log, warn: log }, readMemory });
  placement.setBudgets({ cpu: budgetMib * MIB });
  const add = async (
    name: string,
    behaviour: FakeWorkerBehaviour = { load: "ready" },
    changes: Partial<Omit<PlacementPlan, "key" | "modelId">> = {},
  ) => {
    const supervised = await supervise(behaviour, { facts: { ...FACTS, modelId: name } });
    open.push(supervised);
    return { supervised, model: placement.place(supervised.model, { ...PLAN, ...changes }) };
  };
  return { clock, placement, add, logged };
}

async function use(model: PlacedModel): Promise<void> {
  (await model.ensureReady(NEVER)).release();
}

function residencyOf(model: PlacedModel): string | undefined {
  return model.state().placement?.residency;
}

describe("models whose processes are placed", () => {
  it("evict each other only when idle and settled, and the process is gone before the next one starts", async () => {
    const { clock, add } = await box(150);
    const [a, b] = [await add("maker/a"), await add("maker/b")];
    await use(a.model);
    const { pid = 0 } = a.model.state();
    const waiting = b.model.ensureReady(NEVER);
    expect(residencyOf(b.model)).toBe("cold");
    clock.advance(31_000);
    const lease = await waiting;
    expect(isAlive(pid)).toBe(false);
    expect([residencyOf(a.model), residencyOf(b.model)]).toEqual(["cold", "ready"]);
    expect(b.model.state().placement).toMatchObject({ leases: 1, heldBytes: { cpu: 100 * MIB } });
    lease.release();
    lease.release();
    expect(b.model.state().placement?.leases).toBe(0);
  });

  it("are refused, not queued, after a load that failed, until their time has come", async () => {
    const { clock, add, placement } = await box(150);
    const { model, supervised } = await add("maker/a", { load: "fail" });
    const failed = { code: "worker_start_failed", message: "maker/a is not available: the file is no model." };
    await expect(model.ensureReady(NEVER)).rejects.toMatchObject(failed);
    await expect.poll(() => model.state()).toMatchObject({ phase: "failed", retryAtMs: clock.monotonicMs() + 60_000 });
    await expect(model.ensureReady(NEVER)).rejects.toMatchObject({ ...failed, details: { retryAfterMs: 60_000 } });
    expect(placement.pools()).toEqual([{ pool: "cpu", heldBytes: 0, budgetBytes: 150 * MIB }]);
    // Its supervisor would have tried again by then, with memory that nobody has set aside.
    supervised.clock.advance(3_600_000);
    expect(model.state().phase).toBe("failed");
    await supervised.behave({ load: "ready" });
    clock.advance(60_000);
    await use(model);
    expect(placement.counts()).toMatchObject({ loads: 1, failedLoads: 1 });
  });

  it("leave after their time without a request, and come back for the next one", async () => {
    const { clock, add } = await box(150);
    const { model } = await add("maker/a", { load: "ready" }, { keepLoadedMs: 5_000 });
    const lease = await model.ensureReady(NEVER);
    clock.advance(60_000);
    expect(residencyOf(model)).toBe("ready");
    lease.release();
    clock.advance(5_000);
    expect(residencyOf(model)).toBe("unloading");
    await use(model);
    expect(residencyOf(model)).toBe("ready");
  });

  it("free the place of a request that goes away while it waits", async () => {
    const { add } = await box(150);
    const [a, b] = [await add("maker/a"), await add("maker/b")];
    await use(a.model);
    const gone = new AbortController();
    const waiting = b.model.ensureReady(gone.signal);
    expect(b.model.state().placement?.waiting).toBe(1);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: "client_closed_request" });
    expect(b.model.state().placement?.waiting).toBe(0);
  });

  it("are loaded although the free memory can't be read, within what the operator allows", async () => {
    const { add, logged } = await box(150, () => Promise.reject(new Error("no driver")));
    const { model } = await add("maker/a");
    await use(model);
    expect(logged).toContain("the free memory could not be read");
  });

  it("keep their memory while a crashed process is restarted, and lose nothing else", async () => {
    const { add } = await box(250);
    const [a, b] = [await add("maker/a"), await add("maker/b")];
    await use(a.model);
    await use(b.model);
    const { pid } = b.model.state();
    process.kill(a.model.state().pid ?? 0, "SIGKILL");
    await expect.poll(() => residencyOf(a.model)).toBe("loading");
    expect(a.model.state().placement?.heldBytes).toEqual({ cpu: 100 * MIB });
    const waiting = a.model.ensureReady(NEVER);
    a.supervised.clock.advance(1_000);
    (await waiting).release();
    expect(b.model.state().pid).toBe(pid);
  });

  it("are started with fewer slots after a load that ran out of memory", async () => {
    const { add } = await box(150);
    const { model, supervised } = await add("maker/a", { load: "out-of-memory" });
    await expect(model.ensureReady(NEVER)).rejects.toMatchObject({ code: "worker_start_failed" });
    await supervised.behave({ load: "ready" });
    await expect.poll(() => model.state().loaded?.slots, { timeout: 10_000 }).toBe(1);
  });

  it("are started anew when their process has really grown, and lose no request", async () => {
    const { add, placement, logged } = await box(1_000);
    const { model, supervised } = await add("maker/a", { load: "ready" }, { claims: { cpu: 10 * MIB } });
    const answerMany = async (mib: number): Promise<number | undefined> => {
      await use(model);
      await supervised.ask(`/grow?mib=${mib}`);
      await expect.poll(() => model.live().residentBytes).toBeGreaterThan(0);
      for (let requests = 1; requests < 32; requests += 1) await use(model);
      return model.state().pid;
    };
    const [first] = [await answerMany(1), await answerMany(110), await answerMany(110)];
    await answerMany(110);
    await use(model);
    await expect.poll(() => model.state().phase).toBe("ready");
    expect(model.state().pid).not.toBe(first);
    expect(isAlive(first ?? 0)).toBe(false);
    expect(placement.counts()).toMatchObject({ recycled: 1, loads: 2, evictions: 0 });
    expect(logged).toContain("the model leaves memory");
  });

  it("wait for nothing once they are stopped for good", async () => {
    const { add, placement } = await box(150);
    const [a, b] = [await add("maker/a"), await add("maker/b")];
    await use(a.model);
    const waiting = b.model.ensureReady(NEVER);
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: "draining" }), b.model.stop()]);
    await expect(b.model.ensureReady(NEVER)).rejects.toMatchObject({ code: "draining" });
    await a.model.stop();
    expect(placement.pools()).toEqual([]);
  });
});
