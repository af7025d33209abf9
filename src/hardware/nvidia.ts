import type { GpuFacts, HardwareProblem } from "../core/hardware.ts";
import { parseComputeApps, parseGpuList, parseGpuQuery, type NvidiaGpu } from "./nvidia-smi.ts";
import type { CommandOutcome, HardwareSources } from "./sources.ts";

/** What a vendor's probe found: devices, and what it could not find out. */
export interface GpuFindings {
  readonly gpus: readonly GpuFacts[];
  readonly problems: readonly HardwareProblem[];
}

const BASIC_FIELDS = "index,uuid,name,pci.bus_id,driver_version,memory.total,memory.used,memory.free";

/** Fields that older drivers refuse; asked for first, left out on a second try. */
const NEWER_FIELDS = "compute_cap,mig.mode.current";

const CSV = "--format=csv,noheader,nounits";

/**
 * NVIDIA's devices, by `nvidia-smi`. A machine without the tool has no such device, unless the bus says otherwise.
 * Processes in `ownPids` are not counted as foreign.
 * @see https://docs.nvidia.com/deploy/nvidia-smi/
 */
export async function readNvidiaGpus(
  sources: HardwareSources,
  signal: AbortSignal,
  ownPids: readonly number[],
): Promise<GpuFindings> {
  const query = await queryGpus(sources, signal);
  if (query.kind === "not-found") return { gpus: [], problems: await explainMissingTool(sources) };
  const devices = query.exitCode === 0 ? parseGpuQuery(query.stdout) : [];
  if (devices.length === 0) return { gpus: [], problems: [problem(`nvidia-smi found no device: ${firstLine(query)}`)] };
  const [list, apps] = await Promise.all([
    sources.run("nvidia-smi", ["-L"], signal),
    sources.run("nvidia-smi", ["--query-compute-apps=gpu_uuid,pid,used_memory,process_name", CSV], signal),
  ]);
  const migInstances = parseGpuList(stdoutOf(list));
  const processes = parseComputeApps(stdoutOf(apps)).filter(({ pid }) => !ownPids.includes(pid));
  const gpus = devices.map((device): GpuFacts => {
    const { unknownMemory, ...facts } = device;
    const foreign = processes.filter(({ gpuUuid }) => gpuUuid === device.uuid);
    return {
      ...facts,
      vendor: "nvidia",
      unifiedMemory: unknownMemory === "not-supported",
      migInstances: migInstances.get(device.uuid) ?? [],
      ...(apps.kind === "exited" && apps.exitCode === 0
        ? { foreignProcesses: foreign.map(({ gpuUuid: _, ...process }) => process) }
        : {}),
    };
  });
  return { gpus, problems: devices.flatMap(explainMemory) };
}

async function queryGpus(sources: HardwareSources, signal: AbortSignal): Promise<CommandOutcome> {
  const query = (fields: string) => sources.run("nvidia-smi", [`--query-gpu=${fields}`, CSV], signal);
  const full = await query(`${BASIC_FIELDS},${NEWER_FIELDS}`);
  const refused = full.kind === "exited" && /not a valid field/i.test(full.stdout + full.stderr);
  return refused ? query(BASIC_FIELDS) : full;
}

/** PCI classes that compute: display controllers and processing accelerators. @see https://pci-ids.ucw.cz/read/PD */
const COMPUTE_CLASS = /^0x(03|12)/;

const NVIDIA_VENDOR_ID = "0x10de";

const PCI_DIRECTORY = "/sys/bus/pci/devices";

/** Without the tool, a device on the bus means a missing driver. */
async function explainMissingTool(sources: HardwareSources): Promise<readonly HardwareProblem[]> {
  const read = async (busId: string, file: string) =>
    (await sources.readText(`${PCI_DIRECTORY}/${busId}/${file}`))?.trim() ?? "";
  for (const busId of await sources.list(PCI_DIRECTORY)) {
    if ((await read(busId, "vendor")) !== NVIDIA_VENDOR_ID) continue;
    if (!COMPUTE_CLASS.test(await read(busId, "class"))) continue;
    return [problem(`An NVIDIA device is at ${busId}, but nvidia-smi is missing: install the driver to use it.`)];
  }
  return [];
}

/** A total of 0 is a driver's mistake, not a device without memory. @see https://github.com/ollama/ollama/issues/14357 */
function explainMemory(device: NvidiaGpu): readonly HardwareProblem[] {
  if (device.unknownMemory !== "zero") return [];
  return [problem(`nvidia-smi reports no memory at all for ${device.name ?? device.uuid}: update the driver.`)];
}

function stdoutOf(outcome: CommandOutcome): string {
  return outcome.kind === "exited" && outcome.exitCode === 0 ? outcome.stdout : "";
}

function firstLine(outcome: Extract<CommandOutcome, { kind: "exited" }>): string {
  const line = `${outcome.stdout}\n${outcome.stderr}`.trim().split("\n")[0] ?? "";
  return line === "" ? `exit code ${outcome.exitCode}` : line;
}

function problem(message: string): HardwareProblem {
  return { probe: "nvidia", message };
}
