import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HEALTHY_AFTER_MS,
  MAX_BACKOFF_MS,
  MAX_QUICK_FAILURES,
  NO_HISTORY,
  planRetry,
  QUICK_FAILURE_MS,
  SLOW_RETRY_MS,
} from "../../../src/hosting/supervisor/restart-policy.ts";
import {
  HEARTBEAT_TIMEOUT_MS,
  INITIAL_STATE,
  isAwaited,
  KILL_WAIT_MS,
  LOAD_STALL_MS,
  OWN_STALL_MS,
  PROGRESS_STALL_MS,
  STOP_GRACE_MS,
  TROUBLE_HEARTBEAT_TIMEOUT_MS,
  wakeAtMs,
  type WorkerEffect,
  type WorkerEvent,
  type WorkerState,
} from "../../../src/hosting/supervisor/worker-life.ts";
import { step } from "../../../src/hosting/supervisor/worker-state.ts";

const CRASH: WorkerEvent = { kind: "child-exited", failure: { problem: "it crashed", hopeless: false } };
const heartbeat = (running: number, evaluatedTokens: number): WorkerEvent => ({
  kind: "heartbeat",
  running,
  evaluatedTokens,
});

/** Plays events at given times from the initial state; returns the state and all effects, refusals by their code. */
function play(...script: readonly (readonly [nowMs: number, event: WorkerEvent | WorkerEvent["kind"]])[]) {
  let state: WorkerState = INITIAL_STATE;
  const effects: string[] = [];
  for (const [nowMs, event] of script) {
    const whole = typeof event === "string" ? ({ kind: event } as WorkerEvent) : event;
    const next = step(state, whole, { nowMs, chance: 0 });
    state = next.state;
    effects.push(...next.effects.map((effect) => ("refusal" in effect ? effect.refusal.code : effect.kind)));
  }
  return { state, effects };
}

