import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AdmissionGate, type Lease } from "../../src/dispatch/admission-gate.ts";
import { ManualClock } from "../support/manual-clock.ts";

const never = new AbortController().signal;

function gateOf(slots: number, queueLimit: number) {
  const clock = new ManualClock();
  const gate = new AdmissionGate({ slots, queueLimit, clock });
  const enter = (signal = never, maxWaitMs = 60_000) =>
    gate.enter({ endpointId: "box/m", promptTokens: 10, signal, maxWaitMs, expectedWaitMs: 1_500 });
  return { clock, gate, enter };
}

describe("the gate of an endpoint", () => {
  it("lets as many requests in as there are slots, and the next when one leaves", async () => {
    const { clock, gate, enter } = gateOf(1, 1);
    const first = await enter();
    const second = enter();
    expect(gate.load()).toEqual({ running: 1, queued: 1, queuedPromptTokens: 10, queueLimit: 1 });
    clock.advance(250);
    first.release();
    expect((await second).queueMs).toBe(250);
    expect(gate.load()).toMatchObject({ running: 1, queued: 0, queuedPromptTokens: 0 });
  });

  it("refuses at once when the queue is full, and says when to come back", async () => {
    const { enter } = gateOf(1, 0);
    await enter();
    await expect(enter()).rejects.toMatchObject({ code: "queue_full", details: { retryAfterMs: 1_500 } });
  });

  it("serves in order of arrival", async () => {
    const { enter } = gateOf(1, 5);
    const order: number[] = [];
    const first = await enter();
    const waiting = [1, 2, 3].map((name) =>
      enter().then((lease) => {
        order.push(name);
        lease.release();
      }),
    );
    first.release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
  });

  it("forgets a waiter whose caller goes away", async () => {
    const { gate, enter } = gateOf(1, 5);
    await enter();
    const caller = new AbortController();
    const waiting = enter(caller.signal);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "client_closed_request" });
    expect(gate.load().queued).toBe(0);
  });

  it("refuses a waiter when its time is up", async () => {
    const { clock, gate, enter } = gateOf(1, 5);
    await enter();
    const waiting = enter(never, 100);
    clock.advance(100);
    await expect(waiting).rejects.toMatchObject({ code: "deadline_exceeded" });
    expect(gate.load().queued).toBe(0);
  });

  it("counts a place that is released twice once", async () => {
    const { gate, enter } = gateOf(2, 0);
    const lease = await enter();
    await enter();
    lease.release();
    lease.release();
    expect(gate.load().running).toBe(1);
  });

  it("never holds more than its slots and its queue, whatever happens", async () => {
    const steps = fc.array(fc.constantFrom("enter", "leave", "abort", "expire"), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        steps,
        async (slots, limit, actions) => {
          const { clock, gate, enter } = gateOf(slots, limit);
          const leases: Lease[] = [];
          const callers: AbortController[] = [];
          for (const action of actions) {
            if (action === "enter") {
              const caller = new AbortController();
              callers.push(caller);
              enter(caller.signal, 1_000).then(
                (lease) => leases.push(lease),
                () => undefined,
              );
            } else if (action === "leave") leases.shift()?.release();
            else if (action === "abort") callers.shift()?.abort();
            else clock.advance(1_000);
            await Promise.resolve();
            const load = gate.load();
            expect(load.running).toBeLessThanOrEqual(slots);
            expect(load.queued).toBeLessThanOrEqual(limit);
            expect(load.queuedPromptTokens).toBe(load.queued * 10);
            expect(load.queued > 0 && load.running < slots).toBe(false);
          }
        },
      ),
    );
  });
});
