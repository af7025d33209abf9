import { describe, expect, it } from "vitest";
import { LOAD_RETRY_MS } from "../../../src/hosting/placement/after-failure.ts";
import { MAX_WAITERS } from "../../../src/hosting/placement/apply-event.ts";
import { MIB, pinned, planOf, Scene } from "./placement-scene.ts";

const TWO = { cpu: 250 * MIB };
const ONE = { cpu: 150 * MIB };
const OLD_MS = 60_000;

/** Room for one: `a` is in memory and idle for longer than any minimum residency, `b` is not. */
function oneOfTwo(): Scene {
  const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
  scene.use("a");
  scene.pass(OLD_MS);
  return scene;
}

describe("a request for a model that is not in memory", () => {
  it("has it loaded where it fits, once for all who ask at the same time", () => {
    const scene = new Scene(TWO, [planOf("a")]);
    scene.send({ kind: "requested", key: "a", waiter: { id: 1, sinceMs: 0 } });
    scene.send({ kind: "requested", key: "a", waiter: { id: 2, sinceMs: 0 } });
    scene.look();
    scene.send({ kind: "requested", key: "a", waiter: { id: 3, sinceMs: 0 } });
    expect(scene.done()).toEqual(["load a"]);
    expect([1, 2, 3].map((id) => scene.isGranted(id))).toEqual([true, true, true]);
    expect(scene.find("a")).toMatchObject({ leases: 3, held: { cpu: 100 * MIB } });
  });

  it("waits until another model of its device is loaded, for loads would take each other's memory and time", () => {
    const scene = new Scene(TWO, [planOf("a"), planOf("b")]);
    scene.request("a");
    const waiting = scene.request("b");
    expect(scene.done()).toEqual(["load a"]);
    scene.send({ kind: "ready", key: "a", loadMs: 1_000 });
    scene.look();
    expect(scene.done()).toEqual(["load a", "load b"]);
    expect(scene.isGranted(waiting)).toBe(true);
  });

  it("answers from memory at once while another model is loaded or waited for", () => {
    const scene = new Scene({ cpu: 250 * MIB }, [planOf("small"), planOf("large"), planOf("third")]);
    scene.use("small");
    scene.request("large");
    const third = scene.request("third");
    expect([scene.kindOf("large"), scene.isGranted(third)]).toEqual(["loading", false]);
    expect(scene.isGranted(scene.request("small"))).toBe(true);
  });

  it("is loaded beside another device's load, but never in memory that both count on", () => {
    const gpu = { device: "gpu:G", claims: { cpu: 60 * MIB, "gpu:G": 500 * MIB } };
    const both = new Scene(TWO, [planOf("a"), planOf("g", gpu)]);
    both.request("a");
    both.request("g");
    expect(both.done()).toEqual(["load a", "load g"]);
    const short = new Scene(ONE, [planOf("a"), planOf("g", gpu)]);
    short.request("a");
    short.request("g");
    expect(short.done()).toEqual(["load a"]);
  });

  it("is refused at once where only pinned models could make room, and it says so", () => {
    const scene = new Scene(ONE, [pinned(planOf("a")), planOf("b")]);
    scene.use("a");
    scene.pass(OLD_MS);
    const refused = scene.request("b");
    expect(scene.refusalOf(refused)).toMatch(/^no_room_for_model: there is no room for it: 50 MiB of cpu .*pinned: a$/);
    expect(scene.done()).toEqual(["load a"]);
  });

  it("waits for memory that another program holds only if it may come back, looking every 2 s", () => {
    const scene = new Scene({}, [planOf("a"), planOf("b")], { cpu: { freeBytes: 120 * MIB } });
    scene.use("a");
    const busy = scene.request("a");
    expect(scene.isGranted(busy)).toBe(true);
    scene.reading = { cpu: { freeBytes: 100 * MIB } };
    const waiting = scene.request("b");
    expect(scene.refusalOf(waiting)).toBeUndefined();
    scene.reading = { cpu: { freeBytes: 300 * MIB } };
    scene.pass(2_000);
    expect(scene.isGranted(waiting)).toBe(true);
  });

  it("is turned away when too many wait, and forgotten when it goes away", () => {
    const scene = oneOfTwo();
    scene.request("a");
    for (let waiting = 0; waiting < MAX_WAITERS; waiting += 1) scene.request("b");
    expect(scene.refusalOf(scene.request("b"))).toMatch(/^queue_full/);
    scene.send({ kind: "abandoned", key: "b", waiterId: scene.find("b").waiters[0]?.id ?? 0 });
    expect(scene.find("b").waiters).toHaveLength(MAX_WAITERS - 1);
  });
});

