import { isDeepStrictEqual } from "node:util";
import type { ApplianceConfig, HostedModelConfig } from "../config/appliance-schema.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { detectHardware } from "../hardware/detect-hardware.ts";
import type { WorkerFence } from "../hosting/fence/worker-fence.ts";
import { readMeasurements } from "../hosting/fit/corrections.ts";
import { learnMemory } from "../hosting/fit/learn-memory.ts";
import { budgetOf, within, withReleased } from "../hosting/fit/memory-budget.ts";
import { PREFILL_CHUNK_TOKENS } from "../hosting/context-plan.ts";
import { planThreads, type ThreadPlan } from "../hosting/plan-threads.ts";
import { mostTogether } from "../hosting/placement/core-shares.ts";
import type { ModelPlacement } from "../hosting/placement/model-placement.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { HostingOptions, WorkerLog } from "../hosting/supervisor/hosted-model.ts";
import { stateCacheShare } from "../hosting/state-cache-share.ts";
import { createLocalModel } from "../hosting/supervisor/local-model.ts";
import type { RunDirectory } from "../hosting/supervisor/run-directory.ts";
import type { ModelCalibration, SpeedKey } from "./calibrate-models.ts";
import { gpuEnginesIn, inOneText } from "./choose-device.ts";
import { describeHostedModel } from "./describe-endpoints.ts";
import { isolationOf, lackOfIsolation, raiseFence } from "./fence-models.ts";
import { ModelPlacer, type Placement } from "./place-model.ts";
import { readModelFile, type ReadModelFile } from "./read-model-file.ts";
import type { GpuEngine } from "../hosting/gpu-devices.ts";

/** Requests that a worker holds beyond its slots; the queue proper is the gateway's. */
const WORKER_QUEUE_LIMIT = 1;

/** A configured model that has a worker. */
export interface Hosted {
  readonly kind: "hosted";
  readonly config: HostedModelConfig;
  readonly facts: EndpointFacts;
  readonly model: PlacedModel;
  /** The file and the device that its worker was made with. */
  readonly read: UsableFile;
  readonly device: HostingOptions["device"];
  /** Whose speed it is; absent where the file can't be told from others. */
  readonly speedKey?: SpeedKey;
}

/** A configured model: hosted, or the facts that say why it can't be. */
export type HostedOrExcluded =
  | Hosted
  | { readonly kind: "excluded"; readonly config: HostedModelConfig; readonly facts: EndpointFacts };

type UsableFile = Extract<ReadModelFile, { ok: true }>;

/** What models can run on. */
export interface Machine {
  readonly hardware: HardwareSnapshot;
  readonly gpuEngines: readonly GpuEngine[];
}

/** Looks at the machine that this process runs on. */
export async function lookAtMachine(dataDir: string, installFolder: string, clock: Clock): Promise<Machine> {
  return {
    hardware: await detectHardware({ clock, diskPath: dataDir }),
    gpuEngines: gpuEnginesIn(installFolder),
  };
}

/** What workers are supervised with. */
export interface HostingPorts {
  readonly dataDir: string;
  /** Looks at the machine; asked only when a worker has to be planned. */
  readonly lookAtMachine: () => Promise<Machine>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WorkerLog;
  readonly runDirectory: RunDirectory;
  readonly countOomKills?: () => Promise<number | undefined>;
  /** Measures how fast models are. Absent: nobody does. */
  readonly calibration?: Pick<ModelCalibration, "follow">;
  /** Lets models into memory and out of it, also across configurations. */
  readonly placement: ModelPlacement;
}

/** A model on its way to a worker: with the one that it had, or with what a new one would be made from. */
type Prepared =
  | { readonly kind: "kept"; readonly config: HostedModelConfig; readonly before: Hosted }
  | {
      readonly kind: "new";
      readonly config: HostedModelConfig;
      readonly read: ReadModelFile;
      readonly placement: Placement;
    };

/**
 * Prepares a worker for every configured model and shares the cores out among those that run on the CPU. Starts none. A
 * model keeps its worker of `previous`, with its threads, unless its entry asks for another one.
 */
