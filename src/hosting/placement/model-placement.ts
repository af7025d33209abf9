import type { Clock } from "../../core/clock.ts";
import { SignalboxError, toAbortError } from "../../core/errors.ts";
import type { LoadDemand, LocalModelState } from "../../core/local-model.ts";
import type { PoolView } from "../../core/memory-view.ts";
import type { ThreadPlan } from "../plan-threads.ts";
import type { HostedModel, WorkerLog } from "../supervisor/hosted-model.ts";
import type { Giveable } from "../worker-protocol.ts";
import { CoreShares } from "./core-shares.ts";
import { describePlacement } from "./describe-placement.ts";
import { claimedPools, describePools } from "./describe-pools.ts";
import { savedMsOf } from "./judge-load.ts";
import { createPlacedModel, type PlacedModel } from "./placed-model.ts";
import {
  emptyPlacement,
  type BytesByPool,
  type MemoryReading,
  type PlacementCounts,
  type PlacementPlan,
  type PlacementState,
} from "./placement-state.ts";
import type { PlacementEffect, PlacementEvent, PlacementRefusal } from "./placement-events.ts";
import { placementWakeMs, stepPlacement } from "./placement-step.ts";
import { memoryOf } from "./memory-of-models.ts";
import { once } from "./once.ts";
import { untilMemoryIsBack } from "./until-memory-is-back.ts";
import { WaitingRequests } from "./waiting-requests.ts";

/** What placement reaches the machine through. */
export interface PlacementPorts {
  readonly clock: Clock;
  readonly log: WorkerLog;
  /** Looks at the free memory of these pools; one that can't be read is left out. `ownPids` are the models' processes. */
  readonly readMemory: (pools: readonly string[], ownPids: readonly number[]) => Promise<MemoryReading>;
}

/**
 * The one place that lets models of this box into memory and out of it. Every event is handled to its end before the next
 * one, whatever effects call back; what is decided is in `placement-step.ts`.
 */
export class ModelPlacement {
  readonly #ports: PlacementPorts;
  readonly #models = new Map<string, HostedModel>();
  /** Models that nobody has made count yet: a configuration that is refused leaves nothing behind. */
  readonly #unregistered = new Map<string, PlacementPlan>();
  readonly #waiting = new WaitingRequests();
  readonly #goneListeners = new Map<string, Set<() => void>>();
  readonly #cores = new CoreShares();
  readonly #events: PlacementEvent[] = [];
  #state: PlacementState = emptyPlacement();
  #isHandling = false;
  #newestKey = 0;
  #cancelTimer = (): void => {};

  constructor(ports: PlacementPorts) {
    this.#ports = ports;
  }

  /** What has happened since the start. */
  counts(): PlacementCounts {
    return this.#state.counts;
  }