describe("a worker's life", () => {
  test("starts at the first request, lets others join, and grants all when it is ready", () => {
    const { state, effects } = play([0, "ready-requested"], [1, "ready-requested"], [9, "child-ready"]);
    expect(state.kind).toBe("ready");
    expect(effects).toEqual(["spawn", "grant-waiters"]);
  });

  test("waits for the end of the old process before it starts the next", () => {
    const { effects } = play(
      [0, "start-requested"],
      [1, "child-ready"],
      [2, "unload-requested"],
      [3, "ready-requested"],
      [4, CRASH],
      [5, "child-ready"],
    );
    expect(effects).toEqual(["spawn", "grant-waiters", "worker_failed", "terminate", "spawn", "grant-waiters"]);
  });

  test("kills a process that does not end in time, and stops waiting for one that the kernel holds", () => {
    const stopping = [
      [0, "start-requested"],
      [1, "child-ready"],
      [2, "unload-requested"],
      [3, "ready-requested"],
      [2 + STOP_GRACE_MS, "time-passed"],
    ] as const;
    expect(play(...stopping).effects.at(-1)).toBe("kill");
    const { state, effects } = play(...stopping, [2 + STOP_GRACE_MS + KILL_WAIT_MS, "time-passed"]);
    expect(effects.at(-1)).toBe("worker_failed");
    expect(wakeAtMs(state)).toBeUndefined();
    expect(step(state, { kind: "ready-requested" }, { nowMs: 99_999, chance: 0 }).effects).toMatchObject([
      { kind: "refuse-waiters" },
    ]);
    expect(step(state, CRASH, { nowMs: 99_999, chance: 0 }).state.kind).toBe("stopped");
  });

  test.each(["unload-requested", "shutdown-requested"] as const)(
    "turns away those who wait for the next process when %s comes before it",
    (event) => {
      const { effects } = play(
        [0, "start-requested"],
        [1, "child-ready"],
        [2, "unload-requested"],
        [3, "ready-requested"],
        [4, event],
      );
      expect(effects.at(-1)).toBe(event === "unload-requested" ? "worker_failed" : "draining");
    },
  );

  test("refuses for good after shutting down", () => {
    const { state, effects } = play([0, "start-requested"], [1, "shutdown-requested"], [2, CRASH]);
    expect(state.kind).toBe("shut-down");
    expect(effects).toEqual(["spawn", "draining", "terminate"]);
    expect(play([0, "shutdown-requested"], [1, "ready-requested"]).effects).toEqual(["draining"]);
  });

  test("gives up a file that does not load, and tries it again after 1, 5 and 30 minutes", () => {
    const badFile: WorkerEvent = { kind: "load-failed", reason: "no model" };
    let [state, nowMs]: [WorkerState, number] = [INITIAL_STATE, 0];
    for (const delayMs of [...SLOW_RETRY_MS, SLOW_RETRY_MS.at(-1) ?? 0]) {
      const next = (event: WorkerEvent) => ({ state } = step(state, event, { nowMs, chance: 0 }));
      next({ kind: nowMs === 0 ? "ready-requested" : "time-passed" });
      expect(state.kind).toBe("starting");
      expect(next(badFile).effects.map(({ kind }) => kind)).toEqual(["refuse-waiters", "kill"]);
      next(CRASH);
      expect(state).toMatchObject({ kind: "failed", problem: "no model", retryAtMs: nowMs + delayMs });
      nowMs += delayMs;
    }
  });

  test("gives up a load that stands still, but not one that goes on slowly", () => {
    const slow = [
      [0, "start-requested"],
      [LOAD_STALL_MS - 1, { kind: "load-progressed", progress: 0.1 }],
    ] as const;
    expect(play(...slow, [LOAD_STALL_MS, "time-passed"]).state.kind).toBe("starting");
    const repeated: WorkerEvent = { kind: "load-progressed", progress: 0.1 };
    const stalled = play(
      ...slow,
      [LOAD_STALL_MS, repeated],
      [2 * LOAD_STALL_MS - 1, "time-passed"],
      [2 * LOAD_STALL_MS, CRASH],
    );
    expect(stalled.state).toMatchObject({ kind: "failed", problem: "loading stood still for 120 s" });
  });

  test("kills a worker without a sign of life", () => {
    const ready = [
      [0, "start-requested"],
      [0, "child-ready"],
      [1_000, heartbeat(0, 0)],
    ] as const;
    expect(play(...ready, [1_000 + HEARTBEAT_TIMEOUT_MS - 1, "time-passed"]).state.kind).toBe("ready");
    const { state, effects } = play(...ready, [1_000 + HEARTBEAT_TIMEOUT_MS, "time-passed"]);
    expect(state).toMatchObject({ kind: "killing", failure: { problem: "it stopped giving signs of life" } });
    expect(effects.slice(-2)).toEqual(["worker_failed", "kill"]);
  });

  test("looks sooner after a request broke off", () => {
    const { state } = play([0, "start-requested"], [0, "child-ready"], [100, "trouble-reported"]);
    expect(wakeAtMs(state)).toBe(100 + TROUBLE_HEARTBEAT_TIMEOUT_MS);
    const cleared = step(state, heartbeat(0, 0), { nowMs: 1_000, chance: 0 }).state;
    expect(wakeAtMs(cleared)).toBe(1_000 + HEARTBEAT_TIMEOUT_MS);
  });

  test("kills a worker that lives but evaluates nothing while requests run", () => {
    const beats = (tokensAt: (second: number) => number, running: number) =>
      Array.from({ length: PROGRESS_STALL_MS / 1_000 + 2 }, (_, second) => [
        [second * 1_000, heartbeat(running, tokensAt(second))] as const,
        [second * 1_000 + 500, "time-passed"] as const,
      ]).flat();
    const start = [
      [0, "start-requested"],
      [0, "child-ready"],
    ] as const;
    expect(play(...start, ...beats(() => 7, 1)).state).toMatchObject({
      kind: "killing",
      failure: { problem: expect.stringContaining("evaluated nothing for 30 s") },
    });
    expect(play(...start, ...beats((second) => second, 1)).state.kind).toBe("ready");
    expect(play(...start, ...beats(() => 7, 0)).state.kind).toBe("ready");
  });

  test("does not blame the worker when the gateway itself stood still", () => {
    const lateMs = HEARTBEAT_TIMEOUT_MS + OWN_STALL_MS + 1;
    const { state } = play([0, "start-requested"], [0, "child-ready"], [lateMs, "time-passed"]);
    expect(state.kind).toBe("ready");
    expect(wakeAtMs(state)).toBe(lateMs + HEARTBEAT_TIMEOUT_MS);
  });

  test("retries at once when the operator asks, with the past forgotten", () => {
    const crashes = [
      [0, "start-requested"],
      [1, CRASH],
    ] as const;
    const { state, effects } = play(...crashes, [2, "start-requested"]);
    expect(state).toMatchObject({ kind: "starting", history: NO_HISTORY });
    expect(effects.at(-1)).toBe("spawn");
  });
});

describe("planRetry", () => {
  const failure = { problem: "it crashed", hopeless: false };
  const slowly = QUICK_FAILURE_MS;

  test("doubles the delay from 1 s up to a minute while the worker runs for a while each time", () => {
    let history = NO_HISTORY;
    const delays = Array.from({ length: 8 }, () => {
      const plan = planRetry(history, failure, slowly, { nowMs: 0, chance: 0 });
      history = plan.history;
      expect(plan.kind).toBe("backing-off");
      return plan.retryAtMs / 1_000;
    });
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test("starts from 1 s again after a minute in health", () => {
    const tired = { failures: 6, quickFailures: 3, timesGivenUp: 2, restarts: 9 };
    const plan = planRetry(tired, failure, HEALTHY_AFTER_MS, { nowMs: 0, chance: 0 });
    expect(plan).toMatchObject({ retryAtMs: 1_000, history: { failures: 1, quickFailures: 0, restarts: 9 } });
  });

  test("gives up after five quick failures in a row", () => {
    let history = NO_HISTORY;
    const kinds = Array.from({ length: MAX_QUICK_FAILURES }, () => {
      const plan = planRetry(history, failure, undefined, { nowMs: 0, chance: 0 });
      history = plan.history;
      return plan.kind;
    });
    expect(kinds).toEqual(["backing-off", "backing-off", "backing-off", "backing-off", "failed"]);
  });

  test("shortens a delay by chance, by a quarter at most", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, chance) => {
          const { retryAtMs } = planRetry({ ...NO_HISTORY, failures }, failure, slowly, { nowMs: 0, chance });
          const fullMs = Math.min(1_000 * 2 ** failures, MAX_BACKOFF_MS);
          expect(retryAtMs).toBeLessThanOrEqual(fullMs);
          expect(retryAtMs).toBeGreaterThan(fullMs * 0.74);
        },
      ),
    );
  });
});

