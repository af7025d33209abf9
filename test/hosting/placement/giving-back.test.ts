import { describe, expect, it } from "vitest";
import type { PlacementPlan } from "../../../src/hosting/placement/placement-state.ts";
import { MIB, pinned, planOf, Scene } from "./placement-scene.ts";

/** Of its 100 MiB 40 are its context. */
function modelOf(key: string, changes: Partial<PlacementPlan> = {}): PlacementPlan {
  return planOf(key, { contextBytes: { cpu: 40 * MIB }, ...changes });
}

const given = (scene: Scene): readonly string[] =>
  scene.effects.flatMap((effect) => (effect.kind === "give-back" ? [`${effect.what} of ${effect.key}`] : []));

/** Answers everything that was asked for and not answered yet. */
function answer(scene: Scene, isGiven = true): void {
  for (const { key, giving } of scene.state.standings.values())
    if (giving !== undefined) scene.send({ kind: "given-back", key, what: giving, isGiven });
  scene.look();
}

/** `a` and `b` are in memory and idle, `a` for longer; then the states that they put aside are seen. */
function twoIdle(
  budgetMib: number,
  savedMib: Readonly<Record<string, number>> = {},
  plans = ["a", "b", "c"].map((key) => modelOf(key)),
): Scene {
  const scene = new Scene({ cpu: budgetMib * MIB }, plans);
  scene.use("a");
  scene.pass(1_000);
  scene.use("b");
  scene.pass(20_000);
  const saved = Object.fromEntries(Object.entries(savedMib).map(([key, mib]) => [key, mib * MIB]));
  const residentBytes = { a: 90 * MIB, b: 90 * MIB };
  scene.state = { ...scene.state, isReading: true };
  scene.send({ kind: "memory-read", reading: {}, residentBytes, savedStateBytes: saved });
  scene.pass(1_000);
  return scene;
}

describe("when a model needs room", () => {
  it("states that were put aside make it first, of the model that was idle for longest", () => {
    const scene = twoIdle(320, { a: 30, b: 30 });
    const id = scene.request("c");
    expect(given(scene)).toEqual(["states of a"]);
    expect(scene.kindOf("c")).toBe("cold");
    answer(scene);
    expect(scene.kindOf("c")).toBe("loading");
    expect(scene.isGranted(id)).toBe(true);
    expect(scene.find("a").savedStateBytes).toBe(0);
    expect(scene.done()).not.toContain("unload a");
    expect(scene.state.counts).toMatchObject({ freedStates: 1, freedContexts: 0, evictions: 0 });
  });

  it("contexts of idle models make it next, and their weights stay", () => {
    const scene = twoIdle(260, { b: 10 });
    scene.request("c");
    expect(given(scene)).toEqual(["states of b", "context of a"]);
    answer(scene);
    expect(given(scene)).toHaveLength(2);
    expect(scene.find("a")).toMatchObject({ isDormant: true, residency: { kind: "cold" } });
    expect(scene.kindOf("c")).toBe("loading");
    expect(scene.done()).toEqual(["load a", "load b", "load c"]);
    expect(scene.state.counts).toMatchObject({ freedContexts: 1, evictions: 0 });
  });

  it("weights leave only where all of that is not enough", () => {
    const scene = twoIdle(205);
    scene.pass(60_000);
    scene.request("c");
    expect(given(scene)).toEqual([]);
    expect(scene.done()).toContain("unload a");
  });

  it("a pinned model, a busy one and one that was used a moment ago keep their contexts", () => {
    const scene = new Scene({ cpu: 260 * MIB }, [pinned(modelOf("a")), modelOf("b"), modelOf("c")]);
    scene.send({ kind: "wanted", key: "a" });
    scene.look();
    scene.send({ kind: "ready", key: "a", loadMs: 1_000 });
    scene.pass(60_000);
    scene.use("b");
    scene.request("c");
    expect(given(scene)).toEqual([]);
    scene.request("b");
    scene.pass(60_000);
    expect(given(scene)).toEqual([]);
  });

  it("a model that could not give goes on as before, and another way is found", () => {
    const scene = twoIdle(260);
    scene.request("c");
    expect(given(scene)).toEqual(["context of a"]);
    scene.request("a");
    answer(scene, false);
    expect(scene.find("a")).toMatchObject({ isDormant: false, leases: 1 });
    expect(given(scene)).toEqual(["context of a", "context of b"]);
  });

  it("a model that was asked for while it gave its context back keeps it", () => {
    const scene = twoIdle(260);
    scene.request("c");
    scene.request("a");
    answer(scene, true);
    expect(scene.find("a")).toMatchObject({ isDormant: false, leases: 1, residency: { kind: "ready" } });
  });
});

describe("a model that gave its context back", () => {
  function dormant(): Scene {
    const scene = twoIdle(260);
    scene.request("c");
    answer(scene);
    scene.send({ kind: "ready", key: "c", loadMs: 1_000 });
    scene.release("c");
    scene.pass(1_000);
    return scene;
  }

  it("needs room for its context alone, and answers as soon as there is", () => {
    const scene = dormant();
    expect(scene.find("a").isDormant).toBe(true);
    scene.send({ kind: "unload-wanted", key: "b" });
    scene.gone("b");
    const id = scene.request("a");
    expect(scene.isGranted(id)).toBe(true);
    expect(scene.find("a")).toMatchObject({ isDormant: false, residency: { kind: "ready" }, leases: 1 });
    expect(scene.done().filter((one) => one === "load a")).toHaveLength(1);
    expect(scene.find("a").held["cpu"]).toBeGreaterThanOrEqual(90 * MIB);
  });

  it("takes turns with others for it", () => {
    const scene = dormant();
    scene.pass(20_000);
    const id = scene.request("a");
    expect(given(scene).at(-1)).toBe("context of b");
    answer(scene);
    expect(scene.isGranted(id)).toBe(true);
  });

  it("is loaded as a whole after its process has ended", () => {
    const scene = dormant();
    scene.send({ kind: "crashed", key: "a", problem: "it died", outOfMemory: false });
    expect(scene.find("a")).toMatchObject({ isDormant: false, held: {}, residency: { kind: "cold" } });
    expect(scene.effects.at(-1)).toEqual({ kind: "give-up", key: "a" });
  });

  it("leaves when nobody asks for it any more, and by the operator's word", () => {
    const idle = dormant();
    idle.pass(31 * 60_000);
    expect(idle.done()).toContain("unload a");
    const byHand = dormant();
    byHand.send({ kind: "unload-wanted", key: "a" });
    expect(byHand.kindOf("a")).toBe("unloading");
  });
});
