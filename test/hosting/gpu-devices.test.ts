import { describe, expect, it } from "vitest";
import type { GpuFacts } from "../../src/core/hardware.ts";
import { readNvidiaGpus } from "../../src/hardware/nvidia.ts";
import { budgetOf } from "../../src/hosting/fit/memory-budget.ts";
import { devicesOf, usableDevices } from "../../src/hosting/gpu-devices.ts";
import { manyDevices } from "../../src/hosting/worker/many-devices.ts";
import { machineFixture } from "../support/machine-fixture.ts";

const nvidia = async (fixture: string): Promise<readonly GpuFacts[]> =>
  (await readNvidiaGpus(machineFixture(fixture), new AbortController().signal, [])).gpus;

describe("a GPU that is divided", () => {
  it("counts as its slices, each with the memory of its profile, of which nobody knows what is free", async () => {
    const devices = devicesOf(await nvidia("a100-mig"));
    expect(
      devices.map(({ uuid, name, memoryTotalBytes, memoryFreeBytes }) => [
        uuid,
        name,
        memoryTotalBytes,
        memoryFreeBytes,
      ]),
    ).toEqual([
      ["MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f", "NVIDIA A100-SXM4-40GB MIG 3g.20gb", 20e9, undefined],
      ["MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb", "NVIDIA A100-SXM4-40GB MIG 1g.5gb+me", 5e9, undefined],
      [expect.stringMatching(/^GPU-/u), "NVIDIA A100-SXM4-40GB", expect.any(Number), expect.any(Number)],
    ]);
  });

  it("has a budget for each slice under the name that a model is configured with", async () => {
    const { gpus } = budgetOf({ memory: {}, gpus: await nvidia("a100-mig") });
    expect(gpus.map(({ key }) => key.slice(0, 8))).toEqual(["gpu:MIG-", "gpu:MIG-", "gpu:GPU-"]);
  });

  it("has slices of unknown size where the tool names no profile", () => {
    const gpu: GpuFacts = { vendor: "nvidia", uuid: "GPU-1", unifiedMemory: false, migInstances: [{ uuid: "MIG-1" }] };
    expect(devicesOf([{ ...gpu, memoryTotalBytes: 1 }])).toEqual([
      { vendor: "nvidia", uuid: "MIG-1", name: "nvidia MIG", unifiedMemory: false, migInstances: [] },
    ]);
  });
});

describe("what an installed build can use", () => {
  it("is one build's devices: CUDA's before Vulkan's, and none of another vendor's", async () => {
    const gpus = await nvidia("h100-pair");
    const amd: GpuFacts = { vendor: "amd", uuid: "GPU-0a", unifiedMemory: false, migInstances: [] };
    expect(usableDevices([...gpus, amd], ["vulkan", "cuda"])).toEqual(gpus);
    expect(usableDevices([amd], ["vulkan", "cuda"])).toEqual([amd]);
    expect(usableDevices([amd], ["cuda", "metal"])).toEqual([]);
  });
});

describe("Vulkan's build, which can't be held to one GPU,", () => {
  const engine = (gpu: "vulkan" | "cuda" | false, names: string[]) => ({ gpu, getGpuDeviceNames: async () => names });

  it("loads no model where it would use several, and says how to show it one", async () => {
    expect(await manyDevices(engine("vulkan", ["RTX A6000", "RTX A6000"]))).toContain(
      "would use 2 GPUs at once (RTX A6000, RTX A6000): set GGML_VK_VISIBLE_DEVICES",
    );
    expect(await manyDevices(engine("vulkan", ["RTX A6000"]))).toBeUndefined();
    expect(await manyDevices(engine("cuda", ["A100", "A100"]))).toBeUndefined();
    expect(await manyDevices(engine(false, []))).toBeUndefined();
  });
});
