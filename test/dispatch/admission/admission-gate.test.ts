import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PendingWork } from "../../../src/core/endpoint.ts";
import type { QueueClasses } from "../../../src/core/queue-policy.ts";
import { AdmissionGate, type Entry, type Lease } from "../../../src/dispatch/admission/admission-gate.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { CLASSES, entry } from "./tickets.ts";

interface GateSetup {
  readonly classes?: QueueClasses;
  readonly serviceMsOf?: (work: PendingWork) => number | undefined;
}

function gateOf(slots: number, requests: number, { classes = CLASSES, serviceMsOf = () => undefined }: GateSetup = {}) {
  const clock = new ManualClock();
  const counted: string[] = [];
  const gate = new AdmissionGate({
    endpointId: "box/m",
    slots,
    limits: { requests, classes },
    clock,
    serviceMsOf,
    metrics: {
      queueLeft: (_, workloadClass, waitMs) => counted.push(`${workloadClass} waited ${waitMs}`),
      queueRefused: (_, workloadClass, reason) => counted.push(`${workloadClass} ${reason}`),
    },
  });
  const enter = (changes: Partial<Entry> = {}) => gate.enter(entry(changes));
  return { clock, gate, enter, counted };
}

/** Asks for places in the given order, then lets one after the other in; resolves with the names in order of service. */
async function servedOrder(gate: AdmissionGate, entries: Record<string, Partial<Entry>>): Promise<string[]> {
  const served: string[] = [];
  const first = await gate.enter(entry());
  const waiting = Object.entries(entries).map(async ([name, changes]) => {
    const lease = await gate.enter(entry(changes));
    served.push(name);
    lease.release();
  });
  first.release();
  await Promise.all(waiting);
  return served;
}

describe("the gate of an endpoint", () => {
  it("lets as many requests in as there are slots, and the next when one leaves", async () => {
    const { clock, gate, enter } = gateOf(1, 1);
    const first = await enter();
    const second = enter();
    expect(gate.load()).toMatchObject({ running: 1, queued: 1, queuedPromptTokens: 10, queueLimit: 1 });
    clock.advance(250);
    first.release();
    expect((await second).queueMs).toBe(250);
    expect(gate.load()).toMatchObject({ running: 1, queued: 0, queuedPromptTokens: 0, queuedWork: [] });
  });

  it("refuses at once when the queue is full, and says when to come back", async () => {
    const { gate, enter, counted } = gateOf(1, 0, { serviceMsOf: () => 4_000 });
    await enter();
    await expect(enter()).rejects.toMatchObject({ code: "queue_full", details: { retryAfterMs: 4_000 } });
    expect(gate.refusalOf(entry())).toMatchObject({ code: "queue_full", status: 429 });
    expect(counted).toEqual(["interactive waited 0", "interactive requests", "interactive requests"]);
  });

  it("says when to come back as the router expects it where it has no expectation of its own", async () => {
    const { enter } = gateOf(1, 0);
    await enter();
    await expect(enter({ expectedWaitMs: 1_500 })).rejects.toMatchObject({ details: { retryAfterMs: 1_500 } });
  });

  it("serves requests that are alike in order of arrival", async () => {
    const { gate } = gateOf(1, 5);
    expect(await servedOrder(gate, { first: {}, second: {}, third: {} })).toEqual(["first", "second", "third"]);
  });

  it("alternates between keys, and serves a short request of a key before its long one", async () => {
    const { gate } = gateOf(1, 9);
    const served = await servedOrder(gate, {
      long: { keyId: "a", expectedOutputTokens: 400 },
      short: { keyId: "a" },
      other: { keyId: "b" },
      another: { keyId: "b" },
    });
    expect(served).toEqual(["short", "other", "another", "long"]);
  });

  it("charges a key what it was served, so that one that takes more than expected waits longer", async () => {
    const { gate } = gateOf(2, 9);
    const [greedy, modest] = [
      await gate.enter(entry({ keyId: "greedy" })),
      await gate.enter(entry({ keyId: "modest" })),
    ];
    const served: string[] = [];
    const waiting = ["greedy", "modest", "modest"].map((keyId) =>
      gate.enter(entry({ keyId })).then((lease) => {
        served.push(keyId);
        lease.release();
      }),
    );
    greedy.release({ promptTokens: 10, outputTokens: 5_000 });
    await Promise.resolve();
    modest.release({ promptTokens: 10, outputTokens: 10 });
    await Promise.all(waiting);
    expect(served).toEqual(["modest", "modest", "greedy"]);
  });

  it("forgets a waiter whose caller goes away", async () => {
    const { gate, enter } = gateOf(1, 5);
    await enter();
    const caller = new AbortController();
    const waiting = enter({ signal: caller.signal });
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "client_closed_request" });
    expect(gate.load().queued).toBe(0);
  });

  it("refuses a waiter when its deadline is over", async () => {
    const { clock, gate, enter } = gateOf(1, 5);
    await enter();
    const waiting = enter({ timeLeftMs: 100 });
    clock.advance(100);
    await expect(waiting).rejects.toMatchObject({ code: "deadline_exceeded" });
    expect(gate.load().queued).toBe(0);
  });

  it("sends a waiter on to the next endpoint when the time that is kept for others begins, or its class's limit is over", async () => {
    const { clock, gate, enter, counted } = gateOf(1, 5);
    await enter();
    const patient = enter({ patienceMs: 100 });
    const limited = enter();
    clock.advance(100);
    await expect(patient).rejects.toMatchObject({ code: "queue_full", facts: { retry: "other-endpoint" } });
    clock.advance(CLASSES.interactive.maxWaitMs - 100);
    await expect(limited).rejects.toMatchObject({ code: "queue_full" });
    expect(gate.load().queued).toBe(0);
    expect(counted.slice(1)).toEqual(["interactive waited", "interactive waited"]);
  });

  it("counts a place that is released twice once", async () => {
    const { gate, enter } = gateOf(2, 0);
    const lease = await enter();
    await enter();
    lease.release();
    lease.release();
    expect(gate.load().running).toBe(1);
  });

  it("takes other terms without losing anybody", async () => {
    const { gate, enter } = gateOf(1, 2);
    const first = await enter();
    const waiting = [enter(), enter()];
    gate.change({ limits: { requests: 0, classes: CLASSES }, serviceMsOf: () => undefined });
    await expect(enter()).rejects.toMatchObject({ code: "queue_full" });
    first.release();
    (await waiting[0])?.release();
    (await waiting[1])?.release();
    expect(gate.load()).toMatchObject({ running: 0, queued: 0 });
  });
});