const anyEvent: fc.Arbitrary<WorkerEvent> = fc.oneof(
  fc.constantFrom<WorkerEvent>(
    { kind: "ready-requested" },
    { kind: "start-requested" },
    { kind: "unload-requested" },
    { kind: "child-ready" },
    { kind: "trouble-reported" },
    { kind: "time-passed" },
    { kind: "load-failed", reason: "bad file" },
  ),
  fc.boolean().map((hopeless): WorkerEvent => ({ kind: "child-exited", failure: { problem: "x", hopeless } })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((progress): WorkerEvent => ({ kind: "load-progressed", progress })),
  fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })).map(([running, tokens]) => heartbeat(running, tokens)),
);

const anyScript = fc.array(
  fc.record({
    event: fc.oneof(
      { weight: 20, arbitrary: anyEvent },
      { weight: 7, arbitrary: fc.constant<WorkerEvent>({ kind: "ready-requested" }) },
      // Rare, because nothing happens after it.
      { weight: 1, arbitrary: fc.constant<WorkerEvent>({ kind: "shutdown-requested" }) },
    ),
    // Often exactly the time that the state waits for, else anything up to an hour.
    waitMs: fc.oneof(fc.constant("due" as const), fc.nat({ max: 20_000 }), fc.nat({ max: 3_600_000 })),
    chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  }),
  { maxLength: 60, size: "max" },
);

/** Plays the outside world: the child that exists, those who wait, the time. Notes every broken promise. */
class World {
  state: WorkerState = INITIAL_STATE;
  nowMs = 0;
  childAlive = false;
  waiters = 0;
  readonly broken: string[] = [];

  apply(event: WorkerEvent, chance: number): void {
    // Only a child can report, and it can end only once.
    if (CHILD_EVENTS.has(event.kind) && !this.childAlive) return;
    if (event.kind === "child-exited") this.childAlive = false;
    if (event.kind === "ready-requested") this.waiters += 1;
    const { state, effects } = step(this.state, event, { nowMs: this.nowMs, chance });
    this.state = state;
    for (const effect of effects) this.perform(effect);
    this.check(isAwaited(state) || this.waiters === 0, "somebody waits for nothing");
    this.check(WITH_CHILD.has(state.kind) === this.childAlive, "the state does not know whether there is a child");
  }

  perform(effect: WorkerEffect): void {
    switch (effect.kind) {
      case "spawn":
        this.check(!this.childAlive, "a second child");
        this.childAlive = true;
        return;
      case "kill":
      case "terminate":
        this.check(this.childAlive, "a signal to nobody");
        return;
      case "grant-waiters":
        this.check(this.state.kind === "ready", "a grant without a worker");
        this.waiters = 0;
        return;
      case "refuse-waiters":
        this.waiters = 0;
    }
  }

  check(holds: boolean, promise: string): void {
    if (!holds) this.broken.push(`${promise} (${this.state.kind})`);
  }
}

const CHILD_EVENTS = new Set<WorkerEvent["kind"]>([
  "child-ready",
  "load-progressed",
  "load-failed",
  "heartbeat",
  "child-exited",
]);

const WITH_CHILD = new Set<WorkerState["kind"]>(["starting", "ready", "stopping", "killing"]);

describe("any sequence of events", () => {
  test("never makes two children, and answers every waiter within a bounded number of steps", () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const world = new World();
        for (const { event, waitMs, chance } of script) {
          const dueMs = wakeAtMs(world.state);
          world.nowMs = waitMs === "due" ? Math.max(world.nowMs, dueMs ?? 0) : world.nowMs + waitMs;
          world.apply(waitMs === "due" && dueMs !== undefined ? { kind: "time-passed" } : event, chance);
        }
        // From here on the outside does nothing more: the child is silent and does not even die when it is killed.
        for (let steps = 0; world.waiters > 0 && steps < MAX_STEPS_TO_ANSWER; steps += 1) {
          world.nowMs = Math.max(world.nowMs, wakeAtMs(world.state) ?? 0);
          world.apply({ kind: "time-passed" }, 0.5);
        }
        expect(world.broken).toEqual([]);
        expect(world.waiters).toBe(0);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Stalled gateway, grace time, kill, and giving up: four, and as many again for what came before. */
const MAX_STEPS_TO_ANSWER = 8;
