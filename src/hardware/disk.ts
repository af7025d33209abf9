import { dirname, resolve } from "node:path";
import type { DiskFacts } from "../core/hardware.ts";
import type { HardwareSources } from "./sources.ts";

/** The file system that holds `path`, or will hold it once it is made. */
export async function readDiskFacts(sources: HardwareSources, path: string): Promise<DiskFacts | undefined> {
  for (let existing = resolve(path); ; existing = dirname(existing)) {
    const size = await sources.fileSystemSize(existing);
    if (size !== undefined) return { path: existing, ...size };
    if (existing === dirname(existing)) return undefined;
  }
}
