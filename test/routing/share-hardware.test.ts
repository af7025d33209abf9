import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndpointSnapshot, EndpointState } from "../../src/core/endpoint.ts";
import { hardwareCost } from "../../src/routing/expected-cost.ts";
import { shareHardware } from "../../src/routing/share-hardware.ts";
import { endpoint } from "./builders.ts";

const GPU = { costPerHourMicroUsd: 3_600_000, sharedHardware: "box gpu", slots: 4 };
const SECOND_MS = 1_000;

const onGpu = (name: string, state: Partial<EndpointState> = {}): EndpointSnapshot => endpoint(name, GPU, state);
const costsOf = (...endpoints: readonly EndpointSnapshot[]): readonly number[] =>
  shareHardware(endpoints).map(({ facts, state }) => hardwareCost(facts, state, SECOND_MS));

describe("hardware that several models share", () => {
  it("costs a request of a model that is alone there what its own hardware would", () => {
    // A second of 3.60 USD an hour is 1,000 micro-USD: a quarter of it, at 30 % while idle.
    const [alone] = costsOf(onGpu("a"));
    expect(alone).toBeCloseTo(75);
  });

  it("is the cheaper for each the more slots are loaded on it", () => {
    const [a, b] = costsOf(onGpu("a"), onGpu("b"));
    expect(a).toBeCloseTo(37.5);
    expect(b).toBeCloseTo(37.5);
  });

  it("is dearer for all when one of them is busy, and dearer still when there is a queue at one", () => {
    const [idle] = costsOf(onGpu("a"), onGpu("b"));
    const [busy] = costsOf(onGpu("a"), onGpu("b", { running: 4 }));
    const [queued] = costsOf(onGpu("a"), onGpu("b", { running: 4, queued: 8 }));
    expect(busy).toBeGreaterThan(idle ?? 0);
    expect(queued).toBeGreaterThan(busy ?? 0);
  });

  it("is not shared with a model that is out of memory, which would share it if it came in", () => {
    const [loaded, out] = costsOf(onGpu("a"), onGpu("b", { loaded: false }));
    expect(loaded).toBeCloseTo(75);
    expect(out).toBeCloseTo(37.5);
  });

  it("is nobody's business who has hardware of its own, or other hardware", () => {
    const own = endpoint("own", { costPerHourMicroUsd: 3_600_000, slots: 4 });
    const cpu = endpoint("cpu", { ...GPU, sharedHardware: "box cpu" });
    const [alone, , other] = costsOf(own, onGpu("a", { running: 4 }), cpu);
    expect(alone).toBeCloseTo(75);
    expect(other).toBeCloseTo(75);
  });

  it("is paid for once: full hardware charges all of its slots together no more than its hour", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 5 }), (slots) => {
        const endpoints = slots.map((count, index) =>
          endpoint(`m${index}`, { ...GPU, slots: count }, { running: count }),
        );
        const total = costsOf(...endpoints).reduce((sum, cost, index) => sum + cost * (slots[index] ?? 0), 0);
        expect(total).toBeCloseTo(1_000);
      }),
    );
  });
});