  /** The pools that models have claims on: what is held, allowed and, as of the last look, free. */
  pools(): readonly PoolView[] {
    return describePools(this.#state);
  }

  /** What models may take of each pool, beside what the machine has. Counts for loads from now on. */
  setBudgets(budgets: BytesByPool): void {
    this.#state = { ...this.#state, budgets };
  }

  /**
   * Takes a supervised model under placement: from here on nothing else may start or unload it. It counts from the first
   * time that it is asked for, or that it is said how long it stays.
   */
  place(
    model: HostedModel,
    plan: Omit<PlacementPlan, "key" | "modelId">,
    shares: readonly ThreadPlan[] = [],
  ): PlacedModel {
    this.#newestKey += 1;
    const key = `${model.modelId}#${this.#newestKey}`;
    this.#unregistered.set(key, { ...plan, key, modelId: model.modelId });
    this.#cores.offer(key, shares);
    model.onChange((state) => this.#follow(key, state));
    const register = (): void => this.#register(key, model);
    return createPlacedModel({
      model,
      admit: (signal, demand) => {
        register();
        return this.#admit(key, signal, demand);
      },
      want: () => {
        register();
        this.#handle({ kind: "wanted", key });
      },
      unload: () => this.#unloadByHand(key),
      stop: async () => {
        this.#unregistered.delete(key);
        await model.stop();
        this.#handle({ kind: "removed", key });
        this.#models.delete(key);
        this.#cores.forget(key);
      },
      keepFor: (keepLoadedMs) => {
        register();
        this.#handle({ kind: "keep-changed", key, ...(keepLoadedMs === undefined ? {} : { keepLoadedMs }) });
      },
      describe: (state) => describePlacement(this.#state, key, state, this.#ports.clock.monotonicMs()),
    });
  }

  /** Forgets timers; the models are stopped by their owners. */
  close(): void {
    this.#cancelTimer();
  }

  #register(key: string, model: HostedModel): void {
    const plan = this.#unregistered.get(key);
    if (plan === undefined) return;
    this.#unregistered.delete(key);
    this.#models.set(key, model);
    this.#handle({ kind: "registered", plan });
  }

  #follow(key: string, { phase, loaded, problem = "its process ended", outOfMemory = false }: LocalModelState): void {
    if (phase === "ready")
      this.#handle({ kind: "ready", key, ...(loaded === undefined ? {} : { loadMs: loaded.loadMs }) });
    if (phase === "backing-off") this.#handle({ kind: "crashed", key, problem, outOfMemory });
    if (phase === "failed") this.#handle({ kind: "failed", key, problem, outOfMemory });
  }

  #handle(event: PlacementEvent): void {
    this.#events.push(event);
    if (this.#isHandling) return;
    this.#isHandling = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#step(next);
    } finally {
      this.#isHandling = false;
    }
    this.#armTimer();
  }

  #step(event: PlacementEvent): void {
    const { state, effects } = stepPlacement(this.#state, event, this.#ports.clock.monotonicMs());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (event.kind !== "gone" && event.kind !== "removed" && event.kind !== "failed") return;
    if (this.#state.standings.get(event.key)?.residency.kind !== "loading") this.#cores.giveBack(event.key);
    this.#announceGone(event.key);
  }

  #perform(effect: PlacementEffect): void {
    switch (effect.kind) {
      case "read-memory":
        return void this.#readMemory();
      case "load":
        return this.#models.get(effect.key)?.start({ slots: effect.slots, ...this.#cores.take(effect.key) });
      case "unload":
        return void this.#unload(effect.key, effect.because);
      case "give-back":
        return void this.#askToGive(effect.key, effect.what);
      case "give-up":
        // Its supervisor would try again by itself, with memory that nobody has set aside.
        return void this.#models.get(effect.key)?.unload();
      case "grant":
        return this.#waiting.grant(effect.waiterIds);
      case "refuse":
        return this.#waiting.refuse(effect.waiterIds, this.#toError(effect.key, effect.refusal));
    }
  }

