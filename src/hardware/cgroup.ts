import type { HardwareSources } from "./sources.ts";

/** One control group above this process, for one controller. */
export interface CgroupDirectory {
  readonly version: 1 | 2;
  readonly path: string;
}

interface CgroupMount {
  readonly kind: string;
  /** Which directory of the hierarchy is mounted. */
  readonly root: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
}

/** The control groups that bound this process, from its own up to the top of what is mounted here. */
export async function readCgroupDirectories(
  sources: HardwareSources,
  controller: "cpu" | "memory",
): Promise<readonly CgroupDirectory[]> {
  const [membership, mountinfo] = await Promise.all([
    sources.readText("/proc/self/cgroup"),
    sources.readText("/proc/self/mountinfo"),
  ]);
  return membership === undefined || mountinfo === undefined
    ? []
    : cgroupDirectories(controller, membership, mountinfo);
}

/**
 * Joins `/proc/self/cgroup` and `/proc/self/mountinfo`. A controller belongs to version 1 when a line names it, else
 * to the unified hierarchy. Within a container the mount shows only a part of the hierarchy: the path is taken
 * relative to that part, and a path outside of it stands for its top.
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function cgroupDirectories(
  controller: "cpu" | "memory",
  membership: string,
  mountinfo: string,
): readonly CgroupDirectory[] {
  const mounts = parseMounts(mountinfo);
  const lines = membership.split("\n").map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  const first = lines.find((line) => line?.[1]?.split(",").includes(controller) === true);
  const unified = lines.find((line) => line?.[1] === "");
  const [version, path] = first ? ([1, first[2]] as const) : ([2, unified?.[2]] as const);
  const mount = mounts.find(({ kind, options }) =>
    version === 1 ? kind === "cgroup" && options.includes(controller) : kind === "cgroup2",
  );
  if (path === undefined || mount === undefined) return [];
  return ancestors(relativeTo(mount.root, path)).map((below) => ({
    version,
    path: below === "/" ? mount.mountPoint : `${mount.mountPoint}${below}`,
  }));
}

/** @see https://docs.kernel.org/filesystems/proc.html#proc-pid-mountinfo-information-about-mounts */
function parseMounts(mountinfo: string): readonly CgroupMount[] {
  const mounts: CgroupMount[] = [];
  for (const line of mountinfo.split("\n")) {
    const [before, after] = line.split(" - ", 2);
    const [, , , root, mountPoint] = (before ?? "").split(" ");
    const [kind, , options] = (after ?? "").split(" ");
    if (root === undefined || mountPoint === undefined || kind === undefined) continue;
    if (kind !== "cgroup" && kind !== "cgroup2") continue;
    mounts.push({ kind, root: unescape(root), mountPoint: unescape(mountPoint), options: (options ?? "").split(",") });
  }
  return mounts;
}

/** The kernel writes spaces and backslashes of paths in octal. */
function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function relativeTo(root: string, path: string): string {
  if (path.split("/").includes("..")) return "/";
  if (root === "/") return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : "/";
}

/** `/a/b` → `/a/b`, `/a`, `/`. */
function ancestors(path: string): readonly string[] {
  const segments = path.split("/").filter((segment) => segment !== "");
  return Array.from(
    { length: segments.length + 1 },
    (_, up) => `/${segments.slice(0, segments.length - up).join("/")}`,
  );
}
