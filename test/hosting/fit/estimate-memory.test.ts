import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureLoad } from "../../../scripts/bench/measure-load.ts";
import { contextMemory } from "../../../src/hosting/fit/context-memory.ts";
import { estimateMemory, type LoadPlan } from "../../../src/hosting/fit/estimate-memory.ts";
import type { PresetOptions } from "../../../scripts/build-model/presets.ts";
import { buildTestModel } from "../../support/build-test-model.ts";
import { planOf, shapeOf } from "./shapes.ts";

/** Of what is resident after a load; the bound that docs/fit.md states. */
const MAX_ERROR = 0.1;

const plans = fc.record({
  device: fc.constantFrom("cpu", "gpu"),
  contextTokens: fc.integer({ min: 1, max: 200_000 }),
  sequences: fc.integer({ min: 1, max: 32 }),
  batchTokens: fc.integer({ min: 1, max: 2_048 }),
  scoredTokens: fc.integer({ min: 0, max: 64 }),
  cpuFlags: fc.subarray(["avx2", "amx_int8"]),
}) satisfies fc.Arbitrary<LoadPlan>;

const total = (plan: LoadPlan): number => {
  const { hostBytes, deviceBytes } = estimateMemory(shapeOf({}, { type: "Q4_0" }), plan);
  return hostBytes + deviceBytes;
};

describe("the cache of a context", () => {
  const cache = (header: Parameters<typeof shapeOf>[0], numbers: Record<string, number | readonly number[]> = {}) =>
    contextMemory(shapeOf(header, { numbers }), {
      contextTokens: 8192,
      sequences: 2,
      batchTokens: 128,
      scoredTokens: 34,
    });

  it("keeps a key and a value of every head for each token of each slot in every layer", () => {
    expect(cache({}).cacheBytes).toBe(4 * 8192 * 2 * (32 + 32) * 2 * 2);
  });

  it("keeps no more than the window and a batch in layers with a sliding window", () => {
    const windowed = cache({ architecture: "gemma2", slidingWindowTokens: 1024 });
    expect(windowed.cacheBytes).toBe((2 * 8192 + 2 * 1280) * 2 * 64 * 2 * 2);
  });

  it("counts a window in full for an architecture that does not use it", () => {
    expect(cache({ slidingWindowTokens: 1024 })).toEqual(cache({}));
  });

  it("keeps one compressed row per token where attention is latent", () => {
    const latent = { "attention.kv_lora_rank": 512, "attention.key_length_mla": 192, "rope.dimension_count": 64 };
    expect(cache({}, latent).cacheBytes).toBe(4 * 8192 * 576 * 2 * 2);
  });

  it("keeps a fixed state instead of a cache in recurrent layers, whatever the context", () => {
    const ssm = { "ssm.inner_size": 256, "ssm.state_size": 16, "ssm.conv_kernel": 4, full_attention_interval: 4 };
    const { cacheBytes, stateBytes } = cache({}, ssm);
    expect(cacheBytes).toBe(8192 * 2 * 64 * 2 * 2);
    expect(stateBytes).toBe(3 * (3 * 256 + 16 * 256) * 4 * 2);
  });

  it("is unknown, and says so, without the length of a key", () => {
    const { kvHeads: _, ...header } = shapeOf().header;
    const shape = { ...shapeOf(), header };
    const estimate = estimateMemory(shape, planOf());
    expect(estimate.complete).toBe(false);
    expect(estimate.notes.join()).toContain("unknown");
  });
});

describe("the estimate of a load", () => {
  it("never is negative, and grows with the context and with the slots", () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 10_000 }), (plan, more) => {
        const base = total(plan);
        expect(base).toBeGreaterThan(0);
        expect(total({ ...plan, contextTokens: plan.contextTokens + more })).toBeGreaterThanOrEqual(base);
        expect(total({ ...plan, sequences: plan.sequences + 1 })).toBeGreaterThan(base);
      }),
    );
  });

  it("is the sum of its parts on the CPU", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { parts, residentBytes } = estimateMemory(shapeOf({}, { type: "Q4_0" }), { ...plan, device: "cpu" });
        expect(residentBytes).toBe(Object.values(parts).reduce((sum: number, bytes: number) => sum + bytes, 0));
      }),
    );
  });

  it("counts repacked weights twice as resident, and once as needed", () => {
    const shape = shapeOf({}, { type: "Q4_0", layerBytes: 50_000_000 });
    const plain = estimateMemory(shape, planOf());
    const repacked = estimateMemory(shape, planOf({ cpuFlags: ["avx2"] }));
    expect(repacked.parts.repackedBytes).toBe(50_000_100);
    expect(repacked.hostBytes).toBe(plain.hostBytes);
  });

  it("counts a copy of the token table where it is the output matrix as well", () => {
    const shape = shapeOf({}, { type: "Q4_0", layerBytes: 50_000_000 });
    const tied = { ...shape, parts: shape.parts.map((part) => part.filter(({ name }) => name !== "output.weight")) };
    const copied = (cpuFlags: readonly string[]) => estimateMemory(tied, planOf({ cpuFlags })).parts.repackedBytes;
    expect([copied([]), copied(["avx2"])]).toEqual([0, 50_000_100]);
    const [plain, repacked] = [planOf(), planOf({ cpuFlags: ["avx2"] })].map((plan) => estimateMemory(tied, plan));
    expect((repacked?.hostBytes ?? 0) - (plain?.hostBytes ?? 0)).toBe(100);
  });

  it("leaves the token table in the machine's memory when the model is on a GPU", () => {
    const { parts } = estimateMemory(shapeOf(), planOf({ device: "gpu" }));
    expect(parts.hostWeightBytes).toBe(100);
    expect(parts.weightBytes).toBe(1_000_100);
  });
});

describe.skipIf(process.platform !== "linux")("the estimate beside a real load", () => {
  // Of a tiny model the process itself is nearly everything, and that varies with its garbage collector: bench:fit shows it.
  it.each<{ preset: string; options: PresetOptions; contextTokens: number; slots: number }>([
    { preset: "noise", options: { layers: 64, type: "F32" }, contextTokens: 4096, slots: 2 },
  ])(
    "is within a tenth for $preset $options with $slots slots of $contextTokens tokens, loaded and used",
    async ({ preset, options, contextTokens, slots }) => {
      const modelFile = await buildTestModel(preset, options);
      const { estimate, memory } = await measureLoad({ modelFile, contextTokens, slots, fillTokens: 64 });
      expect(Math.abs(estimate.residentBytes / memory.loaded.residentBytes - 1)).toBeLessThan(MAX_ERROR);
      expect(Math.abs(estimate.residentBytes / memory.used.residentBytes - 1)).toBeLessThan(MAX_ERROR);
    },
    60_000,
  );
});
