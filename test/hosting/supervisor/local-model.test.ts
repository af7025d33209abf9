import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { SignalboxError } from "../../../src/core/errors.ts";
import { KILL_WAIT_MS, LOAD_STALL_MS, STOP_GRACE_MS } from "../../../src/hosting/supervisor/worker-life.ts";
import { findTaskset } from "../../../src/hosting/supervisor/worker-command.ts";
import { isAlive, supervise, type Supervised } from "./supervised.ts";

const LOADED = { contextTokens: 64, slots: 2, threads: 1, device: "cpu", loadMs: 1, weightBytes: 1_000 } as const;

const open: Supervised[] = [];

async function start(...args: Parameters<typeof supervise>): Promise<Supervised> {
  const supervised = await supervise(...args);
  open.push(supervised);
  return supervised;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((supervised) => supervised.close()));
});

describe("a model that is asked for", () => {
  test("is loaded once for all who ask at the same time", async () => {
    const { model, ensureReady, ask } = await start({ load: "ready" });
    expect(model.state()).toEqual({ phase: "stopped", restarts: 0 });
    const [first, second] = await Promise.all([ensureReady(), ensureReady()]);
    expect(second).toEqual(first);
    expect(model.state()).toEqual({
      phase: "ready",
      pid: expect.any(Number),
      loaded: LOADED,
      restarts: 0,
    });
    const { commandLine } = JSON.parse(await ask("/facts"));
    expect(commandLine).toContain("maker/fake");
  });

  test("listens in a folder that nobody else can enter, and leaves no socket behind", async () => {
    const { model, ensureReady } = await start({ load: "ready" });
    const { socketPath } = await ensureReady();
    expect(statSync(dirname(socketPath)).mode & 0o777).toBe(0o700);
    await model.unload();
    expect(existsSync(socketPath)).toBe(false);
  });

  test("shows nothing of the gateway's environment to its process, and is the first to go when memory runs out", async () => {
    process.env["SITE_VLLM_KEY"] = "canary";
    const { ask } = await start({ load: "ready" });
    const { environment, oomScoreAdjustment } = JSON.parse(await ask("/facts"));
    delete process.env["SITE_VLLM_KEY"];
    expect(JSON.stringify(environment)).not.toContain("canary");
    expect(environment).toMatchObject({ UV_THREADPOOL_SIZE: "6", NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true" });
    if (process.platform === "linux") expect(oomScoreAdjustment).toBe("500");
  });

  test.skipIf(findTaskset(process.env["PATH"] ?? "") === undefined)(
    "is confined to its cores (needs taskset)",
    async () => {
      const { ask, model } = await start({ load: "ready" }, { options: { cpuList: "0" } });
      const { affinity, commandLine } = JSON.parse(await ask("/facts"));
      expect(affinity).toBe("0");
      expect(commandLine[0]).toBe(process.execPath);
      expect(isAlive(model.state().pid ?? 0)).toBe(true);
    },
  );

  test("answers a request that goes away with its own reason, and goes on for the others", async () => {
    const { model, ensureReady } = await start({ load: "ready" });
    const deadline = new AbortController();
    const leaving = model.ensureReady(deadline.signal);
    const staying = ensureReady();
    const reason = new SignalboxError("deadline_exceeded", "too late");
    deadline.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    expect(await staying).toHaveProperty("socketPath");
    await expect(model.ensureReady(AbortSignal.abort())).rejects.toMatchObject({ code: "client_closed_request" });
  });

  test("is not loaded for a request that is gone already", async () => {
    const { model } = await start({ load: "ready" });
    await expect(model.ensureReady(AbortSignal.abort())).rejects.toMatchObject({ code: "client_closed_request" });
    expect(model.state().phase).toBe("stopped");
  });

  test("reports its live numbers from the last heartbeat", async () => {
    const { model, ask } = await start({ load: "ready" });
    expect(model.live()).toEqual({ running: 0, queued: 0 });
    await ask("/heartbeat", { running: 2, queued: 1, residentBytes: 77, decodeTokensPerSecond: 12.5 });
    await expect
      .poll(() => model.live())
      .toEqual({ running: 2, queued: 1, residentBytes: 77, decodeTokensPerSecond: 12.5 });
  });

  test("ignores a message that the protocol does not know, and says so", async () => {
    const { model, ask, logged } = await start({ load: "ready" });
    await ask("/send", { kind: "heartbeat", running: "many" });
    await expect.poll(() => logged).toContain("(it sent a message that the protocol does not know)");
    expect(model.state().phase).toBe("ready");
  });
});

describe("a model that can't be loaded", () => {
  test("is given up with the worker's reason, and tried again much later", async () => {
    const { model, ensureReady, behave, clock, reach } = await start({ load: "fail" });
    await expect(ensureReady()).rejects.toMatchObject({
      code: "worker_start_failed",
      message: "maker/fake is not available: the file is no model.",
    });
    await reach("failed");
    expect(model.state()).toEqual({
      phase: "failed",
      problem: "the file is no model",
      retryAtMs: clock.monotonicMs() + 60_000,
      restarts: 0,
    });
    await expect(ensureReady()).rejects.toMatchObject({ details: { retryAfterMs: 60_000 } });
    await behave({ load: "ready" });
    clock.advance(60_000);
    await reach("ready");
    expect(model.state().restarts).toBe(1);
  });

  test("is loaded at once when the operator asks after mending the file", async () => {
    const { model, ensureReady, behave, reach } = await start({ load: "fail" });
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_start_failed" });
    await reach("failed");
    await behave({ load: "ready" });
    model.start();
    await reach("ready");
  });

  test("says what the engine said when it aborted", async () => {
    const { model, ensureReady, logged } = await start({
      load: "abort",
      lines: ["loading", "GGML_ASSERT(n_head > 0) failed"],
    });
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_failed" });
    expect(model.state()).toMatchObject({
      phase: "backing-off",
      problem: "the engine aborted (SIGABRT); its last words: GGML_ASSERT(n_head > 0) failed",
      retryAtMs: 1_000,
    });
    expect(logged).toContain("GGML_ASSERT(n_head > 0) failed");
    expect(model.lastLines()).toContain("loading");
  });

  test("is given up after five failures in a row", async () => {
    const { model, ensureReady, clock, reach } = await start({ load: "exit" });
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_failed" });
    for (let restart = 1; restart < 5; restart += 1) {
      expect(model.state()).toMatchObject({ phase: "backing-off", problem: "it ended with exit code 7" });
      clock.advance(60_000);
      await reach(restart < 4 ? "backing-off" : "failed");
    }
    expect(model.state().restarts).toBe(4);
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_start_failed" });
  });

  test("is given up when loading stands still", async () => {
    const { model, ensureReady, clock, reach } = await start({ load: "hang" });
    const waiting = ensureReady();
    await expect.poll(() => model.state().loadProgress).toBe(0.25);
    clock.advance(LOAD_STALL_MS);
    await expect(waiting).rejects.toMatchObject({ code: "worker_start_failed" });
    await reach("failed");
    expect(model.state().problem).toBe("loading stood still for 120 s");
  });

  test("says why no process could be made", async () => {
    const { model, ensureReady } = await start(
      { load: "ready" },
      {
        spawn: () => {
          throw new Error("spawn EMFILE");
        },
      },
    );
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_failed" });
    expect(model.state().problem).toBe("its process could not be started: spawn EMFILE");
  });
});

describe("a worker that fails", () => {
  test("by SIGKILL is restarted after a second, on a new socket", async () => {
    const { model, ensureReady, ask, clock, reach } = await start({ load: "ready" });
    const before = await ensureReady();
    await ask("/die?signal=SIGKILL", {});
    await reach("backing-off");
    expect(model.state()).toMatchObject({ problem: "it was killed from outside (SIGKILL)", retryAtMs: 1_000 });
    expect(model.state()).toMatchObject({ startsSoon: true });
    expect(model.state().pid).toBeUndefined();
    const waiting = ensureReady();
    clock.advance(1_000);
    expect((await waiting).socketPath).not.toBe(before.socketPath);
    expect(model.state().restarts).toBe(1);
  });

  test("is waited for by a request that comes between its end and the report of it", async () => {
    let ended = false;
    let report = (): void => {};
    const { model, ensureReady, clock, reach } = await start(
      { load: "ready" },
      {
        spawn: (_, events) => {
          ended = false;
          queueMicrotask(() => events.onMessage({ kind: "ready", facts: LOADED }));
          report = () => events.onExit({ kind: "ended", code: null, signal: "SIGKILL" });
          return {
            pid: undefined,
            hasEnded: () => ended,
            lastLines: () => [],
            terminate: report,
            kill: report,
            giveBack: () => {},
          };
        },
      },
    );
    const before = await ensureReady();
    ended = true;
    const waiting = ensureReady();
    expect(model.state().phase).toBe("ready");
    report();
    await reach("backing-off");
    clock.advance(1_000);
    expect((await waiting).socketPath).not.toBe(before.socketPath);
  });

  test("is not waited for when its restarts have become rare", async () => {
    const { ensureReady, ask, clock, reach } = await start({ load: "ready" });
    for (const delayMs of [1_000, 2_000]) {
      await ask("/die?signal=SIGKILL", {});
      await reach("backing-off");
      clock.advance(delayMs);
    }
    await ask("/die?signal=SIGKILL", {});
    await reach("backing-off");
    await expect(ensureReady()).rejects.toMatchObject({ code: "worker_failed", details: { retryAfterMs: 4_000 } });
  });

  test("turns away whoever waits for its restart when it is stopped", async () => {
    const { model, ensureReady, ask, reach } = await start({ load: "ready" });
    await ask("/die?signal=SIGKILL", {});
    await reach("backing-off");
    const waiting = ensureReady();
    const [refused] = await Promise.allSettled([waiting, model.stop()]);
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "draining" } });
  });

  test("for want of memory is told from one that was killed by hand", async () => {
    let kills = 3;
    const { model, ask, reach } = await start({ load: "ready" }, { countOomKills: async () => kills });
    await ask("/facts");
    kills = 4;
    await ask("/die?signal=SIGKILL", {});
    await reach("backing-off");
    expect(model.state().problem).toBe("the kernel killed it because memory ran out (SIGKILL)");
  });

  test("by ending without a reason is restarted too", async () => {
    const { model, ask, reach } = await start({ load: "ready" });
    await ask("/exit?code=0", {});
    await reach("backing-off");
    expect(model.state().problem).toBe("it ended by itself (exit code 0)");
  });

  test("by an instruction that the processor lacks is given up at once", async () => {
    const { model, ask, reach } = await start({ load: "ready" });
    await ask("/die?signal=SIGILL", {});
    await reach("failed");
    expect(model.state().problem).toContain("lacks an instruction");
  });

  test("by falling silent is killed and restarted", async () => {
    const { model, ensureReady, clock, reach } = await start({ load: "ready" });
    await ensureReady();
    const { pid } = model.state();
    clock.advance(5_000);
    await expect.poll(() => isAlive(pid ?? 0)).toBe(false);
    await expect.poll(() => model.state().retryAtMs).toBeDefined();
    expect(model.state().problem).toBe("it stopped giving signs of life");
    clock.advance(1_000);
    await ensureReady();
    expect(model.state().pid).not.toBe(pid);
    await reach("ready");
  });

  test("is noticed sooner when a request to it broke off", async () => {
    const { model, ensureReady, clock } = await start({ load: "ready" });
    await ensureReady();
    model.reportTrouble();
    clock.advance(2_000);
    expect(model.state()).toMatchObject({ phase: "backing-off", problem: "it stopped giving signs of life" });
  });

  test("by evaluating nothing is killed although its heart beats", async () => {
    const { model, clock, ask } = await start({ load: "ready" });
    for (let beat = 1; beat <= 9; beat += 1) {
      await ask("/heartbeat", { running: 1, evaluatedTokens: 5, residentBytes: beat });
      await expect.poll(() => model.live().residentBytes).toBe(beat);
      clock.advance(4_000);
      if (model.state().phase !== "ready") break;
    }
    expect(model.state().problem).toContain("evaluated nothing for 30 s");
  });
});

