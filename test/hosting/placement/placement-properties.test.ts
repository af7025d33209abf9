import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BytesByPool, PlacementPlan, Standing } from "../../../src/hosting/placement/placement-state.ts";
import { MIB, planOf, Scene } from "./placement-scene.ts";

const KEYS = ["a", "b", "c", "d"];

/** One thing that happens to a box; `which` picks among what can happen then. */
const happening = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("request", "release", "outcome", "pass") },
    { weight: 1, arbitrary: fc.constantFrom("burst", "leave", "unload", "pin", "crash") },
  ),
  which: fc.nat(),
  ms: fc.nat(60_000),
});

const world = fc.record({
  sizes: fc.array(fc.integer({ min: 40, max: 100 }), { minLength: KEYS.length, maxLength: KEYS.length }),
  budget: fc.integer({ min: 60, max: 220 }),
  pinned: fc.subarray(KEYS, { maxLength: 1 }),
  keepLoadedMs: fc.constantFrom(0, 600_000, 6_000_000),
  contextShare: fc.constantFrom(0, 0.3, 0.6),
  happenings: fc.array(happening, { minLength: 40, maxLength: 200 }),
});

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

/** A box that does what placement says: loads and unloads end when the world says so, requests end when they are released. */
class Box {
  readonly scene: Scene;
  readonly pinnedKeys: Set<string>;

  constructor({ sizes, budget, pinned, keepLoadedMs, contextShare }: World) {
    this.pinnedKeys = new Set(pinned);
    const plans = KEYS.map((key, place): PlacementPlan => {
      const claims = { cpu: (sizes[place] ?? 50) * MIB };
      const contextBytes = { cpu: Math.floor(claims.cpu * contextShare) };
      const context = contextShare === 0 ? {} : { contextBytes };
      const { keepLoadedMs: _, ...plan } = planOf(key, { claims, ...context });
      return this.pinnedKeys.has(key) ? plan : { ...plan, keepLoadedMs };
    });
    this.scene = new Scene({ cpu: budget * MIB }, plans);
  }

  happen({ kind, which, ms }: World["happenings"][number]): void {
    const { scene } = this;
    const key = this.#pick(kind, which);
    const { residency, isDormant, leases, waiters } = scene.find(key);
    if (kind === "request") scene.request(key);
    if (kind === "burst") scene.request(key, { savedMs: ms });
    if (kind === "release" && leases > 0) scene.release(key);
    if (kind === "pass") scene.pass(ms);
    if (kind === "leave" && waiters[0] !== undefined) scene.send({ kind: "abandoned", key, waiterId: waiters[0].id });
    if (kind === "unload") scene.send({ kind: "unload-wanted", key });
    if (kind === "pin") this.#pin(key, which % 2 === 0);
    if (kind === "crash" && (isDormant || residency.kind === "ready" || residency.kind === "draining"))
      scene.send({ kind: "crashed", key, problem: "it died", outOfMemory: false });
    if (kind === "outcome") this.#outcome(key, which);
    scene.look();
  }

  /** Some model; for an end, one that has something to end, if there is one. */
  #pick(kind: string, which: number): string {
    const fitting = KEYS.filter((key) => {
      const { residency, leases, giving } = this.scene.find(key);
      if (kind === "release") return leases > 0;
      const isUnderWay = residency.kind === "loading" || residency.kind === "unloading" || giving !== undefined;
      return kind !== "outcome" || isUnderWay;
    });
    const keys = fitting.length === 0 ? KEYS : fitting;
    return keys[which % keys.length] ?? "a";
  }

  #pin(key: string, isPinned: boolean): void {
    if (isPinned) this.pinnedKeys.add(key);
    else this.pinnedKeys.delete(key);
    this.scene.send({ kind: "keep-changed", key, ...(isPinned ? {} : { keepLoadedMs: 60_000 }) });
  }

  #outcome(key: string, which: number): void {
    const { giving, residency, leases } = this.scene.find(key);
    const { kind } = residency;
    if (giving !== undefined)
      this.scene.send({ kind: "given-back", key, what: giving, isGiven: leases === 0 && which % 3 > 0 });
    if (kind === "unloading") this.scene.gone(key);
    if (kind !== "loading") return;
    if (which % 7 === 0) this.scene.send({ kind: "failed", key, problem: "no", outOfMemory: which % 2 === 0 });
    else this.scene.send({ kind: "ready", key, loadMs: 500 + (which % 5_000) });
  }
}

