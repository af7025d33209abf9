import { readdirSync, readFileSync } from "node:fs";

/** Processes whose parent is `parentPid`, each with its command line. Linux only. */
export function childrenOf(parentPid: number): readonly { readonly pid: number; readonly commandLine: string }[] {
  return processes().filter(({ parent }) => parent === parentPid);
}

/** The process of a box that runs the model: its child with the model's id in its command line. */
export function workerPid(boxPid: number | undefined, modelId: string): number {
  const worker = childrenOf(boxPid ?? -1).find(({ commandLine }) => commandLine.includes(modelId));
  if (worker === undefined) throw new Error(`The box has no worker for ${modelId}.`);
  return worker.pid;
}

/** Whether a process is there and not merely waiting for its parent to take note of its end. */
export function isAlive(pid: number): boolean {
  const state = readStatus(pid)?.match(/^State:\s+(\w)/m)?.[1];
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Processor time that a process has used so far, in ticks of the system's clock (usually 10 ms). */
export function processorTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // Fields 14 and 15 are user and system time; the name in field 2 may hold spaces, so counting starts after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function processes() {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const pid = Number(name);
    const parent = Number(readStatus(pid)?.match(/^PPid:\s+(\d+)/m)?.[1] ?? -1);
    return [{ pid, parent, commandLine: readIfThere(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ") ?? "" }];
  });
}

function readStatus(pid: number): string | undefined {
  return readIfThere(`/proc/${pid}/status`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // The process ended between the listing and the look.
  }
}
