import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/app/system-clock.ts";
import {
  measureMemoryBandwidth,
  medianBandwidth,
  planBandwidthMeasurement,
} from "../../src/hardware/memory-bandwidth.ts";
import { detectHardware } from "../../src/hardware/detect-hardware.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { machineFixture } from "../support/machine-fixture.ts";

const MIB = 1024 ** 2;
const planFor = async (fixture: string, files: Readonly<Record<string, string>> = {}) =>
  planBandwidthMeasurement(
    await detectHardware({ clock: new ManualClock(), sources: machineFixture(fixture, { files }) }),
  );

describe("planBandwidthMeasurement", () => {
  test("reads with every usable core, from buffers that no cache holds", async () => {
    expect(await planFor("epyc-2-sockets")).toMatchObject({ threads: 32, bufferBytes: 64 * MIB });
    expect(await planFor("container-quota")).toMatchObject({ threads: 6, bufferBytes: 210 * MIB });
  });

  test("takes at most an eighth of the available memory, and nothing when one buffer is more", async () => {
    const available = (mebibytes: number) => ({
      "/proc/meminfo": `MemTotal: 8000000 kB\nMemAvailable: ${mebibytes * 1024} kB\n`,
    });
    expect(await planFor("graviton3", available(1600))).toMatchObject({ threads: 3 });
    expect(await planFor("graviton3", available(500))).toBeUndefined();
  });
});

describe("measureMemoryBandwidth", () => {
  test("measures with real threads and ends them", async () => {
    const plan = { threads: 2, bufferBytes: MIB, sampleCount: 3, sampleMs: 1 };
    const bytesPerSecond = await measureMemoryBandwidth(plan, systemClock);
    expect(Number.isFinite(bytesPerSecond) && bytesPerSecond > 0).toBe(true);
  });

  test("adds up the threads and takes the median of the samples", () => {
    const thread = { samples: [10, 1000, 20].map((bytes) => ({ bytes, elapsedMs: 1000 })) };
    expect(medianBandwidth([thread, thread])).toBe(40);
  });

  test("rejects when a thread can't have its buffer", async () => {
    const plan = { threads: 1, bufferBytes: Number.MAX_SAFE_INTEGER, sampleCount: 1, sampleMs: 1 };
    await expect(measureMemoryBandwidth(plan, systemClock)).rejects.toMatchObject({ code: "internal_error" });
  });
});
