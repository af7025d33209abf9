import type { Clock } from "../../core/clock.ts";
import type { HostedModel, WorkerLog } from "../supervisor/hosted-model.ts";
import { readMeasurements, withMeasurement, writeMeasurements, type LoadKey } from "./corrections.ts";

/** How often a loaded model's memory is looked at; its heartbeats bring it anyway. */
const LOOK_MS = 15_000;
/**
 * After this many looks that found requests under way, the process has what it works with: what it takes more from then on
 * is rather memory that the engine has lost, which a process started anew does not need.
 */
const LOOKS_AT_WORK_MAX = 20;
/** A smaller growth than this is not worth writing down. */
const MIN_GROWTH = 1.01;

/** Writes for one data folder follow each other, so that no measurement is lost. */
let lastWrite: Promise<void> = Promise.resolve();

/**
 * Remembers the most memory that a model's process took when it was loaded and with its first requests, unless it was loaded with fewer slots than
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
  let looksAtWork = 0;
  const look = (): void => {
    const { residentBytes = 0, running } = model.live();
    if (running > 0) looksAtWork += 1;
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
    if (looksAtWork < LOOKS_AT_WORK_MAX) cancel = clock.after(LOOK_MS, look);
  };
  model.onChange(({ phase, loaded }) => {
    cancel();
    if (phase !== "ready") [mostBytes, looksAtWork] = [0, 0];
    const isWorthALook = phase === "ready" && loaded?.slots === slots && looksAtWork < LOOKS_AT_WORK_MAX;
    cancel = isWorthALook ? clock.after(LOOK_MS, look) : () => {};
  });
}