describe("a model that is taken out of memory", () => {
  test("is loaded again for a request that comes while its process ends", async () => {
    const { model, ensureReady } = await start({ load: "ready" });
    const before = await ensureReady();
    const unloaded = model.unload();
    expect(model.state().phase).toBe("stopping");
    const after = await ensureReady();
    await unloaded;
    expect(after.socketPath).not.toBe(before.socketPath);
  });

  test("is killed when it does not end in time", async () => {
    const { model, ensureReady, clock } = await start({ load: "ready", ignoresSigterm: true });
    await ensureReady();
    const { pid } = model.state();
    const unloaded = model.unload();
    clock.advance(STOP_GRACE_MS);
    await unloaded;
    expect(isAlive(pid ?? 0)).toBe(false);
    expect(model.state()).toEqual({ phase: "stopped", restarts: 0 });
  });

  test("is not waited for when the kernel can't end it", async () => {
    const { model, ensureReady, clock } = await start(
      { load: "ready" },
      {
        spawn: (_, events) => {
          queueMicrotask(() => events.onMessage({ kind: "loading", progress: 0.5 }));
          return {
            pid: undefined,
            hasEnded: () => false,
            lastLines: () => [],
            terminate: () => {},
            kill: () => {},
            giveBack: () => {},
          };
        },
      },
    );
    void ensureReady().catch(() => {});
    const stopped = model.stop();
    clock.advance(STOP_GRACE_MS);
    clock.advance(KILL_WAIT_MS);
    await stopped;
    await expect(ensureReady()).rejects.toMatchObject({ code: "draining" });
  });

  test("refuses every request after the last stop", async () => {
    const { model, ensureReady } = await start({ load: "ready" });
    await ensureReady();
    await model.stop();
    await expect(ensureReady()).rejects.toMatchObject({ code: "draining" });
    model.start();
    expect(model.state()).toEqual({ phase: "stopped", restarts: 0 });
  });
});
