import type { PlacementEffect, PlacementRefusal } from "./placement-events.ts";
import type { PlacementCounts, PlacementState, Standing, Waiter } from "./placement-state.ts";

/** The state of placement while a step is made, and the effects so far. */
export class Draft {
  state: PlacementState;
  readonly nowMs: number;
  readonly effects: PlacementEffect[] = [];

  constructor(state: PlacementState, nowMs: number) {
    this.state = state;
    this.nowMs = nowMs;
  }

  get standings(): readonly Standing[] {
    return [...this.state.standings.values()];
  }

  find(key: string): Standing | undefined {
    return this.state.standings.get(key);
  }

  put(standing: Standing): Standing {
    this.state = { ...this.state, standings: new Map(this.state.standings).set(standing.key, standing) };
    return standing;
  }

  remove(key: string): void {
    const standings = new Map(this.state.standings);
    standings.delete(key);
    this.state = { ...this.state, standings };
  }

  forgetReading(): void {
    const { readAtMs: _, ...state } = this.state;
    this.state = state;
  }

  count(name: keyof PlacementCounts, by = 1): void {
    this.state = { ...this.state, counts: { ...this.state.counts, [name]: this.state.counts[name] + by } };
  }

  refuse(standing: Standing, waiters: readonly Waiter[], refusal: PlacementRefusal): Standing {
    if (waiters.length === 0) return standing;
    this.effects.push({ kind: "refuse", key: standing.key, waiterIds: waiters.map(({ id }) => id), refusal });
    return this.put({ ...standing, waiters: standing.waiters.filter((waiter) => !waiters.includes(waiter)) });
  }

  /** Every waiter becomes a lease. */
  grantAll(standing: Standing): Standing {
    const { waiters, leases } = standing;
    if (waiters.length === 0) return standing;
    this.effects.push({ kind: "grant", waiterIds: waiters.map(({ id }) => id) });
    return this.put({ ...standing, waiters: [], leases: leases + waiters.length, lastUsedMs: this.nowMs });
  }

  unload(standing: Standing, because: Extract<PlacementEffect, { kind: "unload" }>["because"]): void {
    const { giving: _, ...leaving } = standing;
    this.put({ ...leaving, isDormant: false, residency: { kind: "unloading", sinceMs: this.nowMs } });
    this.effects.push({ kind: "unload", key: standing.key, because });
  }
}
