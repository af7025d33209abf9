import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combineMemory, parseMeminfo, readMemoryFacts } from "../../src/hardware/memory.ts";
import { parseOomKills, readOomKillCount } from "../../src/hardware/oom-kills.ts";
import { machineFixture, sectionsOf } from "../support/machine-fixture.ts";

const GIB = 1024 ** 3;

describe("readMemoryFacts", () => {
  test("takes the host's numbers where no group limits them", async () => {
    expect(await readMemoryFacts(machineFixture("epyc-2-sockets"))).toEqual({
      totalBytes: 394_000_000 * 1024,
      availableBytes: 380_000_000 * 1024,
    });
  });

  test("does not count the page cache of a container as used", async () => {
    expect(await readMemoryFacts(machineFixture("container-quota"))).toEqual({
      totalBytes: 195_000_000 * 1024,
      limitBytes: 16 * GIB,
      availableBytes: 16 * GIB - (15 * GIB - 10 * GIB - 64 * 1024 ** 2),
    });
  });

  test("reads a limit of version 1, whose cache is given back too", async () => {
    expect(await readMemoryFacts(machineFixture("cgroup-v1-limit"))).toMatchObject({
      limitBytes: 2 * GIB,
      availableBytes: GIB,
    });
  });

  test("keeps within the tightest of nested groups, and counts memory.high as a limit", async () => {
    const nested = machineFixture("epyc-2-sockets", {
      files: {
        "/sys/fs/cgroup/system.slice/signalbox.service/memory.max": `${32 * GIB}`,
        "/sys/fs/cgroup/system.slice/signalbox.service/memory.current": `${2 * GIB}`,
        "/sys/fs/cgroup/system.slice/memory.high": `${24 * GIB}`,
        "/sys/fs/cgroup/system.slice/memory.current": `${20 * GIB}`,
      },
    });
    expect(await readMemoryFacts(nested)).toMatchObject({ limitBytes: 24 * GIB, availableBytes: 4 * GIB });
  });

  test("treats version 1's largest number as no limit", async () => {
    const memory = await readMemoryFacts(machineFixture("kvm-2-vcpu"));
    expect(memory.limitBytes).toBeUndefined();
    expect(memory).toEqual(parseMeminfo(sectionsOf("kvm-2-vcpu").get("/proc/meminfo") ?? ""));
  });

  test("knows nothing where nothing can be read", async () => {
    expect(await readMemoryFacts(machineFixture("apple-m2-max"))).toEqual({});
  });
});

describe("combineMemory", () => {
  test("never has more available than the host or any group leaves, and never less than 0", () => {
    const bytes = fc.nat({ max: 2 ** 40 });
    const group = fc.record({ limitBytes: bytes, usedBytes: bytes, reclaimableBytes: bytes });
    fc.assert(
      fc.property(bytes, fc.array(group), (availableBytes, groups) => {
        const combined = combineMemory({ availableBytes }, groups);
        expect(combined.availableBytes).toBeGreaterThanOrEqual(0);
        for (const bound of [availableBytes, ...groups.map(({ limitBytes }) => limitBytes)]) {
          expect(combined.availableBytes).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });
});

describe("readOomKillCount", () => {
  test("reads the group's own count before the machine's", async () => {
    expect(await readOomKillCount(machineFixture("container-quota"))).toBe(2);
    expect(await readOomKillCount(machineFixture("cgroup-v1-limit"))).toBe(1);
  });

  test("falls back to the machine's count, and to nothing", async () => {
    const host = machineFixture("graviton3", { files: { "/proc/self/cgroup": "", "/proc/vmstat": "oom_kill 4\n" } });
    expect(await readOomKillCount(host)).toBe(4);
    expect(await readOomKillCount(machineFixture("apple-m2-max"))).toBeUndefined();
    expect(parseOomKills("oom_kill_disable 0\nunder_oom 0\n")).toBeUndefined();
  });
});
