/**
 * What this machine is, as far as it can be found out. Bytes, milliseconds, counts. A fact that was not found is
 * absent; it is never guessed and never 0.
 */
export interface HardwareSnapshot {
  readonly takenAtMs: number;
  readonly platform: string;
  readonly architecture: string;
  readonly cpu: CpuFacts;
  readonly memory: MemoryFacts;
  readonly gpus: readonly GpuFacts[];
  readonly disk?: DiskFacts;
  /** Probes that failed, so that an absent fact can be told from one that does not exist. Empty or absent: none failed. */
  readonly problems?: readonly HardwareProblem[];
}

/** Why a fact could not be found out, and what to do about it; for a person. */
export interface HardwareProblem {
  /** What was looked for: `cpu`, `memory`, `nvidia`, `amd`, `apple`, `disk` … */
  readonly probe: string;
  readonly message: string;
}

/** One physical core. */
export interface CoreFacts {
  /** Its logical CPUs that this process may run on; never empty. */
  readonly cpus: readonly number[];
  /** `efficiency` cores are too slow to share a model's work evenly with the others. */
  readonly kind: "performance" | "efficiency";
}

/** The processors, and how much of them this process may use. */
export interface CpuFacts {
  readonly vendor?: string;
  readonly model?: string;
  readonly sockets?: number;
  readonly physicalCores?: number;
  readonly logicalCores?: number;
  /** Instruction sets that matter to inference, in the kernel's spelling: `avx2`, `avx512f`, `amx_int8` … */
  readonly flags: readonly string[];
  /** The physical cores that this process may run on. Absent: the topology is unknown. */
  readonly cores?: readonly CoreFacts[];
  /** Of one instance of the last-level cache. */
  readonly lastLevelCacheBytes?: number;
  readonly numaNodes: readonly { readonly id: number; readonly cpus: readonly number[] }[];
  /** Logical CPUs that this process may run on. */
  readonly affinity?: readonly number[];
  /** CPU time a second that the cgroup and all its ancestors grant, in cores. Absent: unlimited or unknown. */
  readonly quotaCores?: number;
  /** Whole physical cores that this process can really use: affinity and quota together, at least 1. */
  readonly effectiveCores: number;
}

/** The machine's memory, and how much of it this process may use. */
export interface MemoryFacts {
  readonly totalBytes?: number;
  /** What can be used now without swapping, within the host and every cgroup above this process. */
  readonly availableBytes?: number;
  /** The tightest cgroup limit. Absent: none or unknown. */
  readonly limitBytes?: number;
  /** Measured by a sequential read of a buffer larger than the caches. */
  readonly bandwidthBytesPerSecond?: number;
}

/** One graphics processor, or another accelerator that models can run on. */
export interface GpuFacts {
  readonly vendor: "nvidia" | "amd" | "apple" | "intel" | "other";
  readonly name?: string;
  /** Identifies the device across restarts; MIG instances have their own. */
  readonly uuid?: string;
  readonly index?: number;
  readonly busId?: string;
  readonly driverVersion?: string;
  readonly computeCapability?: string;
  readonly memoryTotalBytes?: number;
  readonly memoryFreeBytes?: number;
  /** The device shares the machine's memory. */
  readonly unifiedMemory: boolean;
  readonly migInstances: readonly { readonly uuid: string; readonly profile?: string }[];
  /** Processes of others that hold memory on the device. */
  readonly foreignProcesses?: readonly { readonly pid: number; readonly usedBytes?: number; readonly name?: string }[];
}

/** The file system that holds `path`. */
export interface DiskFacts {
  readonly path: string;
  readonly totalBytes?: number;
  readonly freeBytes?: number;
}
