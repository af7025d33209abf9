import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../../files/write-whole.ts";
import type { MemoryEstimate } from "./estimate-memory.ts";

/** A measurement that is further off than this comes from something else than the estimate's error. */
const MIN_FACTOR = 0.8;
const MAX_FACTOR = 1.5;
/** Measurements kept; the oldest is dropped. One is about 150 bytes. */
const MAX_ENTRIES = 500;
const FILE_NAME = "fit.json";

/** What was loaded, and how. `file` is the fingerprint of its content. */
export interface LoadKey {
  readonly file: string;
  readonly device: string;
  readonly contextTokens: number;
  readonly sequences: number;
}

/** What one load really took, beside what was estimated. */
export interface Measurement extends LoadKey {
  readonly estimatedBytes: number;
  readonly residentBytes: number;
  readonly atMs: number;
}

/** A factor to multiply an estimate with, and where it comes from. */
export interface Correction {
  readonly factor: number;
  readonly reason: string;
}

/** The correction for a load: from the same load, else from the newest one of the same file on the same device. */
export function correctionFor(measurements: readonly Measurement[], key: LoadKey): Correction | undefined {
  const sameFile = measurements.filter(({ file, device }) => file === key.file && device === key.device);
  const same = sameFile.findLast((one) => one.contextTokens === key.contextTokens && one.sequences === key.sequences);
  const found = same ?? sameFile.at(-1);
  if (found === undefined || found.estimatedBytes <= 0) return undefined;
  const measured = found.residentBytes / found.estimatedBytes;
  const factor = Math.min(MAX_FACTOR, Math.max(MIN_FACTOR, measured));
  const which = same === undefined ? `a load of ${found.sequences} × ${found.contextTokens} tokens` : "the same load";
  return { factor, reason: `corrected by ${factor.toFixed(2)}: ${which} was measured` };
}

/** An estimate with the machine's memory corrected; a GPU's is left as it is, since only the process was measured. */
export function correct(estimate: MemoryEstimate, correction: Correction | undefined): MemoryEstimate {
  if (correction === undefined) return estimate;
  return {
    ...estimate,
    residentBytes: Math.round(estimate.residentBytes * correction.factor),
    hostBytes: Math.round(estimate.hostBytes * correction.factor),
    notes: [...estimate.notes, correction.reason],
  };
}

/** The measurements with one more, which replaces an older one of the same load; the oldest beyond the limit go. */
export function withMeasurement(measurements: readonly Measurement[], added: Measurement): readonly Measurement[] {
  const others = measurements.filter((one) => !isSame(one, added));
  return [...others, added].slice(-MAX_ENTRIES);
}

/** Reads the measurements of a data folder, oldest first. A missing or damaged file is the same as none. */
export async function readMeasurements(dataDir: string): Promise<readonly Measurement[]> {
  try {
    const content: unknown = JSON.parse(await readFile(join(dataDir, FILE_NAME), "utf8"));
    return Array.isArray(content) ? content.filter(isMeasurement).slice(-MAX_ENTRIES) : [];
  } catch {
    // Without measurements estimates are as good as they were at first; the next measurement writes the file anew.
    return [];
  }
}

/** Keeps the measurements: a reader, and a start after a crash, sees the old ones or these. */
export async function writeMeasurements(dataDir: string, measurements: readonly Measurement[]): Promise<void> {
  await writeWhole(join(dataDir, FILE_NAME), `${JSON.stringify(measurements, undefined, 1)}\n`);
}

function isSame(one: LoadKey, other: LoadKey): boolean {
  return (
    one.file === other.file &&
    one.device === other.device &&
    one.contextTokens === other.contextTokens &&
    one.sequences === other.sequences
  );
}

function isMeasurement(value: unknown): value is Measurement {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const numbers = ["contextTokens", "sequences", "estimatedBytes", "residentBytes", "atMs"];
  return (
    typeof fields["file"] === "string" &&
    typeof fields["device"] === "string" &&
    numbers.every((name) => Number.isFinite(fields[name]))
  );
}
