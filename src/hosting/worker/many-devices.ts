import type { Llama } from "node-llama-cpp";

/**
 * Why a model must not be loaded with Vulkan's build: it numbers GPUs in an order of its own and knows no UUID, so that of
 * several all would be used, in memory that nobody has set aside.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-vulkan/ggml-vulkan.cpp (GGML_VK_VISIBLE_DEVICES)
 */
export async function manyDevices(llama: Pick<Llama, "gpu" | "getGpuDeviceNames">): Promise<string | undefined> {
  const names = llama.gpu === "vulkan" ? await llama.getGpuDeviceNames() : [];
  if (names.length < 2) return undefined;
  return `The engine's Vulkan build would use ${names.length} GPUs at once (${names.join(", ")}): set GGML_VK_VISIBLE_DEVICES to the number of one of them for the box, or install the CUDA build`;
}
