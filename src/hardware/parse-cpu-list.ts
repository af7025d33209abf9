/**
 * The kernel's list format: `0-3,8,10-11` → 0, 1, 2, 3, 8, 10, 11. Undefined for anything else; an empty list is empty.
 * @see https://docs.kernel.org/core-api/printk-formats.html#bitmap-and-its-derivatives-such-as-cpumask-and-nodemask
 */
export function parseCpuList(text: string): readonly number[] | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const cpus: number[] = [];
  for (const part of trimmed.split(",")) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last < first || last >= MAX_CPUS) return undefined;
    for (let cpu = first; cpu <= last; cpu += 1) cpus.push(cpu);
  }
  return cpus;
}

/** `0-3,8` from 0, 1, 2, 3, 8: the form that `taskset -c` takes and people read. */
export function formatCpuList(cpus: readonly number[]): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  const ranges: { first: number; last: number }[] = [];
  for (const cpu of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === cpu - 1) range.last = cpu;
    else ranges.push({ first: cpu, last: cpu });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** More CPUs than any kernel is built for (NR_CPUS is at most 8192): a larger number is a misread file. */
const MAX_CPUS = 65_536;
