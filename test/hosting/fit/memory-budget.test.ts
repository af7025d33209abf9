import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectHardware } from "../../../src/hardware/detect-hardware.ts";
import {
  correct,
  correctionFor,
  readMeasurements,
  withMeasurement,
  writeMeasurements,
  type Measurement,
} from "../../../src/hosting/fit/corrections.ts";
import { estimateMemory } from "../../../src/hosting/fit/estimate-memory.ts";
import { largestContext, mostSlots } from "../../../src/hosting/fit/largest-context.ts";
import { budgetOf, reserve, type MachineBudget } from "../../../src/hosting/fit/memory-budget.ts";
import { machineFixture } from "../../support/machine-fixture.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { planOf, shapeOf } from "./shapes.ts";

const estimate = estimateMemory(shapeOf(), planOf());
const onGpu = estimateMemory(shapeOf(), planOf({ device: "gpu" }));

function budget(hostBytes: number, gpuBytes?: number): MachineBudget {
  return {
    host: { key: "cpu", name: "CPU", freeBytes: hostBytes, limit: "the host", unified: false },
    gpus:
      gpuBytes === undefined
        ? []
        : [{ key: "gpu:a", name: "A", freeBytes: gpuBytes, limit: "the GPU's free memory", unified: false }],
  };
}

describe("a machine's budget", () => {
  it("names the cgroup where that limits it", async () => {
    const hardware = await detectHardware({
      clock: new ManualClock(),
      diskPath: "/",
      sources: machineFixture("cgroup-v1-limit"),
    });
    const { host } = budgetOf(hardware);
    expect(host.limit).toContain("cgroup");
    expect(host.freeBytes).toBe(hardware.memory.availableBytes);
  });

  it("has every GPU with what it has free", async () => {
    const hardware = await detectHardware({
      clock: new ManualClock(),
      diskPath: "/",
      sources: machineFixture("h100-pair"),
    });
    const { gpus } = budgetOf(hardware);
    expect(gpus.map(({ freeBytes }) => freeBytes)).toEqual(hardware.gpus.map((gpu) => gpu.memoryFreeBytes));
    expect(new Set(gpus.map(({ key }) => key)).size).toBe(2);
  });
});

describe("a reservation", () => {
  it("sums the models of one device, and refuses the one that is too much", () => {
    const first = reserve(budget(estimate.hostBytes * 1.5), "cpu", estimate);
    const second = reserve(first.left, "cpu", estimate);
    expect([first.verdict, second.verdict]).toEqual(["fits", "no"]);
    expect(second.shortBytes).toBe(Math.ceil(estimate.hostBytes * 0.5));
  });

  it("calls a load tight when little is left beside it", () => {
    expect(reserve(budget(Math.ceil(estimate.hostBytes * 1.05)), "cpu", estimate).verdict).toBe("tight");
  });

  it("leaves to the CPU what a GPU has no room for, while the CPU has", () => {
    const host = onGpu.hostBytes * 10;
    expect(reserve(budget(host, onGpu.deviceBytes * 2), "gpu:a", onGpu).verdict).toBe("fits");
    expect(reserve(budget(host, 1), "gpu:a", onGpu).verdict).toBe("partly");
    expect(reserve(budget(onGpu.hostBytes, 1), "gpu:a", onGpu).verdict).toBe("no");
  });

  it("is unknown, not refused, where the free memory is", () => {
    const { freeBytes: _, ...host } = budget(0).host;
    expect(reserve({ host, gpus: [] }, "cpu", estimate).verdict).toBe("unknown");
  });

  it("never leaves less than nothing, and takes what it says", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (freeBytes) => {
        const { left, shortBytes } = reserve(budget(freeBytes), "cpu", estimate);
        expect(left.host.freeBytes).toBeGreaterThanOrEqual(0);
        expect(freeBytes + shortBytes - (left.host.freeBytes ?? 0)).toBe(estimate.hostBytes);
      }),
    );
  });
});

describe("the largest context", () => {
  it("is the last multiple of 256 that fits, up to what the model was trained for", () => {
    expect(largestContext(32_768, (tokens) => tokens <= 5_000)).toBe(4_864);
    expect(largestContext(32_768, () => true)).toBe(32_768);
    expect(largestContext(32_768, () => false)).toBeUndefined();
  });
});

describe("the most slots", () => {
  it("are the last number that fits, up to the limit", () => {
    expect(mostSlots((slots) => slots <= 5)).toBe(5);
    expect(mostSlots(() => true, 3)).toBe(3);
    expect(mostSlots(() => false)).toBeUndefined();
    expect(mostSlots(() => true, 0)).toBeUndefined();
  });
});

describe("a measured load", () => {
  const measurement: Measurement = {
    file: "1-2",
    device: "cpu",
    contextTokens: 4096,
    sequences: 1,
    estimatedBytes: 1_000,
    residentBytes: 1_200,
    atMs: 1,
  };

  it("corrects the next estimate, and is named by it", () => {
    const corrected = correct(estimate, correctionFor([measurement], measurement));
    expect(corrected.hostBytes).toBe(Math.round(estimate.hostBytes * 1.2));
    expect(corrected.notes.join()).toContain("1.20");
  });

  it("is believed between 0.8 and 1.5 times the estimate, and for its own file and device alone", () => {
    expect(correctionFor([{ ...measurement, residentBytes: 9_000 }], measurement)?.factor).toBe(1.5);
    expect(correctionFor([{ ...measurement, residentBytes: 1 }], measurement)?.factor).toBe(0.8);
    expect(correctionFor([measurement], { ...measurement, file: "3-4" })).toBeUndefined();
    expect(correctionFor([measurement], { ...measurement, device: "gpu:a" })).toBeUndefined();
  });

  it("is kept in the data folder, one for each load, and at most 500", async () => {
    const folder = temporaryFolder();
    let all: readonly Measurement[] = [];
    for (let sequences = 1; sequences <= 510; sequences++) all = withMeasurement(all, { ...measurement, sequences });
    all = withMeasurement(all, { ...measurement, sequences: 510, residentBytes: 7 });
    await writeMeasurements(folder, all);
    const kept = await readMeasurements(folder);
    expect(kept).toHaveLength(500);
    expect(kept.at(-1)?.residentBytes).toBe(7);
  });

  it("is forgotten, not fatal, when the file is damaged", async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "fit.json"), "{");
    expect(await readMeasurements(folder)).toEqual([]);
  });
});
