import type { LoadDemand, LocalModel, LocalModelState, WorkerLease } from "../../core/local-model.ts";
import type { HostedModel } from "../supervisor/hosted-model.ts";

/** A hosted model that shares memory with others: it is loaded when there is room, and leaves when another is worth more. */
export interface PlacedModel extends LocalModel, Omit<HostedModel, "ensureReady" | "start" | "giveBack"> {
  /** The socket of its worker while it can serve, without any promise that it stays; for what gives way to everything else. */
  peek(signal: AbortSignal): Promise<{ readonly socketPath: string }> | undefined;
  /** Wants it in memory without a request, also after failures; does not wait. */
  start(): void;
  /**
   * Loads it by the operator's word: idle models leave for it whatever they are worth, never one that is pinned or answers
   * a request. Resolves when it can serve; rejects as `ensureReady` does.
   */
  load(signal: AbortSignal): Promise<void>;
  /** Takes it out of memory once the requests that it has have ended; the next request loads it again. */
  unload(): Promise<void>;
  /** How long it stays without a request from now on; undefined: pinned. */
  keepFor(keepLoadedMs: number | undefined): void;
}

/** What a placed model needs of the placement that it belongs to. */
export interface PlacementSeat {
  readonly model: HostedModel;
  /** Resolves with a lease: from then on the model is being loaded or is loaded, and stays. */
  admit(signal: AbortSignal, demand: LoadDemand & { readonly isByHand?: boolean }): Promise<{ release(): void }>;
  want(): void;
  unload(): Promise<void>;
  stop(): Promise<void>;
  keepFor(keepLoadedMs: number | undefined): void;
  describe(state: LocalModelState): LocalModelState;
}

/** `seat`'s model as the rest of the box uses it. */
export function createPlacedModel(seat: PlacementSeat): PlacedModel {
  const { model } = seat;
  const lease = async (
    signal: AbortSignal,
    demand: LoadDemand & { readonly isByHand?: boolean } = {},
  ): Promise<WorkerLease> => {
    const admitted = await seat.admit(signal, demand);
    try {
      const { socketPath } = await model.ensureReady(signal);
      return { socketPath, release: () => admitted.release() };
    } catch (error) {
      admitted.release();
      throw error;
    }
  };
  return {
    modelId: model.modelId,
    facts: model.facts,
    state: () => seat.describe(model.state()),
    live: () => model.live(),
    lastLines: () => model.lastLines(),
    reportTrouble: () => model.reportTrouble(),
    onChange: (listener) => model.onChange((state) => listener(seat.describe(state))),
    ensureReady: lease,
    peek: (signal) => (model.state().phase === "ready" ? model.ensureReady(signal) : undefined),
    start: () => seat.want(),
    load: async (signal) => (await lease(signal, { isByHand: true })).release(),
    unload: () => seat.unload(),
    stop: () => seat.stop(),
    keepFor: (keepLoadedMs) => seat.keepFor(keepLoadedMs),
  };
}
