import { describe, expect, it } from "vitest";
import { AdmissionGate } from "../../../src/dispatch/admission/admission-gate.ts";
import { SignalboxError } from "../../../src/core/errors.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { CLASSES, entry } from "./tickets.ts";

const SLOTS = 2;
const SERVICE_MS = 500;
const QUEUE_LIMIT = 64;
const STEP_MS = 25;
const MINUTE_MS = 60_000;

/** What one caller saw. */
interface Seen {
  readonly waitsMs: number[];
  readonly retryAfterMs: (number | undefined)[];
  other: number;
}

/** An endpoint that serves four requests a second, and callers that ask for forty. */
class Overloaded {
  readonly clock = new ManualClock();
  readonly seen = new Map<string, Seen>();
  readonly gate: AdmissionGate;
  mostQueued = 0;

  constructor() {
    this.gate = new AdmissionGate({
      endpointId: "box/m",
      slots: SLOTS,
      limits: { requests: QUEUE_LIMIT, classes: CLASSES },
      clock: this.clock,
      serviceMsOf: () => SERVICE_MS,
    });
  }

  of(keyId: string): Seen {
    const seen = this.seen.get(keyId) ?? { waitsMs: [], retryAfterMs: [], other: 0 };
    this.seen.set(keyId, seen);
    return seen;
  }

  ask(keyId: string, timeLeftMs: number): void {
    const seen = this.of(keyId);
    this.gate.enter(entry({ keyId, timeLeftMs })).then(
      (lease) => {
        seen.waitsMs.push(lease.queueMs);
        this.clock.after(SERVICE_MS, () => lease.release());
      },
      (error: unknown) => {
        if (error instanceof SignalboxError && error.code === "queue_full")
          seen.retryAfterMs.push(error.details.retryAfterMs);
        else seen.other += 1;
      },
    );
  }

  async run(forMs: number, arrivals: (step: number) => void): Promise<void> {
    for (let step = 0; step < forMs / STEP_MS; step += 1) {
      arrivals(step);
      this.clock.advance(STEP_MS);
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
      this.mostQueued = Math.max(this.mostQueued, this.gate.load().queued);
    }
  }
}

describe("ten times the capacity for a minute", () => {
  it("leaves a bounded queue, bounded waits, a time to come back for the others, and nothing afterwards", async () => {
    const box = new Overloaded();
    await box.run(MINUTE_MS, () => box.ask("flood", 10_000));
    const { waitsMs, retryAfterMs, other } = box.of("flood");
    expect(box.mostQueued).toBeLessThanOrEqual(QUEUE_LIMIT);
    expect(waitsMs.length).toBeGreaterThan(0.95 * (MINUTE_MS / SERVICE_MS) * SLOTS);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(10_000);
    expect(retryAfterMs.length).toBeGreaterThan(2_000);
    expect(retryAfterMs.every((ms) => ms !== undefined && ms > 0 && ms <= 20_000)).toBe(true);
    // Those whose place was expected in the very step in which their time ended.
    expect(other).toBeLessThan(retryAfterMs.length / 100);
    const servedByThen = waitsMs.length;
    await box.run(10_000 + SERVICE_MS, () => undefined);
    expect(box.gate.load()).toMatchObject({ running: 0, queued: 0 });
    box.ask("late", 1_000);
    await box.run(STEP_MS, () => undefined);
    expect(box.of("late").waitsMs).toEqual([0]);
    expect(waitsMs.length).toBeGreaterThan(servedByThen);
  });

  it("of one caller hardly touches another that stays within its share", async () => {
    const box = new Overloaded();
    await box.run(MINUTE_MS, (step) => {
      box.ask("flood", 30_000);
      if (step % (1_000 / STEP_MS) === 0) box.ask("modest", 30_000);
    });
    const { waitsMs, retryAfterMs } = box.of("modest");
    expect(retryAfterMs).toEqual([]);
    expect(waitsMs.length).toBeGreaterThanOrEqual(59);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(2 * SERVICE_MS);
    expect(box.of("flood").retryAfterMs.length).toBeGreaterThan(1_000);
  });
});