export async function hostModels(
  config: Pick<ApplianceConfig, "models" | "box">,
  ports: HostingPorts,
  previous: readonly HostedOrExcluded[] = [],
): Promise<readonly HostedOrExcluded[]> {
  const workers = new Map(previous.flatMap((one) => (one.kind === "hosted" ? [[one.config.id, one] as const] : [])));
  let machine: Promise<Machine> | undefined;
  const lookOnce = (): Promise<Machine> => (machine ??= ports.lookAtMachine());
  const keeps = (model: HostedModelConfig): boolean => isSameWorker(workers.get(model.id)?.config, model);
  const isPlanned = !config.models.every(keeps);
  const leaving = [...workers.values()].filter(
    ({ config: { id } }) => !config.models.some((m) => m.id === id && keeps(m)),
  );
  const kept = [...workers.values()].filter((one) => !leaving.includes(one));
  const placer = isPlanned
    ? await openPlacer(await lookOnce(), ports.dataDir, { leaving, kept }, config.box)
    : undefined;
  const placed = new Map<string, Prepared>();
  // One after the other, the pinned ones first: each takes its memory out of what is left for the next.
  for (const model of config.models.toSorted((a, b) => Number(isPinned(b)) - Number(isPinned(a))))
    placed.set(model.id, await prepare(model, workers.get(model.id), keeps(model), placer, config.box, ports.dataDir));
  const prepared = config.models.flatMap(({ id }) => placed.get(id) ?? []);
  const onCpu = prepared.filter(isOnCpu);
  const shares =
    placer === undefined ? [] : planThreads((await lookOnce()).hardware.cpu, countTogether(onCpu, placer.hostBytes));
  const fence = isPlanned && config.box.isolation !== "off" ? await raiseFence(ports.log) : undefined;
  const stateCacheBytes = stateCacheShare(placer?.leftBesidePinnedBytes, prepared.length);
  const fenced = { ...ports, stateCacheBytes, ...(fence === undefined ? {} : { fence }) };
  return prepared.map((one) => host(one, isOnCpu(one) ? shares : [], config.box, fenced));
}

/** The cores are shared out among as many models as fit into memory together; the others are not loaded then. */
function countTogether(onCpu: readonly Prepared[], freeBytes: number | undefined): number {
  const bytesOf = (one: Prepared): number => {
    const claims =
      one.kind === "kept" ? one.before.model.state().placement?.claimedBytes : one.placement.memory?.claims;
    return claims?.["cpu"] ?? 0;
  };
  const [pinned, shared] = [true, false].map((is) =>
    onCpu.filter(({ config }) => isPinned(config) === is).map(bytesOf),
  );
  return mostTogether(pinned ?? [], shared ?? [], freeBytes);
}

/** Whether two entries of one model are served by the same worker: what else they say is for routing alone. */
function isSameWorker(before: HostedModelConfig | undefined, after: HostedModelConfig): boolean {
  return before !== undefined && isDeepStrictEqual(workerSettings(before), workerSettings(after));
}

function workerSettings({ file, device, slots, threads, contextTokens }: HostedModelConfig): unknown {
  return { file, device, slots, threads, contextTokens };
}

function isPinned({ keepLoaded }: HostedModelConfig): boolean {
  return keepLoaded === "pinned";
}

/**
 * What is free now, with what the workers that are about to end will give back; and what is free beside pinned models
 * alone, with what the others give back when their turn is over.
 */
async function openPlacer(
  machine: Machine,
  dataDir: string,
  workers: { readonly leaving: readonly Hosted[]; readonly kept: readonly Hosted[] },
  { memory: budgets }: ApplianceConfig["box"],
): Promise<ModelPlacer> {
  const residentBytes = (some: readonly Hosted[]): number =>
    some.reduce((sum, { model }) => sum + (model.live().residentBytes ?? 0), 0);
  const [pinned, movable] = [true, false].map((is) => workers.kept.filter(({ config }) => isPinned(config) === is));
  const held = (pool: string): number =>
    (pinned ?? []).reduce((sum, { model }) => sum + (model.state().placement?.heldBytes[pool] ?? 0), 0);
  const free = withReleased(budgetOf(machine.hardware), residentBytes(workers.leaving));
  return new ModelPlacer({
    ...machine,
    measurements: await readMeasurements(dataDir),
    budget: within(free, budgets, held),
    sharedBudget: within(withReleased(free, residentBytes(movable ?? [])), budgets, held),
  });
}

