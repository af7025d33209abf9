import { readCgroupDirectories } from "./cgroup.ts";
import { systemSources, type HardwareSources } from "./sources.ts";

/**
 * How many processes of this process's control group the kernel has killed for want of memory; where the group keeps
 * no count, of the whole machine. Undefined when neither is told. A rise between a child's start and its SIGKILL
 * explains the SIGKILL.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files (memory.events)
 */
export async function readOomKillCount(sources: HardwareSources = systemSources()): Promise<number | undefined> {
  const own = (await readCgroupDirectories(sources, "memory"))[0];
  const files = [
    ...(own === undefined ? [] : [`${own.path}/${own.version === 2 ? "memory.events" : "memory.oom_control"}`]),
    "/proc/vmstat",
  ];
  for (const file of files) {
    const count = parseOomKills((await sources.readText(file)) ?? "");
    if (count !== undefined) return count;
  }
  return undefined;
}

/** The line `oom_kill N`, which `memory.events`, `memory.oom_control` and `/proc/vmstat` share. */
export function parseOomKills(text: string): number | undefined {
  const match = /^oom_kill (\d+)$/m.exec(text);
  return match === null ? undefined : Number(match[1]);
}
