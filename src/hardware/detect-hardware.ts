import type { CpuFacts, HardwareProblem, HardwareSnapshot, MemoryFacts } from "../core/hardware.ts";
import { attemptProbe } from "./attempt-probe.ts";
import { readCpuFacts } from "./cpu.ts";
import type { DetectionSetup } from "./detection-setup.ts";
import { readDiskFacts } from "./disk.ts";
import { readGpus } from "./gpus.ts";
import { readMemoryFacts } from "./memory.ts";
import { portableCpuFacts, portableMemoryFacts, readPortableAnswers, type PortableAnswers } from "./portable.ts";
import { systemSources, type HardwareSources } from "./sources.ts";

/** Finds out what this machine is. Never rejects: what could not be found out is absent, and `problems` says why. */
export async function detectHardware(setup: DetectionSetup): Promise<HardwareSnapshot> {
  const { clock, diskPath, sources = systemSources() } = setup;
  const problems: HardwareProblem[] = [];
  const [cpu, memory, disk] = await Promise.all([
    readCpu(setup, sources, problems),
    readMemory(setup, sources, problems),
    diskPath === undefined ? undefined : attemptProbe("disk", clock, problems, () => readDiskFacts(sources, diskPath)),
  ]);
  const gpus = await readGpus(setup, sources, memory ?? {}, problems);
  return {
    takenAtMs: clock.wallMs(),
    platform: sources.platform,
    architecture: sources.architecture,
    cpu,
    memory: memory ?? {},
    gpus,
    ...(disk === undefined ? {} : { disk }),
    problems,
  };
}

/** The machine's memory now; undefined, with a line in `problems`, when it could not be read. */
export async function readMemory(
  setup: DetectionSetup,
  sources: HardwareSources,
  problems: HardwareProblem[],
): Promise<MemoryFacts | undefined> {
  return attemptProbe("memory", setup.clock, problems, async () => {
    const memory =
      sources.platform === "linux" ? await readMemoryFacts(sources) : portableMemoryFacts(await askPortable(setup));
    if (memory.availableBytes === undefined) throw new Error("The available memory could not be read.");
    return memory;
  });
}

async function readCpu(
  setup: DetectionSetup,
  sources: HardwareSources,
  problems: HardwareProblem[],
): Promise<CpuFacts> {
  const cpu = await attemptProbe("cpu", setup.clock, problems, async () =>
    sources.platform === "linux" ? readCpuFacts(sources) : portableCpuFacts(await askPortable(setup)),
  );
  if (cpu !== undefined && cpu.logicalCores === undefined) {
    problems.push({ probe: "cpu", message: "The processors could not be counted." });
  }
  return cpu ?? { flags: [], numaNodes: [], effectiveCores: Math.max(1, sources.availableParallelism) };
}

function askPortable(setup: DetectionSetup): Promise<PortableAnswers> {
  return (setup.readPortable ?? readPortableAnswers)();
}