async function prepare(
  config: HostedModelConfig,
  before: Hosted | undefined,
  keeps: boolean,
  placer: ModelPlacer | undefined,
  box: ApplianceConfig["box"],
  dataDir: string,
): Promise<Prepared> {
  const place = async (read: UsableFile): Promise<Placement> => {
    const { contextTokens = 0, slots } = describeHostedModel(config, read, "cpu", box);
    // A model that had a device keeps it: the memory that its old worker still holds must not drive it away.
    const isSame = before?.config.file === config.file && before.config.device === config.device;
    const kept = isSame ? { keptDevice: before.device } : {};
    const { device } = config;
    const isShared = !isPinned(config);
    if (placer === undefined) throw new Error("A worker is planned without a look at the machine.");
    return await placer.place({ file: read.file, device, contextTokens, slots, isShared, ...kept });
  };
  if (before !== undefined && keeps) {
    // What it will take is not among the used memory yet.
    if (placer !== undefined && before.model.live().residentBytes === undefined) await place(before.read);
    return { kind: "kept", config, before };
  }
  const read = await readModelFile(dataDir, config.file);
  const placement: Placement = read.ok ? await place(read) : { chosen: { ok: false, problem: read.problem } };
  return { kind: "new", config, read, placement };
}

function isOnCpu(one: Prepared): boolean {
  if (one.kind === "kept") return one.before.device.kind === "cpu";
  return one.placement.chosen.ok && one.placement.chosen.device.kind === "cpu";
}

function host(
  prepared: Prepared,
  shares: readonly ThreadPlan[],
  box: ApplianceConfig["box"],
  ports: HostingPorts & { readonly stateCacheBytes: number; readonly fence?: WorkerFence },
): HostedOrExcluded {
  const { config } = prepared;
  if (prepared.kind === "kept") {
    const { before } = prepared;
    return { ...before, config, facts: describeHostedModel(config, before.read, before.device.kind, box) };
  }
  const { read, placement } = prepared;
  const { chosen, learnAs, memory } = placement;
  const facts = describeHostedModel(config, read, chosen.ok ? chosen.device.kind : "gpu", box);
  if (!read.ok || !chosen.ok) return { kind: "excluded", config, facts: excluded(facts, chosen) };
  const { stateCacheBytes } = ports;
  const options = { ...hostingOptions(config, facts, read.file, chosen.device), stateCacheBytes };
  const isolation = isolationOf(ports.fence, memory, options);
  const lacking = lackOfIsolation(isolation, box.isolation, chosen.device.kind);
  if (lacking !== undefined) return { kind: "excluded", config, facts: { ...facts, excludedBecause: lacking } };
  const supervised = createLocalModel({ facts, options, ...ports, ...isolation });
  if (learnAs !== undefined) learnMemory(supervised, learnAs, { ...ports, slots: config.slots });
  const plan = {
    ...(memory ?? { device: "cpu", claims: {}, mappedBytes: 0 }),
    slots: config.slots,
    ...keepLoadedOf(config),
  };
  // Threads that the operator states are not ours to share out.
  const model = ports.placement.place(supervised, plan, config.threads === undefined ? shares : []);
  if (learnAs !== undefined) ports.calibration?.follow(model, learnAs);
  const known = learnAs === undefined ? {} : { speedKey: { file: learnAs.file, device: learnAs.device } };
  return { kind: "hosted", config, facts, model, read, device: chosen.device, ...known };
}

function excluded(facts: EndpointFacts, chosen: Placement["chosen"]): EndpointFacts {
  return chosen.ok ? facts : { ...facts, excludedBecause: inOneText(chosen) };
}

function hostingOptions(
  model: HostedModelConfig,
  facts: EndpointFacts,
  modelFile: string,
  device: HostingOptions["device"],
): HostingOptions {
  return {
    modelFile,
    device,
    // Placement gives a model on the CPU its share when it is loaded; one on a GPU needs a single thread.
    threads: model.threads ?? 1,
    contextTokens: facts.contextTokens ?? 0,
    slots: model.slots,
    queueLimit: WORKER_QUEUE_LIMIT,
    prefillChunkTokens: PREFILL_CHUNK_TOKENS,
  };
}

/** How long a model stays in memory without a request; absent for a pinned one. */
export function keepLoadedOf({ keepLoaded }: HostedModelConfig): { readonly keepLoadedMs?: number } {
  return keepLoaded === "pinned" ? {} : { keepLoadedMs: keepLoaded };
}