describe("making room", () => {
  it("evicts an idle model, waits until it is gone, and then loads", () => {
    const scene = oneOfTwo();
    const waiting = scene.request("b");
    expect(scene.done()).toEqual(["load a", "unload a"]);
    expect([scene.kindOf("a"), scene.kindOf("b")]).toEqual(["unloading", "reserved"]);
    scene.gone("a");
    expect(scene.done()).toEqual(["load a", "unload a", "load b"]);
    expect(scene.isGranted(waiting)).toBe(true);
  });

  it("never takes a model with a lease, and takes it as soon as the last one has ended", () => {
    const scene = oneOfTwo();
    scene.request("a");
    scene.request("a");
    const waiting = scene.request("b");
    scene.release("a");
    expect(scene.done()).toEqual(["load a"]);
    scene.release("a");
    expect(scene.done()).toEqual(["load a", "unload a"]);
    expect(scene.isGranted(waiting)).toBe(false);
  });

  it("never takes a model that is being loaded", () => {
    const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
    scene.request("a");
    scene.release("a");
    scene.pass(OLD_MS);
    scene.request("b");
    expect(scene.kindOf("a")).toBe("loading");
    expect(scene.done()).toEqual(["load a"]);
  });

  it("leaves a model that was just loaded its minimum residency: 30 s, or three times its load", () => {
    const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
    scene.use("a", 20_000);
    scene.request("b");
    scene.pass(59_000);
    expect(scene.done()).toEqual(["load a"]);
    scene.pass(1_000);
    expect(scene.done()).toEqual(["load a", "unload a"]);
  });

  it("changes the models of a device at most once within a minimum residency", () => {
    const scene = new Scene(TWO, [planOf("a"), planOf("b"), planOf("c"), planOf("d")]);
    scene.use("a");
    scene.use("b");
    scene.pass(OLD_MS);
    scene.use("c");
    scene.gone("a");
    scene.send({ kind: "ready", key: "c", loadMs: 1_000 });
    scene.release("c");
    scene.request("d");
    expect(scene.done()).toEqual(["load a", "load b", "unload a", "load c"]);
    expect(scene.kindOf("b")).toBe("ready");
    scene.pass(31_000);
    expect(scene.done().at(-1)).toBe("unload b");
  });

  it("prefers one victim to several, and the one whose loss costs least", () => {
    const small = { claims: { cpu: 40 * MIB }, mappedBytes: 0 };
    const plans = [
      planOf("s1", small),
      planOf("s2", small),
      planOf("big"),
      planOf("new", { claims: { cpu: 80 * MIB } }),
    ];
    const scene = new Scene({ cpu: 180 * MIB }, plans);
    for (const key of ["s1", "s2", "big"]) scene.use(key);
    for (let use = 0; use < 5; use += 1) scene.use("big");
    scene.pass(OLD_MS);
    scene.request("new");
    expect(scene.done().slice(3)).toEqual(["unload big"]);
  });

  it("keeps what is used often and is slow to load, by requests × load time / bytes", () => {
    const scene = new Scene({ cpu: 210 * MIB }, [planOf("slow"), planOf("quick"), planOf("new")]);
    scene.use("slow", 9_000);
    scene.use("quick", 500);
    scene.use("slow");
    scene.pass(OLD_MS);
    scene.request("new");
    expect(scene.done().at(-1)).toBe("unload quick");
  });

  it("takes several when no single one suffices, and none that is not needed", () => {
    const third = { claims: { cpu: 60 * MIB }, mappedBytes: 0 };
    const plans = ["x", "y", "z"].map((key) => planOf(key, third));
    const scene = new Scene({ cpu: 200 * MIB }, [...plans, planOf("new", { claims: { cpu: 130 * MIB } })]);
    for (const { key } of plans) scene.use(key);
    scene.pass(OLD_MS);
    scene.request("new");
    expect(scene.done().filter((done) => done.startsWith("unload"))).toHaveLength(2);
  });

  it("goes back to its place when the one that it makes room for is not wanted any more", () => {
    const scene = oneOfTwo();
    scene.request("a");
    const stranded = scene.request("b");
    scene.pass(31_000);
    expect(scene.kindOf("a")).toBe("draining");
    const late = scene.request("a");
    expect(scene.isGranted(late)).toBe(false);
    scene.send({ kind: "abandoned", key: "b", waiterId: stranded });
    expect(scene.kindOf("a")).toBe("ready");
    expect(scene.isGranted(late)).toBe(true);
  });

  it("lets two busy models take turns where a request has nowhere else to go, and finishes what runs first", () => {
    const scene = oneOfTwo();
    scene.request("a");
    const stranded = scene.request("b");
    scene.pass(29_000);
    expect(scene.kindOf("a")).toBe("ready");
    scene.pass(2_000);
    expect(scene.kindOf("a")).toBe("draining");
    expect(scene.done()).toEqual(["load a"]);
    scene.release("a");
    scene.gone("a");
    expect(scene.done()).toEqual(["load a", "unload a", "load b"]);
    expect(scene.isGranted(stranded)).toBe(true);
  });
});

