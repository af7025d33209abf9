/** What `/proc/cpuinfo` tells about the machine's processors. */
export interface CpuinfoFacts {
  readonly vendor?: string;
  readonly model?: string;
  /** Processors listed. */
  readonly logicalCores: number;
  readonly sockets?: number;
  readonly physicalCores?: number;
  readonly flags: readonly string[];
}

/** Instruction sets that llama.cpp's CPU backends choose by, in the kernel's spelling: x86 first, then Arm. */
const INFERENCE_FLAGS = new Set(
  (
    "sse4_2 avx avx2 fma f16c bmi2 avx_vnni avx512f avx512bw avx512dq avx512vl avx512_vnni avx512_bf16 avx512_fp16 " +
    "avx512_vbmi amx_tile amx_int8 amx_bf16 asimd asimdhp asimddp sve sve2 i8mm bf16 svei8mm svebf16 sme sme2"
  ).split(" "),
);

/** Arm's registered implementers. @see https://developer.arm.com/documentation/ddi0601/latest (MIDR_EL1) */
const ARM_IMPLEMENTERS: Readonly<Record<string, string>> = {
  "0x41": "ARM",
  "0x43": "Cavium",
  "0x46": "Fujitsu",
  "0x48": "HiSilicon",
  "0x4e": "NVIDIA",
  "0x51": "Qualcomm",
  "0x61": "Apple",
  "0x6d": "Microsoft",
  "0xc0": "Ampere",
};

/** Part numbers of the cores found in servers and boards that run models. @see https://github.com/util-linux/util-linux/blob/master/sys-utils/lscpu-arm.c */
const ARM_PARTS: Readonly<Record<string, string>> = {
  "0x41:0xd08": "Cortex-A72",
  "0x41:0xd0b": "Cortex-A76",
  "0x41:0xd0c": "Neoverse-N1",
  "0x41:0xd40": "Neoverse-V1",
  "0x41:0xd42": "Cortex-A78AE",
  "0x41:0xd49": "Neoverse-N2",
  "0x41:0xd4f": "Neoverse-V2",
  "0x41:0xd83": "Neoverse-V3",
  "0x41:0xd84": "Neoverse-V3",
  "0x41:0xd85": "Cortex-X925",
  "0x41:0xd87": "Cortex-A725",
  "0x41:0xd8e": "Neoverse-N3",
  "0xc0:0xac3": "Ampere-1",
  "0xc0:0xac4": "Ampere-1a",
};

/**
 * Reads `/proc/cpuinfo` of x86 and Arm kernels. Sockets and cores are counted only where the kernel numbers them
 * (`physical id`, `core id`); a virtual machine's numbers are the hypervisor's.
 */
export function parseCpuinfo(text: string): CpuinfoFacts {
  const processors = text
    .split(/\n\s*\n/)
    .map(parseFields)
    .filter((fields) => fields.has("processor"));
  const first = processors[0] ?? new Map<string, string>();
  const sockets = distinct(processors, (fields) => fields.get("physical id"));
  const cores = distinct(processors, (fields) => {
    const [socket, core] = [fields.get("physical id"), fields.get("core id")];
    return socket === undefined || core === undefined ? undefined : `${socket}:${core}`;
  });
  const vendor = first.get("vendor_id") ?? implementerName(first.get("CPU implementer"));
  const model = first.get("model name") ?? armModel(processors);
  return {
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    logicalCores: processors.length,
    ...(sockets === undefined ? {} : { sockets }),
    ...(cores === undefined ? {} : { physicalCores: cores }),
    flags: (first.get("flags") ?? first.get("Features") ?? "").split(/\s+/).filter((flag) => INFERENCE_FLAGS.has(flag)),
  };
}

function parseFields(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).trim();
    if (colon > 0 && value !== "") fields.set(line.slice(0, colon).trim(), value);
  }
  return fields;
}

/** How many different values there are; undefined as soon as one processor has none. */
function distinct(
  processors: readonly ReadonlyMap<string, string>[],
  valueOf: (fields: ReadonlyMap<string, string>) => string | undefined,
): number | undefined {
  const values = processors.map(valueOf);
  return values.length === 0 || values.includes(undefined) ? undefined : new Set(values).size;
}

function implementerName(implementer: string | undefined): string | undefined {
  return implementer === undefined ? undefined : (ARM_IMPLEMENTERS[implementer] ?? implementer);
}

/** `Cortex-X925 + Cortex-A725`: an Arm kernel gives part numbers in place of a name, and clusters may differ. */
function armModel(processors: readonly ReadonlyMap<string, string>[]): string | undefined {
  const parts = new Set<string>();
  for (const fields of processors) {
    const [implementer, part] = [fields.get("CPU implementer"), fields.get("CPU part")];
    if (implementer === undefined || part === undefined) continue;
    parts.add(ARM_PARTS[`${implementer}:${part}`] ?? `part ${part}`);
  }
  return parts.size === 0 ? undefined : [...parts].join(" + ");
}