  async #readMemory(): Promise<void> {
    let reading: MemoryReading = {};
    try {
      reading = await this.#ports.readMemory(claimedPools(this.#state), this.#pids());
    } catch (error) {
      // What is free is unknown then: budgets and what our own models hold still count.
      this.#ports.log.warn({ error }, "the free memory could not be read");
    }
    this.#handle({ kind: "memory-read", reading, ...memoryOf(this.#models) });
  }

  async #askToGive(key: string, what: Giveable): Promise<void> {
    const model = this.#models.get(key);
    if (model === undefined) return;
    const isGiven = await model.giveBack(what);
    const { log } = this.#ports;
    log.info({ modelId: model.modelId, what, isGiven }, "the model was asked to give memory back");
    this.#handle({ kind: "given-back", key, what, isGiven });
  }

  #pids(): readonly number[] {
    return [...this.#models.values()].flatMap((model) => model.state().pid ?? []);
  }

  async #unload(key: string, because: string): Promise<void> {
    const { clock, log } = this.#ports;
    const readMemory = (pools: readonly string[]) => this.#ports.readMemory(pools, this.#pids());
    const model = this.#models.get(key);
    if (model === undefined) return;
    const held = this.#state.standings.get(key)?.held ?? {};
    const startedMs = clock.monotonicMs();
    const { residentBytes } = model.live();
    log.info({ modelId: model.modelId, because, heldBytes: held, residentBytes }, "the model leaves memory");
    // Of a process that has died already the driver took everything back; there is nothing to wait for.
    const isAlive = model.state().pid !== undefined;
    try {
      const waitForMemory = isAlive ? await untilMemoryIsBack(held, { clock, readMemory }) : async () => {};
      await model.unload();
      await waitForMemory();
    } catch (error) {
      log.warn({ modelId: model.modelId, error }, "whether the model's memory is back could not be seen");
    }
    this.#handle({ kind: "gone", key, ...(isAlive ? { unloadMs: clock.monotonicMs() - startedMs } : {}) });
  }

  async #admit(
    key: string,
    signal: AbortSignal,
    { promptTokens, elsewhere, isByHand }: LoadDemand & { readonly isByHand?: boolean },
  ): Promise<{ release(): void }> {
    if (signal.aborted) throw toAbortError(signal);
    if (!this.#models.has(key)) throw this.#toError(key, { code: "draining", problem: "it was stopped" });
    const prefixMs = this.#prefixMs(key, promptTokens);
    const ask = (id: number): void => {
      const waiter = {
        id,
        sinceMs: this.#ports.clock.monotonicMs(),
        ...(elsewhere === undefined ? {} : { savedMs: savedMsOf(elsewhere, this.#reportedLoadMs(key)) }),
        ...(isByHand === true ? { isByHand } : {}),
      };
      this.#handle({ kind: "requested", key, waiter, ...(prefixMs === undefined ? {} : { prefixMs }) });
    };
    await this.#waiting.wait(signal, ask, (waiterId) => this.#handle({ kind: "abandoned", key, waiterId }));
    return { release: once(() => this.#release(key)) };
  }

  #release(key: string): void {
    const residentBytes = this.#models.get(key)?.live().residentBytes;
    this.#handle({ kind: "released", key, ...(residentBytes === undefined ? {} : { residentBytes }) });
  }

  #reportedLoadMs(key: string): number {
    const standing = this.#state.standings.get(key);
    return standing === undefined || standing.residency.kind === "ready" ? 0 : (standing.loadMs ?? 0);
  }

  #prefixMs(key: string, promptTokens: number | undefined): number | undefined {
    const rate = this.#models.get(key)?.live().prefillTokensPerSecond;
    return promptTokens === undefined || rate === undefined ? undefined : (promptTokens / rate) * 1_000;
  }

  #unloadByHand(key: string): Promise<void> {
    this.#handle({ kind: "unload-wanted", key });
    const kind = this.#state.standings.get(key)?.residency.kind;
    if (kind !== "draining" && kind !== "unloading") return Promise.resolve();
    return new Promise((resolve) => {
      const listeners = this.#goneListeners.get(key) ?? new Set();
      this.#goneListeners.set(key, listeners.add(resolve));
    });
  }

  #announceGone(key: string): void {
    for (const resolve of this.#goneListeners.get(key) ?? []) resolve();
    this.#goneListeners.delete(key);
  }

  #armTimer(): void {
    const { clock } = this.#ports;
    this.#cancelTimer();
    const dueMs = placementWakeMs(this.#state, clock.monotonicMs());
    this.#cancelTimer =
      dueMs === undefined
        ? () => {}
        : clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => this.#handle({ kind: "time-passed" }));
  }

  #toError(key: string, { code, problem, retryAfterMs }: PlacementRefusal): SignalboxError {
    const modelId = this.#models.get(key)?.modelId ?? key;
    return new SignalboxError(
      code,
      `${modelId} is not available: ${problem}.`,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  }
}
