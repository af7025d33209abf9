import type { Clock } from "../core/clock.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { HostedOrExcluded } from "./host-models.ts";

/** The longest that the announcement of a box waits for its pinned models; large ones go on loading behind it. */
const MAX_WAIT_MS = 10_000;

/**
 * Starts every pinned model and waits until each is loaded or has failed, the time is up, or `signal` aborts; answers
 * those that are not loaded.
 */
export async function waitForPinnedModels(
  hosted: readonly HostedOrExcluded[],
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly { readonly modelId: string; readonly because: string }[]> {
  const timeUp = new AbortController();
  const enough = AbortSignal.any([timeUp.signal, signal]);
  const cancelTimer = clock.after(MAX_WAIT_MS, () => timeUp.abort());
  const waits = hosted.map((one) => {
    if (one.kind === "excluded") {
      return Promise.resolve([{ modelId: one.facts.modelId, because: one.facts.excludedBecause ?? "excluded" }]);
    }
    return one.config.keepLoaded === "pinned" ? waitFor(one.model, enough) : Promise.resolve([]);
  });
  const notLoaded = (await Promise.all(waits)).flat();
  cancelTimer();
  return notLoaded;
}

async function waitFor(model: PlacedModel, signal: AbortSignal) {
  try {
    model.start();
    const lease = await model.ensureReady(signal);
    lease.release();
    return [];
  } catch (error) {
    // The box serves without it: other endpoints may do, and the supervisor goes on trying.
    const because = signal.aborted ? "still loading" : error instanceof Error ? error.message : String(error);
    return [{ modelId: model.modelId, because }];
  }
}