describe("a request that can't be served in time", () => {
  it("is refused at once, with the predicted wait as the time to come back", async () => {
    const { enter, counted } = gateOf(1, 50, { serviceMsOf: () => 10_000 });
    await enter();
    void enter();
    await expect(enter({ timeLeftMs: 15_000 })).rejects.toMatchObject({
      code: "queue_full",
      details: { retryAfterMs: 20_000, metadata: { queue: { reason: "wait", predicted_wait_ms: 20_000 } } },
    });
    expect(counted.at(-1)).toBe("interactive wait");
  });

  it("may wait where nobody can tell how long", async () => {
    const { gate, enter } = gateOf(1, 50);
    await enter();
    void enter({ timeLeftMs: 1 });
    expect(gate.load().queued).toBe(1);
  });

  it("is one of a class whose limit is shorter than the wait", async () => {
    const { gate, enter } = gateOf(1, 50, { serviceMsOf: () => 90_000 });
    await enter();
    await expect(enter({ workloadClass: "interactive" })).rejects.toMatchObject({ code: "queue_full" });
    void enter({ workloadClass: "batch" });
    expect(gate.load().queued).toBe(1);
  });
});

describe("a full queue", () => {
  const tight: QueueClasses = { ...CLASSES, batch: { ...CLASSES.batch, maxQueuedTokens: 100 } };

  it("makes room for a caller that has had less, at the cost of the one that fills it", async () => {
    const { gate, enter, counted } = gateOf(1, 3);
    await enter({ keyId: "greedy" });
    const greedy = [1, 2, 3].map(() => enter({ keyId: "greedy" }));
    const modest = enter({ keyId: "modest" });
    await expect(greedy[2]).rejects.toMatchObject({ code: "queue_full" });
    expect(counted.at(-1)).toBe("interactive displaced");
    expect(gate.load().queued).toBe(3);
    await expect(enter({ keyId: "greedy" })).rejects.toMatchObject({ code: "queue_full" });
    void modest;
  });

  it("makes room for a person at the cost of the same key's batch, never the other way round", async () => {
    const { enter, counted } = gateOf(1, 1);
    await enter();
    const batch = enter({ workloadClass: "batch" });
    void enter({ workloadClass: "interactive" });
    await expect(batch).rejects.toMatchObject({ code: "queue_full" });
    await expect(enter({ workloadClass: "batch" })).rejects.toMatchObject({ code: "queue_full" });
    expect(counted.slice(1)).toEqual(["batch displaced", "batch requests"]);
  });

  it("is one whose class holds its tokens; a single request may wait however large it is", async () => {
    const { gate, enter, counted } = gateOf(1, 9, { classes: tight });
    await enter();
    void enter({ workloadClass: "batch", promptTokens: 5_000 });
    await expect(enter({ workloadClass: "batch" })).rejects.toMatchObject({ code: "queue_full" });
    void enter({ workloadClass: "interactive", promptTokens: 5_000 });
    expect(counted.at(-1)).toBe("batch tokens");
    expect(gate.load().queued).toBe(2);
  });
});

