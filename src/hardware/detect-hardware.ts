import type { Clock } from "../core/clock.ts";
import type { CpuFacts, GpuFacts, HardwareProblem, HardwareSnapshot, MemoryFacts } from "../core/hardware.ts";
import { readAppleGpus } from "./apple.ts";
import { attemptProbe } from "./attempt-probe.ts";
import { readCpuFacts } from "./cpu.ts";
import { readDiskFacts } from "./disk.ts";
import { readDrmGpus } from "./drm-gpus.ts";
import { readMemoryFacts } from "./memory.ts";
import { readNvidiaGpus, type GpuFindings } from "./nvidia.ts";
import { portableCpuFacts, portableMemoryFacts, readPortableAnswers, type PortableAnswers } from "./portable.ts";
import { systemSources, type HardwareSources } from "./sources.ts";

export interface DetectionSetup {
  readonly clock: Clock;
  /** The folder whose file system is of interest. Absent: no disk is looked at. */
  readonly diskPath?: string;
  /** This appliance's processes, which are not foreign to a device. */
  readonly ownPids?: readonly number[];
  /** Absent: this machine. */
  readonly sources?: HardwareSources;
  /** Absent: systeminformation, asked on systems other than Linux. */
  readonly readPortable?: () => Promise<PortableAnswers>;
}

/** Finds out what this machine is. Never rejects: what could not be found out is absent, and `problems` says why. */
export async function detectHardware(setup: DetectionSetup): Promise<HardwareSnapshot> {
  const { clock, diskPath, sources = systemSources() } = setup;
  const problems: HardwareProblem[] = [];
  const [basics, gpus, disk] = await Promise.all([
    readBasics(setup, sources, problems),
    readGpus(setup, sources, problems),
    diskPath === undefined ? undefined : attemptProbe("disk", clock, problems, () => readDiskFacts(sources, diskPath)),
  ]);
  return {
    takenAtMs: clock.wallMs(),
    platform: sources.platform,
    architecture: sources.architecture,
    cpu: basics.cpu,
    memory: basics.memory,
    gpus: gpus.map((gpu) => shareMemory(gpu, basics.memory)),
    ...(disk === undefined ? {} : { disk }),
    problems: [...problems, ...missingFacts(basics)],
  };
}

/** Refreshes what changes from second to second: free memory of the machine and of its devices. The rest is kept. */
export async function refreshMemory(previous: HardwareSnapshot, setup: DetectionSetup): Promise<HardwareSnapshot> {
  const { clock, sources = systemSources() } = setup;
  const problems: HardwareProblem[] = [];
  const [memory, gpus] = await Promise.all([
    attemptProbe("memory", clock, problems, () => readMemory(setup, sources)),
    previous.gpus.length === 0 ? [] : readGpus(setup, sources, problems),
  ]);
  const { bandwidthBytesPerSecond } = previous.memory;
  const current = { ...memory, ...(bandwidthBytesPerSecond === undefined ? {} : { bandwidthBytesPerSecond }) };
  return {
    ...previous,
    takenAtMs: clock.wallMs(),
    memory: current,
    gpus: gpus.map((gpu) => shareMemory(gpu, current)),
    problems,
  };
}

interface Basics {
  readonly cpu: CpuFacts;
  readonly memory: MemoryFacts;
}

async function readBasics(
  setup: DetectionSetup,
  sources: HardwareSources,
  problems: HardwareProblem[],
): Promise<Basics> {
  const [cpu, memory] = await Promise.all([
    attemptProbe("cpu", setup.clock, problems, async () =>
      sources.platform === "linux" ? readCpuFacts(sources) : portableCpuFacts(await readPortable(setup)),
    ),
    attemptProbe("memory", setup.clock, problems, () => readMemory(setup, sources)),
  ]);
  const unknownCpu = { flags: [], numaNodes: [], effectiveCores: Math.max(1, sources.availableParallelism) };
  return { cpu: cpu ?? unknownCpu, memory: memory ?? {} };
}

async function readMemory(setup: DetectionSetup, sources: HardwareSources): Promise<MemoryFacts> {
  return sources.platform === "linux" ? readMemoryFacts(sources) : portableMemoryFacts(await readPortable(setup));
}

function readPortable(setup: DetectionSetup): Promise<PortableAnswers> {
  return (setup.readPortable ?? readPortableAnswers)();
}

/** Each vendor's devices, whichever of its probes apply to this system. */
async function readGpus(
  { clock, ownPids = [process.pid] }: DetectionSetup,
  sources: HardwareSources,
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
  return found.flatMap((finding) => finding.gpus);
}

/** A device without memory of its own has what the machine has; no device has more free than the machine. */
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

/** Facts that every machine has: that they were not found is worth telling. */
function missingFacts({ cpu, memory }: Basics): readonly HardwareProblem[] {
  return [
    ...(cpu.logicalCores === undefined ? [{ probe: "cpu", message: "The processors could not be counted." }] : []),
    ...(memory.availableBytes === undefined
      ? [{ probe: "memory", message: "The available memory could not be read." }]
      : []),
  ];
}
