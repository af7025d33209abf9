import { describe, expect, test } from "vitest";
import { cgroupDirectories } from "../../src/hardware/cgroup.ts";
import { sectionsOf } from "../support/machine-fixture.ts";

function directoriesOf(fixture: string, controller: "cpu" | "memory") {
  const sections = sectionsOf(fixture);
  return cgroupDirectories(
    controller,
    sections.get("/proc/self/cgroup") ?? "",
    sections.get("/proc/self/mountinfo") ?? "",
  );
}

const paths = (fixture: string, controller: "cpu" | "memory") =>
  directoriesOf(fixture, controller).map(({ path }) => path);

describe("cgroupDirectories", () => {
  test("lists a service's group and all above it", () => {
    expect(paths("epyc-2-sockets", "memory")).toEqual([
      "/sys/fs/cgroup/system.slice/signalbox.service",
      "/sys/fs/cgroup/system.slice",
      "/sys/fs/cgroup",
    ]);
  });

  test("takes a path within a container relative to what is mounted there", () => {
    expect(directoriesOf("cgroup-v1-limit", "cpu")).toEqual([{ version: 1, path: "/sys/fs/cgroup/cpu,cpuacct" }]);
    expect(directoriesOf("container-quota", "cpu")).toEqual([{ version: 2, path: "/sys/fs/cgroup" }]);
  });

  test("prefers version 1 where a controller is mounted there", () => {
    expect(directoriesOf("kvm-2-vcpu", "cpu")).toEqual([{ version: 1, path: "/sys/fs/cgroup/cpu" }]);
  });

  test("stays at the top of the mount for a process outside of it", () => {
    const mountinfo = "29 22 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup2 rw";
    expect(cgroupDirectories("cpu", "0::/../other", mountinfo)).toEqual([{ version: 2, path: "/sys/fs/cgroup" }]);
  });

  test("decodes a mount point with a space", () => {
    const mountinfo = "29 22 0:26 / /mnt/control\\040groups rw - cgroup2 cgroup2 rw";
    expect(cgroupDirectories("cpu", "0::/", mountinfo)).toEqual([{ version: 2, path: "/mnt/control groups" }]);
  });

  test("finds none without mounts", () => expect(cgroupDirectories("cpu", "0::/", "")).toEqual([]));
});
