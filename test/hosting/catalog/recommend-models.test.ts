import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { GpuFacts, HardwareSnapshot } from "../../../src/core/hardware.ts";
import { fitMachine } from "../../../src/hosting/catalog/fit-machine.ts";
import { loadCatalog } from "../../../src/hosting/catalog/load-catalog.ts";
import { recommendModels } from "../../../src/hosting/catalog/recommend-models.ts";
import type { GpuEngine } from "../../../src/hosting/gpu-devices.ts";

const GIB = 1024 ** 3;
const loaded = loadCatalog(resolve(import.meta.dirname, "../../../models/catalog"));
const ENTRIES = loaded.ok ? loaded.entries : [];

type Machine = Pick<HardwareSnapshot, "gpus" | "memory">;

function machine(memoryGib: number | undefined, gpuGib?: number, bandwidthBytesPerSecond?: number): Machine {
  const gpu = (bytes: number): GpuFacts => ({
    vendor: "nvidia",
    memoryFreeBytes: bytes,
    unifiedMemory: false,
    migInstances: [],
  });
  return {
    memory: {
      ...(memoryGib === undefined ? {} : { availableBytes: memoryGib * GIB }),
      ...(bandwidthBytesPerSecond === undefined ? {} : { bandwidthBytesPerSecond }),
    },
    gpus: gpuGib === undefined ? [] : [gpu(gpuGib * GIB)],
  };
}

function verdictOf(id: string, on: Machine, engines: readonly GpuEngine[] = ["cuda"]): string {
  const entry = ENTRIES.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`no ${id}`);
  return fitMachine(entry, on, engines).verdict;
}

describe("the fit", () => {
  it.each<[string, Machine, string]>([
    ["qwen/qwen3-4b", machine(8), "cpu"],
    ["qwen/qwen3-8b", machine(16), "cpu-slow"],
    ["qwen/qwen3-8b", machine(16, 8), "gpu"],
    ["qwen/qwen3-8b", machine(16, undefined, 200e9), "cpu"],
    ["qwen/qwen3-8b", machine(4), "too-large"],
    ["qwen/qwen3-30b-a3b", machine(32), "cpu"],
    ["openai/gpt-oss-120b", machine(32, 24), "too-large"],
    ["openai/gpt-oss-120b", machine(32, 80), "gpu"],
    ["qwen/qwen3-4b", machine(undefined), "unknown"],
    ["ibm-granite/granite-4.0-micro", machine(64), "unknown"],
    ["nomic-ai/nomic-embed-text-v1.5", machine(0.5), "cpu"],
  ])("of %s is what memory and speed allow", (id, on, verdict) => {
    expect(verdictOf(id, on)).toBe(verdict);
  });

  it("counts a GPU only when the engine can use it", () => {
    expect(verdictOf("qwen/qwen3-8b", machine(16, 24), [])).toBe("cpu-slow");
  });
});

describe("recommendations", () => {
  it.each([
    ["a small CPU", machine(4)],
    ["a CPU with much memory", machine(64)],
    ["an 8 GB GPU", machine(32, 8)],
    ["an 80 GB GPU", machine(256, 80)],
  ])("for %s are at most three different models that fit and are quick enough there", (_what, on) => {
    const found = recommendModels(ENTRIES, on, ["cuda"]);
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThanOrEqual(3);
    expect(new Set(found.map(({ entry }) => entry.id)).size).toBe(found.length);
    for (const { entry, device } of found) expect(fitMachine(entry, on, ["cuda"]).verdict).toBe(device);
    expect(found.at(-1)?.entry.workloads).toEqual(["embedding"]);
  });

  it("put the better answers on the better machine", () => {
    const [small] = recommendModels(ENTRIES, machine(6), ["cuda"]);
    const [large] = recommendModels(ENTRIES, machine(256, 80), ["cuda"]);
    expect(large?.entry.quality.value ?? 0).toBeGreaterThan(small?.entry.quality.value ?? 1);
  });

  it("are none where nothing fits or nothing is known", () => {
    expect(recommendModels(ENTRIES, machine(0.1), ["cuda"])).toEqual([]);
    expect(recommendModels(ENTRIES, machine(undefined), ["cuda"])).toEqual([]);
  });
});
