import type { ApplianceConfig, HostedModelConfig } from "../config/appliance-schema.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Calibration } from "../core/model-speed.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import { measureMemoryBandwidth, planBandwidthMeasurement } from "../hardware/memory-bandwidth.ts";
import { activeBytesOf } from "../hosting/fit/active-bytes.ts";
import { readModelShape } from "../hosting/fit/model-shape.ts";
import { ModelPlacement } from "../hosting/placement/model-placement.ts";
import { openRunDirectory } from "../hosting/supervisor/run-directory.ts";
import { ensurePrivateFolder } from "../journal/data-dir.ts";
import { CalibrationBook, type CalibrationLog } from "./calibration-book.ts";
import { ModelCalibration } from "./calibrate-models.ts";
import { runFolderOf } from "./control-socket-path.ts";
import { hostModels, lookAtMachine } from "./host-models.ts";
import type { MeasuredRate } from "./measure-model.ts";
import { readModelFile } from "./read-model-file.ts";
import { openMemoryReader } from "./read-pools.ts";
import { systemClock, systemRandom } from "./system-clock.ts";

/** Longer than in the background: somebody waits for every figure. */
const BUDGET_MS = 30_000;

/** A model to measure where no server runs. */
export interface BenchJob {
  readonly model: HostedModelConfig;
  readonly box: ApplianceConfig["box"];
  readonly dataDir: string;
  readonly installFolder: string;
  readonly log: CalibrationLog & { debug(facts: Readonly<Record<string, unknown>>, message: string): void };
  readonly signal: AbortSignal;
  readonly onRate: (rate: MeasuredRate) => void;
}

/**
 * Loads a model in a worker of its own, as a server would, measures its speed, keeps it for the next start, and ends the
 * worker. Rejects with a SignalboxError that says why it can't be loaded, or with the signal's reason.
 */
export async function benchModelAlone(job: BenchJob): Promise<Calibration> {
  const { model: config, box, dataDir, installFolder, log, signal, onRate } = job;
  const clock = systemClock;
  ensurePrivateFolder(dataDir);
  ensurePrivateFolder(runFolderOf(dataDir));
  const runDirectory = await openRunDirectory(runFolderOf(dataDir));
  const placement = new ModelPlacement({ clock, log, readMemory: openMemoryReader(clock) });
  const calibration = new ModelCalibration({ book: await CalibrationBook.open(dataDir, log), clock, log });
  const ports = {
    ...{ dataDir, clock, random: systemRandom, log, runDirectory, placement },
    lookAtMachine: () => lookAtMachine(dataDir, installFolder, clock),
  };
  const [hosted] = await hostModels({ models: [config], box }, ports);
  try {
    if (hosted?.kind !== "hosted" || hosted.speedKey === undefined)
      throw new SignalboxError("worker_start_failed", hosted?.facts.excludedBecause ?? "The model can't be loaded.");
    placement.setBudgets(box.memory);
    hosted.model.keepFor(undefined);
    const measured = await calibration.measure(hosted.model, hosted.speedKey, { budgetMs: BUDGET_MS, signal, onRate });
    if (measured === undefined) throw new SignalboxError("worker_failed", "The measurement was interrupted.");
    return measured;
  } finally {
    if (hosted?.kind === "hosted") await hosted.model.stop();
    placement.close();
    await calibration.close();
    await runDirectory.close();
  }
}

/** What the memory allows at most: its bandwidth over the bytes that one token needs. Absent parts are unknown. */
export interface BandwidthLimit {
  readonly activeBytes?: number;
  readonly bandwidthBytesPerSecond?: number;
  readonly tokensPerSecond?: number;
}

/** Takes all cores for a third of a second. On a GPU only the bytes are known. */
export async function bandwidthLimitOf(dataDir: string, fileOrId: string, device: string): Promise<BandwidthLimit> {
  const read = await readModelFile(dataDir, fileOrId);
  const shape = read.ok ? await readModelShape(read.file) : undefined;
  if (shape?.kind !== "shape") return {};
  const activeBytes = activeBytesOf(shape);
  const hardware = await detectHardware({ clock: systemClock, diskPath: dataDir });
  const plan = device === "cpu" ? planBandwidthMeasurement(hardware) : undefined;
  if (plan === undefined || activeBytes === 0) return { activeBytes };
  const bandwidthBytesPerSecond = await measureMemoryBandwidth(plan, systemClock);
  return { activeBytes, bandwidthBytesPerSecond, tokensPerSecond: bandwidthBytesPerSecond / activeBytes };
}
