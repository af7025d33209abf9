import { describe, expect, test } from "vitest";
import { readCpuFacts } from "../../src/hardware/cpu.ts";
import { parseCpuMax } from "../../src/hardware/cpu-quota.ts";
import { parseCpuinfo } from "../../src/hardware/cpuinfo.ts";
import { machineFixture } from "../support/machine-fixture.ts";

const ofFixture = (name: string) => readCpuFacts(machineFixture(name));

describe("readCpuFacts", () => {
  test("reads the captured virtual machine as it is", async () => {
    expect(await ofFixture("kvm-2-vcpu")).toEqual({
      vendor: "AuthenticAMD",
      model: "AMD EPYC",
      sockets: 1,
      physicalCores: 2,
      logicalCores: 2,
      flags: expect.arrayContaining(["avx2", "fma", "f16c", "avx512_vnni", "avx512_bf16"]),
      cores: [
        { cpus: [0], kind: "performance" },
        { cpus: [1], kind: "performance" },
      ],
      lastLevelCacheBytes: 32 * 1024 ** 2,
      numaNodes: [{ id: 0, cpus: [0, 1] }],
      affinity: [0, 1],
      effectiveCores: 2,
    });
  });

  test("counts a core with two threads once, on two sockets", async () => {
    const cpu = await ofFixture("epyc-2-sockets");
    expect(cpu).toMatchObject({ sockets: 2, physicalCores: 32, logicalCores: 64, effectiveCores: 32 });
    expect(cpu.cores?.[0]).toEqual({ cpus: [0, 32], kind: "performance" });
    expect(cpu.numaNodes.map(({ id, cpus }) => [id, cpus.length])).toEqual([
      [0, 32],
      [1, 32],
    ]);
    expect(cpu.quotaCores).toBeUndefined();
  });

  test("leaves Intel's efficiency cores out of the usable ones", async () => {
    const cpu = await ofFixture("intel-hybrid");
    expect(cpu).toMatchObject({ physicalCores: 12, logicalCores: 20, effectiveCores: 8 });
    expect(cpu.cores?.filter(({ kind }) => kind === "efficiency").map(({ cpus }) => cpus)).toEqual([
      [16],
      [17],
      [18],
      [19],
    ]);
  });

  test("uses efficiency cores when a process is confined to them", async () => {
    const confined = machineFixture("intel-hybrid", {
      files: { "/proc/self/status": "Cpus_allowed_list:\t16-17\n" },
    });
    expect(await readCpuFacts(confined)).toMatchObject({ affinity: [16, 17], effectiveCores: 2 });
  });

  test("rounds a container's quota down", async () => {
    expect(await ofFixture("container-quota")).toMatchObject({
      quotaCores: 7.65,
      effectiveCores: 7,
      logicalCores: 96,
      flags: expect.arrayContaining(["amx_tile", "amx_int8", "amx_bf16"]),
    });
  });

  test("takes the tightest quota of all groups above the process", async () => {
    const nested = machineFixture("epyc-2-sockets", {
      files: {
        "/sys/fs/cgroup/system.slice/signalbox.service/cpu.max": "800000 100000",
        "/sys/fs/cgroup/system.slice/cpu.max": "350000 100000",
      },
    });
    expect(await readCpuFacts(nested)).toMatchObject({ quotaCores: 3.5, effectiveCores: 3 });
  });

  test("never has fewer than one usable core, however small the quota", async () => {
    const tiny = machineFixture("container-quota", { files: { "/sys/fs/cgroup/cpu.max": "20000 100000" } });
    expect(await readCpuFacts(tiny)).toMatchObject({ quotaCores: 0.2, effectiveCores: 1 });
  });

  test("reads a quota of version 1", async () => {
    expect(await ofFixture("cgroup-v1-limit")).toMatchObject({ quotaCores: 1.5, effectiveCores: 1 });
  });

  test("counts cores within a container's CPU set, although /sys shows the host's", async () => {
    const cpu = await ofFixture("lxc-cpuset");
    expect(cpu).toMatchObject({ affinity: [4, 5, 20, 21], effectiveCores: 2 });
    expect(cpu.cores?.map(({ cpus }) => cpus)).toEqual([
      [4, 20],
      [5, 21],
    ]);
  });

  test("keeps the slower cores of an Arm machine whose speeds are close", async () => {
    expect(await ofFixture("gb10-unified")).toMatchObject({
      vendor: "ARM",
      model: "Cortex-A725 + Cortex-X925",
      effectiveCores: 20,
    });
  });

  test("names Graviton's cores and their instruction sets", async () => {
    expect(await ofFixture("graviton3")).toMatchObject({
      model: "Neoverse-V1",
      effectiveCores: 16,
      flags: ["asimd", "asimdhp", "asimddp", "sve", "svei8mm", "svebf16", "i8mm", "bf16"],
    });
  });

  test("falls back to what the runtime counts when nothing can be read", async () => {
    const bare = machineFixture("apple-m2-max", { availableParallelism: 6 });
    expect(await readCpuFacts(bare)).toEqual({ flags: [], numaNodes: [], effectiveCores: 6 });
  });
});

describe("parseCpuMax", () => {
  test.each([
    ["max 100000\n", undefined],
    ["765000 100000\n", 7.65],
    ["50000 100000", 0.5],
    ["", undefined],
    ["abc", undefined],
    ["100000 0", undefined],
  ])("reads %j as %j cores", (text, cores) => expect(parseCpuMax(text)).toBe(cores));
});

describe("parseCpuinfo", () => {
  test("invents nothing when the kernel tells nothing", () => {
    expect(parseCpuinfo("")).toEqual({ logicalCores: 0, flags: [] });
    expect(parseCpuinfo("processor\t: 0\nisa\t: rv64imafdc\n")).toEqual({ logicalCores: 1, flags: [] });
  });

  test("shows an Arm core that it does not know by its number", () => {
    const text = "processor\t: 0\nCPU implementer\t: 0x99\nCPU part\t: 0x123\n";
    expect(parseCpuinfo(text)).toMatchObject({ vendor: "0x99", model: "part 0x123" });
  });
});
