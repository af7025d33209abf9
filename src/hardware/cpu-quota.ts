import { readCgroupDirectories, type CgroupDirectory } from "./cgroup.ts";
import type { HardwareSources } from "./sources.ts";

/** CPU time a second that every control group above this process leaves it, in cores; undefined without a limit. */
export async function readQuotaCores(sources: HardwareSources): Promise<number | undefined> {
  const directories = await readCgroupDirectories(sources, "cpu");
  const quotas = await Promise.all(directories.map((directory) => readQuota(sources, directory)));
  const limits = quotas.filter((quota) => quota !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

async function readQuota(sources: HardwareSources, { version, path }: CgroupDirectory): Promise<number | undefined> {
  if (version === 2) return parseCpuMax((await sources.readText(`${path}/cpu.max`)) ?? "");
  const [quota, period] = await Promise.all([
    sources.readText(`${path}/cpu.cfs_quota_us`),
    sources.readText(`${path}/cpu.cfs_period_us`),
  ]);
  return coresOf(quota ?? "", period ?? "");
}

/** `cpu.max` of a version 2 group: `max 100000` is unlimited, `765000 100000` is 7.65 cores. @see https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files */
export function parseCpuMax(text: string): number | undefined {
  const [quota = "", period = ""] = text.trim().split(/\s+/);
  return coresOf(quota, period);
}

/** Version 1 says -1 for unlimited, version 2 `max`; neither is a positive number. @see https://docs.kernel.org/scheduler/sched-bwc.html */
function coresOf(quota: string, period: string): number | undefined {
  const [quotaUs, periodUs] = [Number(quota.trim() || Number.NaN), Number(period.trim() || Number.NaN)];
  return quotaUs > 0 && periodUs > 0 ? quotaUs / periodUs : undefined;
}
