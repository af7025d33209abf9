import type { HardwareSnapshot } from "../../core/hardware.ts";
import { defaultQuantizationOf, sizeOfQuantization, type CatalogEntry } from "./catalog-schema.ts";
import { usableDevices, type GpuEngine } from "../gpu-devices.ts";

/** What the engine needs beside the weights, as a share of them: compute buffers, and weights that are repacked. */
const WEIGHTS_FACTOR = 1.15;
/** The engine itself, and the context of a few thousand tokens of a model of a usual shape. */
const CONTEXT_BYTES = 1024 ** 3;
/** Of an embedding model's or reranker's context less is kept. */
const SMALL_CONTEXT_BYTES = 256 * 1024 ** 2;
/**
 * Bytes of weights that a CPU may have to read for each token: at the 40 GB/s of two memory channels this is ten tokens
 * a second, about as fast as a person reads.
 */
const CPU_BYTES_PER_TOKEN = 4_000_000_000;
/** The rate below which a CPU is too slow for a person who waits, in tokens a second. */
const READABLE_TOKENS_PER_SECOND = 10;

/** Whether a model fits a machine, by a rough estimate. `unknown`: its size or the machine's memory is. */
export interface Fit {
  readonly verdict: "gpu" | "cpu" | "cpu-slow" | "too-large" | "unknown";
  /** Estimated need in bytes. */
  readonly neededBytes?: number;
}

/**
 * Where the default quantization of an entry could run. Rough by design: the file's size with a share for buffers and a
 * fixed amount for the context, against the memory that is free now. A load measures what is really needed.
 * @param engines the engine's builds for GPUs that are installed
 */
export function fitMachine(
  entry: CatalogEntry,
  hardware: Pick<HardwareSnapshot, "gpus" | "memory">,
  engines: readonly GpuEngine[],
): Fit {
  const fileBytes = sizeOfQuantization(defaultQuantizationOf(entry));
  if (fileBytes === undefined) return { verdict: "unknown" };
  const isSmall = entry.workloads.every((workload) => workload === "embedding" || workload === "rerank");
  const neededBytes = Math.round(fileBytes * WEIGHTS_FACTOR) + (isSmall ? SMALL_CONTEXT_BYTES : CONTEXT_BYTES);
  const usable = usableDevices(hardware.gpus, engines);
  const gpuBytes = Math.max(0, ...usable.map(({ memoryFreeBytes = 0 }) => memoryFreeBytes));
  if (neededBytes <= gpuBytes) return { verdict: "gpu", neededBytes };
  const { availableBytes, bandwidthBytesPerSecond } = hardware.memory;
  if (availableBytes === undefined) return { verdict: "unknown", neededBytes };
  if (neededBytes > availableBytes) return { verdict: "too-large", neededBytes };
  const { total, active = total } = entry.parameters;
  const bytesPerToken = fileBytes * (active / total);
  const limit =
    bandwidthBytesPerSecond === undefined ? CPU_BYTES_PER_TOKEN : bandwidthBytesPerSecond / READABLE_TOKENS_PER_SECOND;
  return { verdict: bytesPerToken <= limit ? "cpu" : "cpu-slow", neededBytes };
}
