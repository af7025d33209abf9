import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeHardware } from "../../src/hardware/describe-hardware.ts";
import { detectHardware } from "../../src/hardware/detect-hardware.ts";
import { refreshMemory } from "../../src/hardware/refresh-memory.ts";
import { PROBE_TIMEOUT_MS } from "../../src/hardware/attempt-probe.ts";
import { systemSources } from "../../src/hardware/sources.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { machineFixture, sectionsOf } from "../support/machine-fixture.ts";

const GIB = 1024 ** 3;
const clock = new ManualClock();
const detect = (fixture: string) => detectHardware({ clock, sources: machineFixture(fixture) });

describe("detectHardware", () => {
  test("gives a device without memory of its own the machine's", async () => {
    const snapshot = await detect("gb10-unified");
    expect(snapshot.gpus).toMatchObject([
      { memoryTotalBytes: 127_600_748 * 1024, memoryFreeBytes: 118_566_368 * 1024, unifiedMemory: true },
    ]);
  });

  test("gives an integrated unit no more than the machine has left", async () => {
    const files = { "/proc/meminfo": `MemTotal: 28000000 kB\nMemAvailable: ${2 * 1024 ** 2} kB\n` };
    const { gpus } = await detectHardware({ clock, sources: machineFixture("amd-apu", { files }) });
    expect(gpus).toMatchObject([{ memoryTotalBytes: 18 * GIB, memoryFreeBytes: 2 * GIB }]);
  });

  test("asks systeminformation on a Mac, and leaves out what it can't know there", async () => {
    const snapshot = await detectHardware({
      clock,
      sources: machineFixture("apple-m2-max", { platform: "darwin", architecture: "arm64" }),
      readPortable: async () => ({
        cpu: {
          manufacturer: "Apple",
          brand: "M2 Max",
          cores: 12,
          physicalCores: 12,
          performanceCores: 8,
          processors: 1,
          flags: "",
        },
        memory: { total: 64 * GIB, available: 40 * GIB },
      }),
    });
    expect(snapshot).toEqual({
      takenAtMs: clock.wallMs(),
      platform: "darwin",
      architecture: "arm64",
      cpu: {
        vendor: "Apple",
        model: "M2 Max",
        sockets: 1,
        physicalCores: 12,
        logicalCores: 12,
        flags: [],
        numaNodes: [],
        effectiveCores: 8,
      },
      memory: { totalBytes: 64 * GIB, availableBytes: 40 * GIB },
      gpus: [
        {
          vendor: "apple",
          name: "Apple M2 Max",
          unifiedMemory: true,
          migInstances: [],
          memoryTotalBytes: 64 * GIB,
          memoryFreeBytes: 40 * GIB,
        },
      ],
      problems: [],
    });
  });

  test("goes on without a probe that hangs, and names it", async () => {
    const aborted: boolean[] = [];
    const manual = new ManualClock();
    const detection = detectHardware({
      clock: manual,
      sources: machineFixture("graviton3", {
        run: (_command, _args, signal) => new Promise(() => signal.addEventListener("abort", () => aborted.push(true))),
      }),
    });
    // Every other probe reads a fixture and is done within this turn of the event loop.
    await new Promise(setImmediate);
    manual.advance(PROBE_TIMEOUT_MS);
    const { cpu, problems } = await detection;
    expect(cpu.effectiveCores).toBe(16);
    expect(problems).toEqual([{ probe: "nvidia", message: "no answer within 10 s" }]);
    expect(aborted).toEqual([true]);
  });

  test("names what every machine has but could not be read", async () => {
    const { problems, cpu } = await detectHardware({
      clock,
      sources: machineFixture("apple-m2-max", { availableParallelism: 3 }),
    });
    expect(cpu.effectiveCores).toBe(3);
    expect(problems?.map(({ probe }) => probe).toSorted()).toEqual(["cpu", "memory"]);
  });

  test("detects this machine, with the disk below a folder that does not exist yet", async () => {
    const folder = await mkdtemp(join(tmpdir(), "signalbox-disk-"));
    try {
      const snapshot = await detectHardware({ clock, diskPath: join(folder, "not", "yet") });
      expect(snapshot.cpu.effectiveCores).toBeGreaterThanOrEqual(1);
      expect(snapshot.memory.availableBytes).toBeGreaterThan(0);
      expect(snapshot.disk).toMatchObject({ path: folder, freeBytes: expect.any(Number) });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("refreshMemory", () => {
  test("reads memory and devices again and keeps the rest, measured bandwidth included", async () => {
    const before = await detect("h100-pair");
    const measured = { ...before, memory: { ...before.memory, bandwidthBytesPerSecond: 400e9 } };
    const query = [...sectionsOf("h100-pair")].find(([key]) => key.includes("--query-gpu"));
    const after = await refreshMemory(measured, {
      clock,
      sources: machineFixture("h100-pair", {
        files: {
          "/proc/meminfo": "MemTotal: 1000 kB\nMemAvailable: 10 kB\n",
          [query?.[0] ?? ""]: query?.[1].replace("60587", "100") ?? "",
        },
      }),
    });
    expect(after.memory).toEqual({ totalBytes: 1_024_000, availableBytes: 10_240, bandwidthBytesPerSecond: 400e9 });
    expect(after.gpus[0]?.memoryFreeBytes).toBe(100 * 1024 ** 2);
    expect(after.cpu).toBe(before.cpu);
  });

  test("keeps a device whose driver does not answer, without the memory that it had free", async () => {
    const before = await detect("h100-pair");
    const after = await refreshMemory(before, { clock, sources: machineFixture("driver-broken") });
    expect(after.gpus.map(({ uuid }) => uuid)).toEqual(before.gpus.map(({ uuid }) => uuid));
    for (const gpu of after.gpus) expect(gpu).not.toHaveProperty("memoryFreeBytes");
    expect(after.gpus[0]?.memoryTotalBytes).toBe(before.gpus[0]?.memoryTotalBytes);
    expect(after.problems?.map(({ probe }) => probe)).toEqual(["nvidia"]);
    const again = await refreshMemory(after, { clock, sources: machineFixture("h100-pair") });
    expect(again).toEqual(before);
  });

  test("keeps what is known of a memory that can't be read any more, without what was available", async () => {
    const { memory, problems } = await refreshMemory(await detect("container-quota"), {
      clock,
      sources: machineFixture("apple-m2-max"),
    });
    expect(memory).toEqual({ totalBytes: 195_000_000 * 1024, limitBytes: 16 * GIB });
    expect(problems?.map(({ probe }) => probe)).toEqual(["memory"]);
  });

  test("asks no vendor's tool on a machine without devices", async () => {
    const commands: string[] = [];
    const sources = machineFixture("graviton3");
    await refreshMemory(await detect("graviton3"), {
      clock,
      sources: {
        ...sources,
        run: (command, args, signal) => {
          commands.push(command);
          return sources.run(command, args, signal);
        },
      },
    });
    expect(commands).toEqual([]);
  });
});

describe("describeHardware", () => {
  test("puts a machine with devices and foreign processes in words", async () => {
    expect(describeHardware(await detect("h100-pair")).rows).toMatchInlineSnapshot(`
      [
        [
          "CPU",
          "AMD EPYC 9554 64-Core Processor",
        ],
        [
          "cores",
          "1 socket, 16 physical cores, 16 logical cores",
        ],
        [
          "affinity",
          "0-15",
        ],
        [
          "usable",
          "16 cores for models and the gateway",
        ],
        [
          "instructions",
          "fma sse4_2 avx f16c avx2 bmi2",
        ],
        [
          "memory",
          "915.53 GiB free of 953.67 GiB",
        ],
        [
          "GPU 0",
          "nvidia, NVIDIA H100 80GB HBM3, GPU-0b5c2f6e-8d1a-4b7e-9c3f-7a1e5d2c4b90, 00000000:18:00.0",
        ],
        [
          "GPU 0 memory",
          "59.17 GiB free of 79.65 GiB",
        ],
        [
          "GPU 0 driver",
          "570.124.06",
        ],
        [
          "GPU 0 others",
          "4021 /usr/bin/python3, worker 18 GiB; 5120 node 1.98 GiB",
        ],
        [
          "GPU 1",
          "nvidia, NVIDIA H100 80GB HBM3, GPU-9f3e7d1c-2a4b-5c6d-8e7f-0a1b2c3d4e5f, 00000000:2a:00.0",
        ],
        [
          "GPU 1 memory",
          "79.17 GiB free of 79.65 GiB",
        ],
        [
          "GPU 1 driver",
          "570.124.06",
        ],
        [
          "GPU 1 others",
          "7001",
        ],
      ]
    `);
  });

  test("says what limits a container", async () => {
    const rows = new Map(describeHardware(await detect("container-quota")).rows);
    expect(rows.get("quota")).toBe("7.65 cores");
    expect(rows.get("usable")).toBe("7 cores for models and the gateway");
    expect(rows.get("memory limit")).toBe("16 GiB");
    expect(rows.get("GPU")).toBe("none found");
  });

  test("prints problems", async () => {
    const rows = describeHardware(await detect("driver-missing")).rows;
    expect(rows.at(-1)).toEqual(["problem: nvidia", expect.stringContaining("nvidia-smi is missing")]);
  });
});

describe("systemSources", () => {
  const { signal } = new AbortController();

  test("answers an absent file, folder, command and path with nothing", async () => {
    const sources = systemSources();
    expect(await sources.readText("/nowhere/at/all")).toBeUndefined();
    expect(await sources.list("/nowhere/at/all")).toEqual([]);
    expect(await sources.run("signalbox-no-such-command", [], signal)).toEqual({ kind: "not-found" });
    expect(await sources.fileSystemSize("/nowhere/at/all")).toBeUndefined();
  });

  test("reports a command's exit code and output, and ends it when aborted", async () => {
    const sources = systemSources();
    expect(await sources.run("sh", ["-c", "echo out; echo err >&2; exit 3"], signal)).toEqual({
      kind: "exited",
      exitCode: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
    const controller = new AbortController();
    const running = sources.run("sleep", ["60"], controller.signal);
    controller.abort();
    await expect(running).rejects.toThrow("aborted");
  });
});
