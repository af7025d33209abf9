import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatedDoor } from "../../src/app/simulated-door.ts";
import type { PendingWork } from "../../src/core/endpoint.ts";
import { DEFAULT_QUEUE_CLASSES } from "../../src/core/queue-policy.ts";
import { AdmissionGate, type Lease } from "../../src/dispatch/admission/admission-gate.ts";
import { tierOf } from "../../src/dispatch/admission/ticket.ts";
import type { DoorEntry } from "../../src/simulate/door.ts";
import { ManualClock } from "../support/manual-clock.ts";

const enter = fc.record({
  kind: fc.constant("enter" as const),
  keyId: fc.constantFrom("key_a", "key_b", "key_c"),
  workloadClass: fc.constantFrom("interactive" as const, "agentic" as const, "batch" as const),
  serviceTier: fc.constantFrom("default", "priority", "flex"),
  promptTokens: fc.integer({ min: 0, max: 4_000 }),
  expectedOutputTokens: fc.integer({ min: 0, max: 2_000 }),
});

const step = fc.oneof(
  { arbitrary: enter, weight: 3 },
  fc.record({
    kind: fc.constant("release" as const),
    which: fc.nat(),
    outputTokens: fc.integer({ min: 0, max: 3_000 }),
  }),
  fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 1_400 }) }),
);

const serviceMsOf = (work: PendingWork): number => work.promptTokens / 4 + work.expectedOutputTokens * 20;

/** Longer than the time that passes here: who waits too long is the business of the simulation, not of its doors. */
const PATIENT = { patienceMs: 1e9, timeLeftMs: 1e9 };
const CLASSES = Object.fromEntries(
  Object.entries(DEFAULT_QUEUE_CLASSES).map(([name, one]) => [
    name,
    { ...one, maxWaitMs: 120_000, maxQueuedTokens: 12_000 },
  ]),
) as unknown as typeof DEFAULT_QUEUE_CLASSES;

describe("the door of a simulated endpoint", () => {
  it("lets in, refuses, displaces and orders exactly as the gate of a real one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 40, maxLength: 80 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 8 }),
        async (steps, slots, requests) => {
          const clock = new ManualClock();
          const limits = { requests, classes: CLASSES };
          const gate = new AdmissionGate({ endpointId: "box/model", slots, limits, clock, serviceMsOf });
          const door = new SimulatedDoor(slots, limits, serviceMsOf);
          const leases = new Map<number, Lease>();
          const refusedByGate = new Set<number>();
          const [inside, refusedByDoor] = [new Map<number, DoorEntry>(), new Set<number>()];
          for (const [index, one] of steps.entries()) {
            if (one.kind === "pass") clock.advance(one.ms);
            else if (one.kind === "enter") {
              const { kind: _, serviceTier, ...work } = one;
              const entry: DoorEntry = { index, ...work, serviceTier, ...PATIENT };
              const waits = { ...work, weight: 1, tier: tierOf(serviceTier), signal: new AbortController().signal };
              gate.enter({ ...waits, ...PATIENT }).then(
                (lease) => leases.set(index, lease),
                () => refusedByGate.add(index),
              );
              const answer = door.enter(entry, clock.monotonicMs());
              if (answer.kind === "granted") inside.set(index, entry);
              if (answer.kind === "refused") refusedByDoor.add(index);
              if (answer.kind === "waits") for (const gone of answer.displaced) refusedByDoor.add(gone.index);
            } else {
              const entry = [...inside.values()].at(one.which % Math.max(1, inside.size));
              if (entry === undefined) continue;
              const served = { promptTokens: entry.promptTokens, outputTokens: one.outputTokens };
              leases.get(entry.index)?.release(served);
              leases.delete(entry.index);
              inside.delete(entry.index);
              const next = door.release(entry, served, clock.monotonicMs());
              if (next !== undefined) inside.set(next.index, next);
            }
            await Promise.resolve();
            await Promise.resolve();
            expect(new Set(leases.keys())).toEqual(new Set(inside.keys()));
            expect(refusedByGate).toEqual(refusedByDoor);
            expect(door.queued).toBe(gate.load().queued);
            expect(door.queuedPromptTokens).toBe(gate.load().queuedPromptTokens);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