describe("what a gate says of its queue", () => {
  it("is the work in serving order, and what is running with what it has written", async () => {
    const { gate, enter } = gateOf(1, 9);
    await enter({ writtenTokens: () => 7 });
    void enter({ expectedOutputTokens: 300 });
    void enter({ expectedOutputTokens: 20 });
    const { runningWork, queuedWork } = gate.load();
    expect(runningWork).toEqual([
      { promptTokens: 10, expectedOutputTokens: 10, outputTokensSoFar: 7, workloadClass: "interactive" },
    ]);
    expect(queuedWork.map(({ expectedOutputTokens }) => expectedOutputTokens)).toEqual([20, 300]);
  });

  it("is each class's numbers, and the wait of one more", async () => {
    const { gate, enter } = gateOf(1, 9, { serviceMsOf: () => 1_000 });
    await enter({ workloadClass: "batch" });
    void enter({ workloadClass: "batch" });
    const [batch] = gate.classQueues().filter(({ workloadClass }) => workloadClass === "batch");
    expect(batch).toMatchObject({ queued: 1, queuedTokens: 20, predictedWaitMs: 2_000, maxWaitMs: 600_000 });
    const [interactive] = gate.classQueues().filter(({ workloadClass }) => workloadClass === "interactive");
    expect(interactive).toMatchObject({ queued: 0, queuedTokens: 0, predictedWaitMs: 1_000 });
  });
});

describe("the bounds of a gate", () => {
  const action = fc.oneof(
    fc.record({
      kind: fc.constant("enter" as const),
      keyId: fc.constantFrom("a", "b", "c"),
      workloadClass: fc.constantFrom("interactive" as const, "batch" as const),
      tier: fc.constantFrom("priority" as const, "standard" as const, "flex" as const),
      promptTokens: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ kind: fc.constantFrom("leave" as const, "abort" as const, "expire" as const) }),
  );

  it("hold whatever happens, and every request ends", async () => {
    const classes: QueueClasses = { ...CLASSES, batch: { ...CLASSES.batch, maxQueuedTokens: 150 } };
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.array(action, { maxLength: 60 }),
        async (slots, limit, actions) => {
          const { clock, gate, enter } = gateOf(slots, limit, { classes, serviceMsOf: () => 1_000 });
          const leases: Lease[] = [];
          const callers: AbortController[] = [];
          let open = 0;
          for (const { kind, ...changes } of actions) {
            if (kind === "enter") {
              const caller = new AbortController();
              callers.push(caller);
              open += 1;
              enter({ ...changes, signal: caller.signal, timeLeftMs: 5_000 }).then(
                (lease) => leases.push(lease),
                () => (open -= 1),
              );
            } else if (kind === "leave") {
              const lease = leases.shift();
              lease?.release();
              if (lease !== undefined) open -= 1;
            } else if (kind === "abort") callers.shift()?.abort();
            else clock.advance(1_000);
            for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
            const load = gate.load();
            expect(load.running).toBeLessThanOrEqual(slots);
            expect(load.queued).toBeLessThanOrEqual(limit);
            expect(load.queued > 0 && load.running < slots).toBe(false);
            expect(load.running + load.queued).toBe(open);
            const batch = gate.classQueues().find(({ workloadClass }) => workloadClass === "batch");
            if ((batch?.queued ?? 0) > 1) expect(batch?.queuedTokens).toBeLessThanOrEqual(150);
          }
        },
      ),
    );
  });
});
