import {
  emptyPlacement,
  type BytesByPool,
  type MemoryReading,
  type PlacementPlan,
  type PlacementState,
  type Standing,
  type Waiter,
} from "../../../src/hosting/placement/placement-state.ts";
import type { PlacementEffect, PlacementEvent } from "../../../src/hosting/placement/placement-events.ts";
import { stepPlacement } from "../../../src/hosting/placement/placement-step.ts";

export const MIB = 1024 ** 2;

/** A model of 100 MiB on the CPU that stays for half an hour, unless it is told otherwise. */
export function planOf(key: string, changes: Partial<PlacementPlan> = {}): PlacementPlan {
  return {
    key,
    modelId: key,
    device: "cpu",
    claims: { cpu: 100 * MIB },
    mappedBytes: 50 * MIB,
    slots: 2,
    keepLoadedMs: 30 * 60_000,
    ...changes,
  };
}

/** `plan` without its time: a pinned model. */
export function pinned(plan: PlacementPlan): PlacementPlan {
  const { keepLoadedMs: _, ...rest } = plan;
  return rest;
}

/** The pure placement, moved by hand: effects are collected, and only what a test says comes of them. */
export class Scene {
  state: PlacementState;
  nowMs = 0;
  readonly effects: PlacementEffect[] = [];
  reading: MemoryReading;
  #newestWaiterId = 0;

  constructor(budgets: BytesByPool, plans: readonly PlacementPlan[], reading: MemoryReading = {}) {
    this.state = emptyPlacement(budgets);
    this.reading = reading;
    for (const plan of plans) this.send({ kind: "registered", plan });
  }

  /** One event and nothing else; answers the effects of this step. */
  send(event: PlacementEvent): readonly PlacementEffect[] {
    const { state, effects } = stepPlacement(this.state, event, this.nowMs);
    this.state = state;
    this.effects.push(...effects);
    return effects;
  }

  /** A request, then the look at the memory that it may lead to. */
  request(key: string, waiter: Partial<Waiter> = {}): number {
    this.#newestWaiterId += 1;
    const id = this.#newestWaiterId;
    this.send({ kind: "requested", key, waiter: { id, sinceMs: this.nowMs, ...waiter } });
    this.look();
    return id;
  }

  /** Answers a look at the memory that is under way. */
  look(residentBytes: Readonly<Record<string, number>> = {}): void {
    if (this.state.isReading) this.send({ kind: "memory-read", reading: this.reading, residentBytes });
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.send({ kind: "time-passed" });
    this.look();
  }

  /** A request that brings the model into memory and ends. */
  use(key: string, loadMs = 1_000): void {
    this.request(key);
    if (this.kindOf(key) === "loading") this.send({ kind: "ready", key, loadMs });
    this.release(key);
  }

  release(key: string, residentBytes?: number): void {
    this.send({ kind: "released", key, ...(residentBytes === undefined ? {} : { residentBytes }) });
    this.look();
  }

  gone(key: string): void {
    this.send({ kind: "gone", key, unloadMs: 500 });
    this.look();
  }

  find(key: string): Standing {
    const standing = this.state.standings.get(key);
    if (standing === undefined) throw new Error(`${key} is not registered.`);
    return standing;
  }

  kindOf(key: string): string {
    return this.find(key).residency.kind;
  }

  /** `load a`, `unload b`: what was done so far, in order. */
  done(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === "load" || effect.kind === "unload" ? [`${effect.kind} ${effect.key}`] : [],
    );
  }

  refusalOf(waiterId: number): string | undefined {
    for (const effect of this.effects)
      if (effect.kind === "refuse" && effect.waiterIds.includes(waiterId))
        return `${effect.refusal.code}: ${effect.refusal.problem}`;
    return undefined;
  }

  isGranted(waiterId: number): boolean {
    return this.effects.some((effect) => effect.kind === "grant" && effect.waiterIds.includes(waiterId));
  }
}
