import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDisplays, readAppleGpus } from "../../src/hardware/apple.ts";
import { readDrmGpus } from "../../src/hardware/drm-gpus.ts";
import { readNvidiaGpus } from "../../src/hardware/nvidia.ts";
import { parseComputeApps, parseGpuList, parseGpuQuery } from "../../src/hardware/nvidia-smi.ts";
import { machineFixture } from "../support/machine-fixture.ts";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const { signal } = new AbortController();
const nvidia = (fixture: string, ownPids: readonly number[] = []) =>
  readNvidiaGpus(machineFixture(fixture), signal, ownPids);

describe("readNvidiaGpus", () => {
  test("tells the slices of a divided device from a whole one", async () => {
    const { gpus, problems } = await nvidia("a100-mig");
    expect(problems).toEqual([]);
    expect(gpus.map(({ migInstances }) => migInstances)).toEqual([
      [
        { uuid: "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f", profile: "3g.20gb" },
        { uuid: "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb", profile: "1g.5gb+me" },
      ],
      [],
    ]);
    expect(gpus[0]).toMatchObject({
      vendor: "nvidia",
      name: "NVIDIA A100-SXM4-40GB",
      uuid: "GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77",
      index: 0,
      busId: "00000000:07:00.0",
      driverVersion: "550.90.07",
      computeCapability: "8.0",
      memoryTotalBytes: 40_960 * MIB,
      memoryFreeBytes: 40_443 * MIB,
      unifiedMemory: false,
      foreignProcesses: [],
    });
  });

  test("names the processes of others that hold memory, and not its own", async () => {
    const { gpus } = await nvidia("h100-pair", [5120]);
    expect(gpus.map(({ foreignProcesses }) => foreignProcesses)).toEqual([
      [{ pid: 4021, usedBytes: 18_432 * MIB, name: "/usr/bin/python3, worker" }],
      [{ pid: 7001 }],
    ]);
  });

  test("asks an old driver again without the fields that it refuses", async () => {
    const { gpus } = await nvidia("old-driver");
    expect(gpus).toMatchObject([{ name: "Tesla V100-PCIE-16GB", memoryTotalBytes: 16_160 * MIB }]);
    expect(gpus[0]?.computeCapability).toBeUndefined();
  });

  test("takes memory that is not told for the machine's own", async () => {
    const { gpus, problems } = await nvidia("gb10-unified");
    expect(gpus).toMatchObject([{ name: "NVIDIA GB10", unifiedMemory: true, computeCapability: "12.1" }]);
    expect(gpus[0]?.memoryTotalBytes).toBeUndefined();
    expect(problems).toEqual([]);
  });

  test("says that the driver is missing when a device is on the bus without the tool", async () => {
    expect(await nvidia("driver-missing")).toEqual({
      gpus: [],
      problems: [{ probe: "nvidia", message: expect.stringMatching(/0000:09:00\.0.*install the driver/) }],
    });
  });

  test("passes on what a broken driver says", async () => {
    expect(await nvidia("driver-broken")).toEqual({
      gpus: [],
      problems: [{ probe: "nvidia", message: expect.stringContaining("couldn't communicate with the NVIDIA driver") }],
    });
  });

  test("has nothing to say where there is no such device", async () => {
    expect(await nvidia("graviton3")).toEqual({ gpus: [], problems: [] });
  });

  test("calls a total of 0 a driver's mistake, not unified memory", async () => {
    const sources = machineFixture("graviton3", {
      run: async (_, args) => ({
        kind: "exited",
        exitCode: 0,
        stdout: args[0]?.startsWith("--query-gpu") ? "0, GPU-1, X, 0:1, 580.1, 0, 0, 0, 12.0, [N/A]\n" : "",
        stderr: "",
      }),
    });
    const { gpus, problems } = await readNvidiaGpus(sources, signal, []);
    expect(gpus).toMatchObject([{ unifiedMemory: false }]);
    expect(gpus[0]?.memoryTotalBytes).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

describe("the readers of nvidia-smi's output", () => {
  test("never throw and never invent a number, whatever the text", () => {
    const line = fc.array(fc.oneof(fc.string(), fc.constantFrom("GPU-1", "[N/A]", "-5", "1e999", "7")), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.map((fields) => fields.join(", ")).join("\n");
        const sizes = parseGpuQuery(text).flatMap((gpu) => [gpu.memoryTotalBytes, gpu.memoryFreeBytes]);
        for (const size of [...sizes, ...parseComputeApps(text).map((app) => app.usedBytes)]) {
          if (size !== undefined) expect(Number.isFinite(size) && size >= 0).toBe(true);
        }
        parseGpuList(text);
      }),
    );
  });
});

describe("readDrmGpus", () => {
  test("adds an integrated unit's share of the machine's memory to its carve-out", async () => {
    expect((await readDrmGpus(machineFixture("amd-apu"))).gpus).toEqual([
      {
        vendor: "amd",
        busId: "0000:c1:00.0",
        memoryTotalBytes: 18 * GIB,
        memoryFreeBytes: 18 * GIB - GIB - GIB / 4,
        unifiedMemory: true,
        migInstances: [],
      },
    ]);
  });

  test("counts only an accelerator's own memory, and skips the management controller's screen", async () => {
    expect((await readDrmGpus(machineFixture("amd-instinct"))).gpus).toEqual([
      {
        vendor: "amd",
        name: "AMD Instinct MI300X",
        uuid: "GPU-d3a1f0b2c4e59687",
        busId: "0000:05:00.0",
        memoryTotalBytes: 206_141_652_992,
        memoryFreeBytes: 206_141_652_992 - 297_054_208,
        unifiedMemory: false,
        migInstances: [],
      },
    ]);
  });

  test("shows Intel's integrated unit without inventing its memory", async () => {
    expect((await readDrmGpus(machineFixture("intel-hybrid"))).gpus).toEqual([
      { vendor: "intel", busId: "0000:00:02.0", unifiedMemory: true, migInstances: [] },
    ]);
  });
});

describe("readAppleGpus", () => {
  test("finds the unit of Apple's chip", async () => {
    expect(await readAppleGpus(machineFixture("apple-m2-max"), signal)).toEqual({
      gpus: [{ vendor: "apple", name: "Apple M2 Max", unifiedMemory: true, migInstances: [] }],
      problems: [],
    });
  });

  test.each(["", "not json", "[]", "{}", '{"SPDisplaysDataType":7}'])("does not read %j", (text) => {
    expect(parseDisplays(text)).toBeUndefined();
  });

  test("says so when the tool does not answer", async () => {
    expect((await readAppleGpus(machineFixture("graviton3"), signal)).problems).toHaveLength(1);
  });
});
