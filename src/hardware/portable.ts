import type { CpuFacts, MemoryFacts } from "../core/hardware.ts";

/** The part of systeminformation's answers that is used. @see https://systeminformation.io/cpu.html */
export interface PortableAnswers {
  readonly cpu: {
    readonly manufacturer: string;
    readonly brand: string;
    readonly cores: number;
    readonly physicalCores: number;
    readonly performanceCores?: number;
    readonly processors: number;
    readonly flags: string;
  };
  readonly memory: { readonly total: number; readonly available: number };
}

/**
 * Asks systeminformation, for systems without Linux's /proc and /sys. It is loaded only there: on Linux it would tell
 * less, because it reads neither control groups nor affinity.
 */
export async function readPortableAnswers(): Promise<PortableAnswers> {
  const { default: systeminformation } = await import("systeminformation");
  const [cpu, memory] = await Promise.all([systeminformation.cpu(), systeminformation.mem()]);
  return { cpu, memory };
}

/** The processors, counted as the system counts them. Efficiency cores do not count as usable. */
export function portableCpuFacts({ cpu }: PortableAnswers): CpuFacts {
  const usable = cpu.performanceCores || cpu.physicalCores || cpu.cores;
  return {
    ...(cpu.manufacturer === "" ? {} : { vendor: cpu.manufacturer }),
    ...(cpu.brand === "" ? {} : { model: cpu.brand }),
    ...(cpu.processors > 0 ? { sockets: cpu.processors } : {}),
    ...(cpu.physicalCores > 0 ? { physicalCores: cpu.physicalCores } : {}),
    ...(cpu.cores > 0 ? { logicalCores: cpu.cores } : {}),
    flags: cpu.flags.split(/\s+/).filter((flag) => flag !== ""),
    numaNodes: [],
    effectiveCores: Math.max(1, usable),
  };
}

/** The memory as the portable library reports it, where no probe of ours knows better. */
export function portableMemoryFacts({ memory }: PortableAnswers): MemoryFacts {
  return {
    ...(memory.total > 0 ? { totalBytes: memory.total } : {}),
    ...(memory.available > 0 ? { availableBytes: memory.available } : {}),
  };
}
