import { toAbortError } from "../core/errors.ts";
import type { LocalModel } from "../core/local-model.ts";

/**
 * `model`, which is loaded only when `roomForModels` has resolved: two models in memory, one of them on its way out,
 * could be more than the machine has. A model that is loaded already waits for nothing.
 */
export function startsWhenThereIsRoom(model: LocalModel, roomForModels: () => Promise<void>): LocalModel {
  return {
    modelId: model.modelId,
    facts: model.facts,
    state: () => model.state(),
    reportTrouble: () => model.reportTrouble(),
    ensureReady: async (signal, demand) => {
      if (model.state().phase === "stopped") await unlessAborted(roomForModels(), signal);
      return model.ensureReady(signal, demand);
    },
  };
}

/** Resolves with `promise`, or rejects as soon as `signal` aborts. */
function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(toAbortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    const done = (): void => signal.removeEventListener("abort", onAbort);
    promise.finally(done).then(resolve, reject);
  });
}
