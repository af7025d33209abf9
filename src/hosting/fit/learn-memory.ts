import type { Clock } from "../../core/clock.ts";
import type { HostedModel, WorkerLog } from "../supervisor/hosted-model.ts";
import { readMeasurements, withMeasurement, writeMeasurements, type LoadKey } from "./corrections.ts";

/** How often a loaded model's memory is looked at; its heartbeats bring it anyway. */
const LOOK_MS = 15_000;
/** A smaller growth than this is not worth writing down. */
const MIN_GROWTH = 1.01;

/** Writes for one data folder follow each other, so that no measurement is lost. */
let lastWrite: Promise<void> = Promise.resolve();

/**
 * Remembers the most memory that a model's process took while it was loaded, unless it was loaded with fewer slots than
 * `slots`, which says nothing about that many. Ends with the process.
 */
export function learnMemory(
  model: HostedModel,
  key: LoadKey & { readonly estimatedBytes: number },
  {
    clock,
    log,
    dataDir,
    slots,
  }: { readonly clock: Clock; readonly log: WorkerLog; readonly dataDir: string; readonly slots: number },
): void {
  let cancel = (): void => {};
  let mostBytes = 0;
  const look = (): void => {
    const { residentBytes = 0 } = model.live();
    if (residentBytes > mostBytes * MIN_GROWTH) {
      mostBytes = residentBytes;
      const measurement = { ...key, residentBytes, atMs: clock.wallMs() };
      lastWrite = lastWrite.then(async () => {
        try {
          await writeMeasurements(dataDir, withMeasurement(await readMeasurements(dataDir), measurement));
        } catch (error) {
          // Hosting goes on without it: the next estimate is only less exact.
          log.warn({ modelId: model.modelId, error }, "what the model's process takes could not be written down");
        }
      });
    }
    cancel = clock.after(LOOK_MS, look);
  };
  model.onChange(({ phase, loaded }) => {
    cancel();
    cancel = phase === "ready" && loaded?.slots === slots ? clock.after(LOOK_MS, look) : () => {};
    if (phase !== "ready") mostBytes = 0;
  });
}
