import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WORKLOAD_CLASSES } from "../../../src/core/workload.ts";
import { AdmissionGate, type Lease } from "../../../src/dispatch/admission/admission-gate.ts";
import { predict } from "../../../src/routing/predict.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { chatRequest, endpoint } from "../../routing/builders.ts";
import { CLASSES, entry, ticket } from "./tickets.ts";

/** A request with a name, to tell it from others of the same size. */
interface Named {
  readonly keyId: string;
  readonly weight: number;
  readonly workloadClass: (typeof WORKLOAD_CLASSES)[number];
  readonly serviceTier: string | undefined;
  readonly promptTokens: number;
  readonly expectedOutputTokens: number;
}

/** An endpoint that lets in one or a few at a time, and what has happened to it. */
class Door {
  readonly clock = new ManualClock();
  readonly gate: AdmissionGate;
  /** In the order in which they got their places. */
  readonly served: Named[] = [];
  readonly leases: Lease[] = [];

  constructor(slots: number) {
    const limits = { requests: 1_000, classes: CLASSES };
    this.gate = new AdmissionGate({
      endpointId: "box/m",
      slots,
      limits,
      clock: this.clock,
      serviceMsOf: () => undefined,
    });
  }

  /** What was refused or waited too long is gone, and that is all. */
  enter(request: Named): void {
    const { serviceTier, ...named } = request;
    const tier = serviceTier === "priority" || serviceTier === "flex" ? serviceTier : "standard";
    const waiting = this.gate.enter(entry({ ...named, tier }));
    void waiting.then(
      (lease) => {
        this.leases.push(lease);
        this.served.push(request);
      },
      () => undefined,
    );
  }

  /** Ends the longest running request; without `served` it took what was expected of it. */
  async end(served?: { readonly promptTokens: number; readonly outputTokens: number }): Promise<void> {
    await settled();
    this.leases.shift()?.release(served);
    await settled();
  }
}

/** Promises that are due have run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve();
}

const requests = fc.record({
  keyId: fc.constantFrom("key1", "key2", "key3"),
  weight: fc.constantFrom(0.5, 1, 4),
  workloadClass: fc.constantFrom(...WORKLOAD_CLASSES),
  serviceTier: fc.constantFrom("priority", "flex", "auto", undefined),
  promptTokens: fc.integer({ min: 1, max: 500 }),
  expectedOutputTokens: fc.integer({ min: 0, max: 500 }),
});

const steps = fc.oneof(
  { weight: 4, arbitrary: requests.map((request) => ({ kind: "comes" as const, request })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("ends" as const),
      served: fc.record({ promptTokens: fc.nat(500), outputTokens: fc.nat(500) }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("later" as const), byMs: fc.nat(20_000) }) },
);

describe("who is expected to go before a request", () => {
  it("is whom the gate lets in before it, in that order, whatever has happened before", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(steps, { maxLength: 30 }),
        requests,
        async (slots, history, newcomer) => {
          const door = new Door(slots);
          for (const step of history) {
            if (step.kind === "comes") door.enter(step.request);
            else if (step.kind === "ends") await door.end(step.served);
            else door.clock.advance(step.byMs);
            await settled();
          }
          const expected = door.gate.aheadOf(newcomer).map(({ promptTokens }) => promptTokens);
          const before = door.served.length;
          const self = { ...newcomer };
          door.enter(self);
          await settled();
          while (door.leases.length > 0 && !door.served.includes(self)) await door.end();
          const order = door.served.slice(before).map(({ promptTokens }) => promptTokens);
          expect(order).toEqual([...expected, newcomer.promptTokens]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("makes the expected wait of a new key's request shorter than that of one more of the key that fills the queue", () => {
    const gate = new AdmissionGate({
      endpointId: "box/m",
      slots: 1,
      limits: { requests: 64, classes: CLASSES },
      clock: new ManualClock(),
      serviceMsOf: () => undefined,
    });
    for (let index = 0; index < 9; index++)
      void gate.enter(entry({ ...ticket(), keyId: "crowd", expectedOutputTokens: 200 }));
    const speed = { prefillTokensPerSecond: 1_000, decodeTokensPerSecond: 50 };
    const one = endpoint("box", { slots: 1 }, { ...speed, ...gate.load() });
    const request = chatRequest({ estimatedPromptTokens: 10 });
    const workload = {
      class: "interactive" as const,
      task: "chat" as const,
      expectedOutputTokens: 200,
      expectedOutputBasis: "prior" as const,
      reasons: [],
    };
    const queueMsOf = (keyId: string): number =>
      predict({ ...one, line: gate }, request, workload, { keyId, weight: 1 }).prediction.queueMs;
    expect(queueMsOf("alone")).toBeLessThan(queueMsOf("crowd") / 2);
    expect(predict(one, request, workload, { keyId: "alone", weight: 1 }).prediction.queueMs).toBeGreaterThan(
      queueMsOf("alone"),
    );
  });
});
