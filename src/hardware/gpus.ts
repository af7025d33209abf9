import type { GpuFacts, HardwareProblem, MemoryFacts } from "../core/hardware.ts";
import { readAppleGpus } from "./apple.ts";
import { attemptProbe } from "./attempt-probe.ts";
import type { DetectionSetup } from "./detection-setup.ts";
import { readDrmGpus } from "./drm-gpus.ts";
import { readNvidiaGpus, type GpuFindings } from "./nvidia.ts";
import type { HardwareSources } from "./sources.ts";

/** Each vendor's devices, by whichever of the probes apply to this system. */
export async function readGpus(
  { clock, ownPids = [process.pid] }: DetectionSetup,
  sources: HardwareSources,
  memory: MemoryFacts,
  problems: HardwareProblem[],
): Promise<readonly GpuFacts[]> {
  const attempt = (probe: string, work: (signal: AbortSignal) => Promise<GpuFindings>) =>
    attemptProbe(probe, clock, problems, work);
  const findings =
    sources.platform === "darwin"
      ? [attempt("apple", (signal) => readAppleGpus(sources, signal))]
      : [
          attempt("nvidia", (signal) => readNvidiaGpus(sources, signal, ownPids)),
          attempt("drm", () => readDrmGpus(sources)),
        ];
  const found = (await Promise.all(findings)).flatMap((finding) => finding ?? []);
  problems.push(...found.flatMap((finding) => finding.problems));
  return found.flatMap((finding) => finding.gpus).map((gpu) => shareMemory(gpu, memory));
}

/** A device without memory of its own has what the machine has; none of them has more free than the machine. */
function shareMemory(gpu: GpuFacts, memory: MemoryFacts): GpuFacts {
  if (!gpu.unifiedMemory) return gpu;
  const total = least(gpu.memoryTotalBytes, memory.limitBytes, memory.totalBytes);
  const free = least(gpu.memoryFreeBytes, memory.availableBytes);
  return {
    ...gpu,
    ...(total === undefined ? {} : { memoryTotalBytes: total }),
    ...(free === undefined ? {} : { memoryFreeBytes: free }),
  };
}

function least(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
