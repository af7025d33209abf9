import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { confineWorker, findCgroupPlace, workerGroupOf } from "../../../src/hosting/fence/worker-cgroup.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Box {
  readonly proc: string;
  readonly service: string;
  readonly read: (file: string) => string;
}

const PID = 4_242;
const LIMITS = { memoryBytes: 1_000_000, cores: 3, processes: 300 };

/** A hierarchy of version 2 as files: a service's group with these controllers, processes, and this one in `own`. */
function delegated(
  controllers: string,
  { processes = `${PID}\n`, own = "/box.service", mount = "cgroup2 cgroup2 rw,nsdelegate" } = {},
): Box {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-cgroup-"));
  folders.push(folder);
  const [proc, groups] = [join(folder, "proc"), join(folder, "groups")];
  mkdirSync(join(proc, "self"), { recursive: true });
  mkdirSync(join(groups, own), { recursive: true });
  writeFileSync(join(proc, "self/mountinfo"), `31 23 0:27 / ${groups} rw,relatime - ${mount}\n`);
  writeFileSync(join(proc, "self/cgroup"), `0::${own}\n`);
  const service = join(groups, "box.service");
  for (const each of [service, join(groups, own)]) {
    writeFileSync(join(each, "cgroup.controllers"), `${controllers}\n`);
    writeFileSync(join(each, "cgroup.procs"), processes);
    writeFileSync(join(each, "cgroup.subtree_control"), "");
  }
  return { proc, service, read: (file) => readFileSync(join(service, file), "utf8") };
}

describe("a group of version 2 that was delegated", () => {
  test("is used below itself, with the gateway in a group beside its workers'", () => {
    const box = delegated("cpuset cpu io memory pids");
    expect(findCgroupPlace(box.proc, PID)).toEqual({
      version: 2,
      folder: box.service,
      controllers: ["memory", "cpuset", "cpu", "pids"],
    });
    expect(box.read("signalbox-gateway/cgroup.procs")).toBe(String(PID));
  });

  test("is found from the gateway's own group, too: after a reload, or where the service manager put it", () => {
    const box = delegated("memory pids", { own: "/box.service/signalbox-gateway" });
    expect(findCgroupPlace(box.proc, PID)).toEqual({
      version: 2,
      folder: box.service,
      controllers: ["memory", "pids"],
    });
  });

  test("is left alone while other processes are in it, and where nothing was delegated with it", () => {
    expect(findCgroupPlace(delegated("memory", { processes: `${PID}\n17\n` }).proc, PID)).toBeUndefined();
    expect(findCgroupPlace(delegated("io").proc, PID)).toBeUndefined();
    expect(findCgroupPlace(delegated("memory", { mount: "tmpfs tmpfs rw" }).proc, PID)).toBeUndefined();
  });
});

describe("a worker's group", () => {
  const place = (controllers: string) => {
    const box = delegated(controllers);
    const found = findCgroupPlace(box.proc, PID);
    if (found === undefined) throw new Error("There is no place for groups.");
    return { box, found };
  };
  const group = (file: string): string => `${workerGroupOf(17)}/${file}`;

  test("has its memory, its cores before others but after the gateway, and its number of threads", () => {
    const { box, found } = place("cpuset cpu memory pids");
    mkdirSync(join(box.service, workerGroupOf(17)));
    writeFileSync(join(box.service, group("memory.swap.max")), "max");
    confineWorker(found, 17, { ...LIMITS, cpuList: "2-3" });
    const settings = ["memory.max", "memory.swap.max", "cpuset.cpus", "cpu.weight", "pids.max", "cgroup.procs"];
    expect(settings.map((file) => box.read(group(file)))).toEqual(["1000000", "0", "2-3", "50", "300", "17"]);
    expect(() => box.read(group("cpu.max"))).toThrow("ENOENT");
  });

  test("has a quota where it has no cores of its own", () => {
    const { box, found } = place("cpu");
    confineWorker(found, 17, LIMITS);
    expect(box.read(group("cpu.max"))).toBe("300000 100000");
    expect(() => box.read(group("memory.max"))).toThrow("ENOENT");
  });

  test.each([
    ["low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n", true],
    ["low 0\nhigh 0\nmax 12\noom 0\noom_kill 0\noom_group_kill 0\n", false],
    ["", undefined],
  ])("tells whether the kernel killed it for want of memory: %j", (events, wasKilled) => {
    const { box, found } = place("memory");
    const confined = confineWorker(found, 17, LIMITS);
    writeFileSync(join(box.service, group("memory.events")), events);
    expect(confined.end()).toBe(wasKilled);
  });
});
