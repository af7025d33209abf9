import { readFileSync } from "node:fs";

/**
 * What one process has in memory. A worker is charged with `residentBytes`, which is the sum of the other three: pages
 * of libraries that several workers map count for each of them, so that none depends on another.
 */
export interface ProcessMemory {
  readonly residentBytes: number;
  /** Nothing but the end of the process gives it back: heap, caches, buffers. */
  readonly anonymousBytes: number;
  /** Mapped files, which the kernel can give back and read again: programs, libraries and a model's weights. */
  readonly fileBytes: number;
  /** Shared memory that is mapped; files in memory that nobody maps are not in it. */
  readonly sharedBytes: number;
  /** The most that was ever resident. */
  readonly peakBytes: number;
}

const KIB = 1024;

/** Undefined where the kernel does not say, as on other systems than Linux. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function readProcessMemory(pid: number | "self"): ProcessMemory | undefined {
  try {
    return parseProcessStatus(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    // No procfs, or no such process any more: unknown, as the caller is told.
    return undefined;
  }
}

/** Reads the text of `/proc/<pid>/status`. */
export function parseProcessStatus(text: string): ProcessMemory | undefined {
  const bytesOf = (name: string): number | undefined => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, "mu").exec(text)?.[1];
    return kib === undefined ? undefined : Number(kib) * KIB;
  };
  const [residentBytes, anonymousBytes, fileBytes, sharedBytes, peakBytes] = [
    bytesOf("VmRSS"),
    bytesOf("RssAnon"),
    bytesOf("RssFile"),
    bytesOf("RssShmem"),
    bytesOf("VmHWM"),
  ];
  if (
    residentBytes === undefined ||
    anonymousBytes === undefined ||
    fileBytes === undefined ||
    sharedBytes === undefined ||
    peakBytes === undefined
  )
    return undefined;
  return { residentBytes, anonymousBytes, fileBytes, sharedBytes, peakBytes };
}
