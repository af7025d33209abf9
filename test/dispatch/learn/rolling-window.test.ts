import { describe, expect, it } from "vitest";
import { RollingWindow } from "../../../src/dispatch/learn/rolling-window.ts";
import { ManualClock } from "../../support/manual-clock.ts";

describe("a rolling window", () => {
  it("knows nothing before the first sample", () => {
    const window = new RollingWindow(new ManualClock());
    expect(window.percentiles()).toBeUndefined();
    expect(window.mean()).toBeUndefined();
  });

  it("gives nearest-rank percentiles", () => {
    const window = new RollingWindow(new ManualClock());
    for (let value = 100; value >= 1; value--) window.add(value);
    expect(window.percentiles()).toEqual({ p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, count: 100 });
    expect(window.mean()).toBe(50.5);
  });

  it("gives percentiles that so many samples reach, where the higher ones are better", () => {
    const window = new RollingWindow(new ManualClock(), "higher");
    for (let value = 1; value <= 100; value++) window.add(value);
    expect(window.percentiles()).toEqual({ p50: 50, p75: 26, p90: 11, p95: 6, p99: 2, count: 100 });
    const two = new RollingWindow(new ManualClock(), "higher");
    for (const value of [10, 90]) two.add(value);
    expect(two.percentiles()).toEqual({ p50: 10, p75: 10, p90: 10, p95: 10, p99: 10, count: 2 });
  });

  it("forgets what is older than five minutes, also when nothing new comes", () => {
    const clock = new ManualClock();
    const window = new RollingWindow(clock);
    window.add(1);
    clock.advance(200_000);
    window.add(3);
    expect(window.percentiles()?.count).toBe(2);
    clock.advance(100_001);
    expect(window.percentiles()).toMatchObject({ p50: 3, count: 1 });
    clock.advance(300_000);
    expect(window.percentiles()).toBeUndefined();
  });

  it("keeps a bounded number of samples", () => {
    const window = new RollingWindow(new ManualClock());
    for (let value = 0; value < 1_000; value++) window.add(value);
    expect(window.percentiles()?.count).toBe(256);
  });
});