function heldIn(standings: Iterable<Standing>): BytesByPool {
  const held: Record<string, number> = {};
  for (const one of standings)
    for (const [pool, bytes] of Object.entries(one.held)) held[pool] = (held[pool] ?? 0) + bytes;
  return held;
}

/** What one happening led to. */
interface Moment {
  readonly box: Box;
  readonly kind: string;
  readonly before: ReadonlyMap<string, Standing>;
  readonly effects: Scene["effects"];
}

/** Plays a world, with `check` after each happening. */
function play(one: World, check: (moment: Moment) => void): Box {
  const box = new Box(one);
  for (const next of one.happenings) {
    const before = box.scene.state.standings;
    const seen = box.scene.effects.length;
    box.happen(next);
    check({ box, kind: next.kind, before, effects: box.scene.effects.slice(seen) });
  }
  return box;
}

describe("whatever happens to a box", () => {
  it("no model that has a lease or is pinned is unloaded", () => {
    fc.assert(
      fc.property(world, (one) => {
        play(one, ({ box, kind, before, effects }) => {
          for (const effect of effects) {
            if (effect.kind !== "unload") continue;
            // The requests of a process that has died, or that the operator stops while it loads, are lost already.
            const wasLoading = before.get(effect.key)?.residency.kind === "loading";
            if (kind !== "crash" && !(kind === "unload" && wasLoading))
              expect(box.scene.find(effect.key).leases).toBe(0);
            // One that drains already may have been pinned since; it was not when it was chosen.
            const wasDraining = before.get(effect.key)?.residency.kind === "draining";
            if (effect.because !== "by-hand" && !wasDraining) expect(box.pinnedKeys.has(effect.key)).toBe(false);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it("what models hold never exceeds the budget, and a device has one load at a time", () => {
    fc.assert(
      fc.property(world, (one) => {
        play(one, ({ box, before, effects }) => {
          const standings = [...box.scene.state.standings.values()];
          expect(heldIn(standings)["cpu"] ?? 0).toBeLessThanOrEqual(one.budget * MIB);
          // A process that is started again after a crash has its memory already; a new load waits for it as for any other.
          const isLoading = [...before.values()].some(({ residency }) => residency.kind === "loading");
          const endsLoad = effects.some(({ kind }) => kind === "give-up") || isReadyNow(box, before);
          if (isLoading && !endsLoad) expect(effects.filter(({ kind }) => kind === "load")).toEqual([]);
          expect(standings.filter(({ residency }) => residency.kind === "reserved").length).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("a device changes models at most once in 30 s, however requests alternate", () => {
    fc.assert(
      fc.property(world, (one) => {
        const swapsMs: number[] = [];
        play(one, ({ box }) => {
          const lastMs = box.scene.state.lastSwapMs["cpu"];
          if (lastMs !== undefined && lastMs !== swapsMs.at(-1)) swapsMs.push(lastMs);
        });
        for (const [place, atMs] of swapsMs.entries()) {
          const earlierMs = swapsMs[place - 1];
          if (earlierMs !== undefined) expect(atMs - earlierMs).toBeGreaterThanOrEqual(30_000);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("every request is granted or refused in the end, once the box is left alone", () => {
    fc.assert(
      fc.property(world, (one) => {
        const box = play(one, () => {});
        settle(box);
        const { scene } = box;
        const waiting = [...scene.state.standings.values()].flatMap(({ waiters }) => waiters);
        expect(waiting).toEqual([]);
        expect([...scene.state.standings.values()].every(({ leases }) => leases === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function isReadyNow({ scene }: Box, before: ReadonlyMap<string, Standing>): boolean {
  return [...before.values()].some(
    ({ key, residency }) => residency.kind === "loading" && scene.find(key).residency.kind !== "loading",
  );
}

/** Ends every request, every load and every unload, with an hour's time. */
function settle({ scene }: Box): void {
  for (let round = 0; round < 120; round += 1) {
    for (const key of KEYS) {
      for (let { leases } = scene.find(key); leases > 0; leases -= 1) scene.release(key);
      const { giving, residency } = scene.find(key);
      const { kind } = residency;
      if (giving !== undefined) scene.send({ kind: "given-back", key, what: giving, isGiven: true });
      if (kind === "unloading") scene.gone(key);
      if (kind === "loading") scene.send({ kind: "ready", key, loadMs: 1_000 });
      scene.look();
    }
    scene.pass(35_000);
  }
}
