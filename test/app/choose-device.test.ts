import { describe, expect, it } from "vitest";
import { chooseDevice } from "../../src/app/choose-device.ts";
import type { GpuFacts } from "../../src/core/hardware.ts";

const GIB = 1024 ** 3;

function gpu(uuid: string, freeGib: number, changes: Partial<GpuFacts> = {}): GpuFacts {
  const memory = { memoryTotalBytes: freeGib * GIB, memoryFreeBytes: freeGib * GIB };
  return { vendor: "nvidia", uuid, unifiedMemory: false, migInstances: [], ...memory, ...changes };
}

/** A processor's own unit, which counts the machine's memory as its own. */
const INTEGRATED = gpu("GPU-0a", 60, { vendor: "amd", unifiedMemory: true });
const CARD = gpu("GPU-5d5b", 24);
const DIVIDED = gpu("GPU-d1", 80, {
  name: "NVIDIA H100",
  migInstances: [
    { uuid: "MIG-1", profile: "1g.10gb" },
    { uuid: "MIG-2", profile: "3g.40gb" },
  ],
});

const choose = (wanted: string, gpus: readonly GpuFacts[], engines: Parameters<typeof chooseDevice>[3] = ["cuda"]) =>
  chooseDevice(wanted, ({ memoryFreeBytes = 0 }) => memoryFreeBytes > 8 * GIB, { gpus }, engines);

const on = (uuid: string) => ({ ok: true, device: { kind: "gpu", uuid } });
const onCpu = { ok: true, device: { kind: "cpu" } };

describe("the device of a model", () => {
  it("is of those that the installed build can use, however much another has free", () => {
    expect(choose("auto", [INTEGRATED, CARD])).toEqual(on("GPU-5d5b"));
    expect(choose("auto", [INTEGRATED])).toEqual(onCpu);
    expect(choose("auto", [INTEGRATED], ["vulkan"])).toEqual(on("GPU-0a"));
    expect(choose("auto", [CARD], [])).toEqual(onCpu);
  });

  it("is a card rather than a processor's own unit with Vulkan, which leaves the latter alone then", () => {
    expect(choose("auto", [INTEGRATED, CARD], ["vulkan"])).toEqual(on("GPU-5d5b"));
    expect(choose("gpu:GPU-0a", [INTEGRATED, CARD], ["vulkan"])).toEqual({
      ok: false,
      problem: "the installed build of the engine (vulkan) does not use GPU GPU-0a",
    });
  });

  it("is the GPU with the most free memory that the model fits, and the CPU without one", () => {
    expect(choose("auto", [gpu("GPU-a", 4), gpu("GPU-b", 16), CARD])).toEqual(on("GPU-5d5b"));
    expect(choose("auto", [gpu("GPU-a", 4)])).toEqual(onCpu);
  });

  it("is never a divided GPU as a whole, and a slice where it is named", () => {
    expect(choose("auto", [DIVIDED])).toEqual(onCpu);
    expect(choose("gpu:MIG-2", [DIVIDED])).toEqual(on("MIG-2"));
    expect(choose("gpu:GPU-d1", [DIVIDED])).toEqual({
      ok: false,
      problem: "GPU GPU-d1 is divided: name one of its slices, gpu:MIG-1 or gpu:MIG-2",
    });
  });

  it.each<[string, readonly GpuFacts[], Parameters<typeof chooseDevice>[3], string]>([
    ["gpu", [CARD], [], "the engine's GPU build is not installed: `scripts/signalbox engines install cuda`"],
    ["gpu", [], ["cuda"], "no GPU was detected: `signalbox hardware` shows what was"],
    ["gpu:GPU-none", [CARD], ["cuda"], "there is no GPU GPU-none: `signalbox hardware` lists the ones there are"],
    [
      "gpu",
      [INTEGRATED],
      ["cuda"],
      "the installed build of the engine (cuda) can use none of the GPUs here: `signalbox hardware` lists them",
    ],
  ])("that can't be had is refused with what is missing: %s", (wanted, gpus, engines, problem) => {
    expect(choose(wanted, gpus, engines)).toEqual({ ok: false, problem });
  });
});