describe("a request that has another endpoint", () => {
  it("goes there when the swap takes longer than it saves, and the reason says so", () => {
    const scene = oneOfTwo();
    const bursting = scene.request("b", { savedMs: 300 });
    expect(scene.refusalOf(bursting)).toMatch(
      /^no_room_for_model: exchanging models takes \d+\.\d s, more than it saves$/,
    );
    expect(scene.kindOf("a")).toBe("ready");
    expect(scene.state.counts.refusedSwaps).toBe(1);
  });

  it("is worth a swap together with the others who wait, or who went elsewhere lately", () => {
    const scene = oneOfTwo();
    scene.send({ kind: "requested", key: "b", waiter: { id: 100, sinceMs: scene.nowMs, savedMs: 1_000 } });
    scene.send({ kind: "requested", key: "b", waiter: { id: 101, sinceMs: scene.nowMs, savedMs: 1_000 } });
    scene.look();
    expect(scene.done()).toEqual(["load a", "unload a"]);
    const rented = oneOfTwo();
    rented.request("b", { savedMs: 900 });
    expect(rented.done()).toEqual(["load a"]);
    rented.request("b", { savedMs: 900 });
    expect(rented.done()).toEqual(["load a", "unload a"]);
  });

  it("goes there while the models in memory are busy or young, and while another load would take longer", () => {
    const busy = oneOfTwo();
    busy.request("a");
    expect(busy.refusalOf(busy.request("b", { savedMs: 60_000 }))).toMatch(/answering requests: a$/);
    const young = new Scene(ONE, [planOf("a"), planOf("b")]);
    young.use("a");
    expect(young.refusalOf(young.request("b", { savedMs: 60_000 }))).toMatch(/loaded a moment ago: a$/);
    const loading = new Scene(TWO, [planOf("a"), planOf("b")]);
    loading.request("a");
    expect(loading.refusalOf(loading.request("b", { savedMs: 100 }))).toMatch(/a is being loaded$/);
  });
});

