import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Calibration } from "../core/model-speed.ts";
import {
  calibrationsSchema,
  findCalibration,
  refineCalibration,
  withCalibration,
  type CalibrationKey,
  type TrafficSpeed,
} from "../hosting/calibration/calibrations.ts";
import { writeWhole } from "../files/write-whole.ts";

/** Under the data directory. It may be deleted at any time: then speeds are measured anew. */
const FILE_NAME = "speeds.json";

/** The part of pino's logger that this needs. */
export interface CalibrationLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** How fast models are on this box: what was measured, in memory and on disk. */
export class CalibrationBook {
  readonly #file: string;
  readonly #log: CalibrationLog;
  #all: readonly Calibration[];
  #saving: Promise<void> = Promise.resolve();

  private constructor(file: string, log: CalibrationLog, all: readonly Calibration[]) {
    this.#file = file;
    this.#log = log;
    this.#all = all;
  }

  /** What can't be read is no reason not to start: speeds are measured anew, and the log says so. */
  static async open(dataDir: string, log: CalibrationLog): Promise<CalibrationBook> {
    const file = join(dataDir, FILE_NAME);
    try {
      return new CalibrationBook(file, log, calibrationsSchema.parse(JSON.parse(await readFile(file, "utf8"))));
    } catch (err) {
      const isMissing = err instanceof Error && "code" in err && err.code === "ENOENT";
      if (!isMissing) log.warn({ err, file }, "the measured speeds of models can't be read; they are measured anew");
      return new CalibrationBook(file, log, []);
    }
  }

  find(key: CalibrationKey): Calibration | undefined {
    return findCalibration(this.#all, key);
  }

  /** Resolves when it is on disk, or could not be written, which the log says. */
  put(calibration: Calibration): Promise<void> {
    this.#all = withCalibration(this.#all, calibration);
    return this.#save();
  }

  /** Moves what was measured towards what requests show. In memory alone, until `save`. */
  refine(key: CalibrationKey, traffic: TrafficSpeed): void {
    const found = this.find(key);
    if (found !== undefined) this.#all = withCalibration(this.#all, refineCalibration(found, traffic));
  }

  save(): Promise<void> {
    return this.#all.length === 0 ? this.#saving : this.#save();
  }

  #save(): Promise<void> {
    this.#saving = this.#saving
      .then(() => writeWhole(this.#file, `${JSON.stringify(this.#all, undefined, 1)}\n`))
      .catch((err: unknown) => this.#log.warn({ err, file: this.#file }, "the speeds of models could not be kept"));
    return this.#saving;
  }
}
