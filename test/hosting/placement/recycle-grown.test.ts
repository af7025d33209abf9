import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlacementPlan } from "../../../src/hosting/placement/placement-state.ts";
import { MIB, pinned, planOf, Scene } from "./placement-scene.ts";

/** From one look at the memory to the next. */
const REQUESTS = 32;

function sceneOf(plans: readonly PlacementPlan[] = [pinned(planOf("a")), pinned(planOf("b"))]): Scene {
  const scene = new Scene({ cpu: 10_000 * MIB }, plans);
  for (const { key } of plans) scene.use(key);
  return scene;
}

/** Requests one after the other, after which the process has this much resident. */
function answerMany(scene: Scene, key: string, residentMib: number | undefined, requests = REQUESTS): void {
  for (let count = 0; count < requests; count += 1) {
    scene.request(key);
    scene.release(key, residentMib === undefined ? undefined : residentMib * MIB);
  }
}

/** Up to the request before the one that shows that it is too large. */
function growUntilLast(scene: Scene, key: string, marks: readonly number[] = [100, 200, 300, 400]): void {
  const [last, ...before] = marks.toReversed();
  for (const mib of before.toReversed()) answerMany(scene, key, mib);
  // The one that loaded it counts, too.
  answerMany(scene, key, last, REQUESTS - 1 - (scene.find(key).growth.requests % REQUESTS));
}

function showGrowth(scene: Scene, key: string, residentMib = 400): void {
  scene.request(key);
  scene.release(key, residentMib * MIB);
}

describe("a process that takes more with every request", () => {
  it("is started anew once it is a fifth and 256 MiB above its claim, in a moment without a request", () => {
    const scene = sceneOf();
    growUntilLast(scene, "a");
    expect(scene.kindOf("a")).toBe("ready");
    showGrowth(scene, "a");
    expect(scene.kindOf("a")).toBe("unloading");
    expect(scene.effects.at(-1)).toEqual({ kind: "unload", key: "a", because: "grown" });
    scene.gone("a");
    expect(scene.kindOf("a")).toBe("loading");
    scene.send({ kind: "ready", key: "a", loadMs: 1_000 });
    expect(scene.state.counts).toMatchObject({ recycled: 1, evictions: 0, idleUnloads: 0 });
    expect(scene.find("a").growth).toEqual({ requests: 0, marks: [] });
  });

  it("serves a request that comes while it is started anew", () => {
    const scene = sceneOf();
    growUntilLast(scene, "a");
    showGrowth(scene, "a");
    const id = scene.request("a");
    expect(scene.isGranted(id)).toBe(false);
    scene.gone("a");
    expect(scene.isGranted(id)).toBe(true);
  });

  it("that is never idle ends what it answers after 5 minutes, and what comes meanwhile waits", () => {
    const scene = sceneOf();
    scene.request("a");
    growUntilLast(scene, "a");
    showGrowth(scene, "a");
    expect(scene.kindOf("a")).toBe("ready");
    scene.pass(5 * 60_000);
    expect(scene.kindOf("a")).toBe("draining");
    const id = scene.request("a");
    scene.release("a");
    expect(scene.effects.at(-1)).toEqual({ kind: "unload", key: "a", because: "grown" });
    scene.gone("a");
    expect(scene.isGranted(id)).toBe(true);
    expect(scene.refusalOf(id)).toBeUndefined();
  });

  it("waits until no other model is loaded, leaves or is waited for: one at a time", () => {
    const scene = sceneOf();
    growUntilLast(scene, "a");
    growUntilLast(scene, "b");
    showGrowth(scene, "a");
    showGrowth(scene, "b");
    expect([scene.kindOf("a"), scene.kindOf("b")]).toEqual(["unloading", "ready"]);
    scene.gone("a");
    expect([scene.kindOf("a"), scene.kindOf("b")]).toEqual(["loading", "ready"]);
    scene.send({ kind: "ready", key: "a", loadMs: 1_000 });
    expect(scene.kindOf("b")).toBe("unloading");
  });

  it("is started anew at most once in half an hour", () => {
    const scene = sceneOf();
    for (const expected of [1, 1]) {
      growUntilLast(scene, "a");
      showGrowth(scene, "a");
      if (scene.kindOf("a") === "unloading") {
        scene.gone("a");
        scene.send({ kind: "ready", key: "a", loadMs: 1_000 });
      }
      expect(scene.state.counts.recycled).toBe(expected);
    }
    scene.pass(30 * 60_000);
    expect(scene.state.counts.recycled).toBe(2);
  });

  it("is not loaded again where the operator has taken it out of memory meanwhile", () => {
    const scene = sceneOf();
    growUntilLast(scene, "a");
    showGrowth(scene, "a");
    scene.send({ kind: "unload-wanted", key: "a" });
    scene.gone("a");
    expect(scene.kindOf("a")).toBe("cold");
  });
});

describe("a process is left alone", () => {
  it.each<[string, readonly (number | undefined)[]]>([
    ["that has grown once and stays so, as after its first long prompt", [100, 600, 600, 600, 600, 600]],
    ["that goes up and down", [100, 600, 500, 600, 500, 600]],
    ["that needs more than was claimed from the first request on", [600, 610, 620, 630, 640, 650]],
    ["that grows within its tolerance", [100, 150, 200, 250, 300, 350]],
    ["of whose memory nothing is known", [undefined, undefined, undefined, undefined, undefined]],
  ])("%s", (_, marks) => {
    const scene = sceneOf();
    for (const mib of marks) answerMany(scene, "a", mib);
    expect(scene.kindOf("a")).toBe("ready");
    expect(scene.state.counts.recycled).toBe(0);
  });
});

describe("whatever processes take", () => {
  it("every request is granted, and no process with a request is started anew", () => {
    const happening = fc.record({
      key: fc.constantFrom("a", "b"),
      mib: fc.nat(2_000),
      ms: fc.nat(120_000),
      ends: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(happening, { minLength: 200, maxLength: 500 }), (happenings) => {
        const scene = sceneOf();
        const ids: number[] = [];
        const proceed = (): void => {
          for (const { key, residency } of scene.state.standings.values()) {
            if (residency.kind === "unloading") scene.gone(key);
            if (residency.kind === "loading") scene.send({ kind: "ready", key, loadMs: 100 });
          }
        };
        for (const { key, mib, ms, ends } of happenings) {
          scene.pass(ms);
          ids.push(scene.request(key));
          const seen = scene.effects.length;
          const { leases } = scene.find(key);
          if (ends) for (let left = leases; left > 0; left -= 1) scene.release(key, mib * MIB);
          for (const effect of scene.effects.slice(seen))
            if (effect.kind === "unload") expect(scene.find(effect.key).leases).toBe(0);
          proceed();
        }
        for (const key of ["a", "b"])
          for (let left = scene.find(key).leases; left > 0; left -= 1) scene.release(key, 100 * MIB);
        for (let turn = 0; turn < 4; turn += 1) proceed();
        expect(ids.every((id) => scene.isGranted(id))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