describe("a load that fails", () => {
  const failure = { problem: "the file is no model", outOfMemory: false };

  it("is not tried again for 1, 5 and 30 minutes, and requests hear why at once", () => {
    const scene = new Scene(TWO, [planOf("a")]);
    for (const delayMs of [...LOAD_RETRY_MS, 30 * 60_000]) {
      scene.request("a");
      expect(scene.kindOf("a")).toBe("loading");
      scene.send({ kind: "failed", key: "a", ...failure });
      scene.release("a");
      scene.pass(delayMs - 1);
      expect(scene.refusalOf(scene.request("a"))).toBe("worker_start_failed: the file is no model");
      scene.pass(1);
    }
    expect(scene.done()).toEqual(["load a", "load a", "load a", "load a"]);
    expect(scene.find("a").held).toEqual({});
  });

  it("gives its memory back, so that another model can be loaded", () => {
    const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
    scene.request("a");
    scene.request("b");
    scene.send({ kind: "failed", key: "a", ...failure });
    scene.look();
    expect(scene.done()).toEqual(["load a", "load b"]);
  });

  it("is tried again for a pinned model although nobody asks", () => {
    const scene = new Scene(TWO, [pinned(planOf("a"))]);
    scene.send({ kind: "wanted", key: "a" });
    scene.look();
    scene.send({ kind: "failed", key: "a", ...failure });
    scene.pass(59_000);
    expect(scene.done()).toEqual(["load a"]);
    scene.pass(1_000);
    expect(scene.done()).toEqual(["load a", "load a"]);
  });

  it("for want of memory is tried at once with fewer slots, then with idle models gone, and only then later", () => {
    const scene = new Scene({ cpu: 240 * MIB }, [planOf("idle"), planOf("a")]);
    scene.use("idle");
    scene.pass(OLD_MS);
    scene.request("a");
    const slots = () =>
      scene.effects.flatMap((effect) => (effect.kind === "load" && effect.key === "a" ? [effect.slots] : []));
    const fail = (): void => {
      scene.send({ kind: "failed", key: "a", problem: "out of memory", outOfMemory: true });
      scene.look();
    };
    fail();
    expect(slots()).toEqual([2, 1]);
    fail();
    expect(scene.kindOf("idle")).toBe("unloading");
    scene.gone("idle");
    expect(slots()).toEqual([2, 1, 1]);
    fail();
    expect(scene.kindOf("a")).toBe("failed");
    expect(slots()).toEqual([2, 1, 1]);
  });

  it("of a worker that the kernel killed for memory is no reason to try the same again", () => {
    const scene = new Scene(TWO, [planOf("a")]);
    scene.request("a");
    scene.send({ kind: "crashed", key: "a", problem: "the kernel killed it", outOfMemory: true });
    expect(scene.effects).toContainEqual({ kind: "give-up", key: "a" });
    scene.look();
    expect(scene.effects.findLast(({ kind }) => kind === "load")).toEqual({ kind: "load", key: "a", slots: 1 });
  });
});

describe("a model in memory", () => {
  it("leaves after its time without a request, and never while it has one", () => {
    const scene = new Scene(TWO, [planOf("a", { keepLoadedMs: 5_000 })]);
    scene.use("a");
    scene.pass(4_000);
    scene.request("a");
    scene.pass(60_000);
    expect(scene.kindOf("a")).toBe("ready");
    scene.release("a");
    scene.pass(4_999);
    expect(scene.kindOf("a")).toBe("ready");
    scene.pass(1);
    expect(scene.done()).toEqual(["load a", "unload a"]);
  });

  it("that is kept for 0 leaves with its last request, and one that is pinned never", () => {
    const scene = new Scene(TWO, [planOf("a", { keepLoadedMs: 0 }), pinned(planOf("p"))]);
    scene.use("p");
    scene.use("a");
    expect(scene.done()).toEqual(["load p", "load a", "unload a"]);
    scene.pass(7 * 24 * 3_600_000);
    expect(scene.kindOf("p")).toBe("ready");
  });

  it("serves a request that comes while it is unloaded for being idle by loading it again", () => {
    const scene = new Scene(TWO, [planOf("a", { keepLoadedMs: 1_000 })]);
    scene.use("a");
    scene.pass(1_000);
    const late = scene.request("a");
    expect([scene.kindOf("a"), scene.isGranted(late)]).toEqual(["unloading", false]);
    scene.gone("a");
    expect(scene.isGranted(late)).toBe(true);
  });

  it("keeps its memory while its process is restarted after a crash", () => {
    const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
    scene.use("a");
    scene.pass(OLD_MS);
    scene.send({ kind: "crashed", key: "a", problem: "it was killed", outOfMemory: false });
    scene.request("b");
    expect(scene.done()).toEqual(["load a"]);
    scene.send({ kind: "ready", key: "a", loadMs: 900 });
    expect(scene.kindOf("a")).toBe("ready");
  });

  it("that dies while it drains is gone, and nothing else is touched", () => {
    const scene = new Scene(TWO, [planOf("a"), planOf("other")]);
    scene.use("a");
    scene.use("other");
    scene.request("a");
    scene.send({ kind: "unload-wanted", key: "a" });
    scene.send({ kind: "crashed", key: "a", problem: "it was killed", outOfMemory: false });
    scene.gone("a");
    scene.release("a");
    expect(scene.find("a")).toMatchObject({ residency: { kind: "cold" }, held: {}, leases: 0 });
    expect(scene.kindOf("other")).toBe("ready");
  });

  it("counts as what it really takes once that is seen, but not as less than its file once it is used", () => {
    const scene = new Scene({ cpu: 1_000 * MIB }, [planOf("a"), planOf("b")]);
    scene.use("a");
    scene.request("b");
    scene.send({ kind: "ready", key: "b" });
    scene.send({ kind: "memory-read", reading: {}, residentBytes: { a: 200 * MIB, b: 10 * MIB } });
    expect(scene.find("a").held).toEqual({ cpu: 210 * MIB });
    expect(scene.find("b").held).toEqual({ cpu: 80 * MIB });
  });
});

describe("the operator", () => {
  it("unloads a model once its requests have ended", () => {
    const scene = new Scene(TWO, [pinned(planOf("a"))]);
    scene.use("a");
    scene.request("a");
    scene.send({ kind: "unload-wanted", key: "a" });
    const late = scene.request("a");
    expect([scene.kindOf("a"), scene.isGranted(late)]).toEqual(["draining", false]);
    scene.release("a");
    expect(scene.done()).toEqual(["load a", "unload a"]);
    scene.gone("a");
    expect(scene.isGranted(late)).toBe(true);
  });

  it("loads a model over one that was just loaded, never over one that is pinned or answers", () => {
    const scene = new Scene(ONE, [planOf("a"), planOf("b")]);
    scene.use("a");
    scene.request("b", { isByHand: true });
    expect(scene.done()).toEqual(["load a", "unload a"]);
    const busy = new Scene(ONE, [planOf("a"), planOf("b")]);
    busy.use("a");
    busy.request("a");
    busy.request("b", { isByHand: true });
    expect(busy.done()).toEqual(["load a"]);
  });

  it("loads a model that had failed without waiting for its time", () => {
    const scene = new Scene(TWO, [planOf("a")]);
    scene.request("a");
    scene.send({ kind: "failed", key: "a", problem: "no file", outOfMemory: false });
    scene.request("a", { isByHand: true });
    expect(scene.done()).toEqual(["load a", "load a"]);
  });

  it("pins a model, and lets it go again", () => {
    const scene = oneOfTwo();
    scene.send({ kind: "keep-changed", key: "a" });
    expect(scene.refusalOf(scene.request("b"))).toMatch(/pinned: a$/);
    scene.send({ kind: "keep-changed", key: "a", keepLoadedMs: 60_000_000 });
    scene.request("b");
    expect(scene.done()).toEqual(["load a", "unload a"]);
  });
});

describe("a GPU's memory", () => {
  const onGpu = { device: "gpu:G", claims: { cpu: 0, "gpu:G": 1_000 * MIB }, mappedBytes: 0 };

  it("leaves alone what other programs hold, and keeps a pad for the driver", () => {
    const total = 4_000 * MIB;
    const judge = (freeBytes: number, foreignBytes: number): string => {
      const scene = new Scene({}, [planOf("g", onGpu)], { "gpu:G": { freeBytes, totalBytes: total, foreignBytes } });
      scene.request("g");
      return scene.kindOf("g");
    };
    expect(judge(1_330 * MIB, 0)).toBe("loading");
    expect(judge(1_310 * MIB, 0)).toBe("cold");
    expect(judge(4_000 * MIB, 2_600 * MIB)).toBe("loading");
    expect(judge(4_000 * MIB, 2_700 * MIB)).toBe("cold");
  });

  it("is not said to be too small where nothing is known about it", () => {
    const scene = new Scene({}, [planOf("g", onGpu)]);
    scene.request("g");
    expect(scene.kindOf("g")).toBe("loading");
  });

  it("has a budget of its own, or the one of every GPU", () => {
    const scene = new Scene({ gpu: 900 * MIB }, [planOf("g", onGpu)]);
    expect(scene.refusalOf(scene.request("g"))).toMatch(/^no_room_for_model/);
    const named = new Scene({ gpu: 900 * MIB, "gpu:G": 1_100 * MIB }, [planOf("g", onGpu)]);
    named.request("g");
    expect(named.kindOf("g")).toBe("loading");
  });
});
