import { isDeepStrictEqual } from "node:util";
import type { ApplianceConfig, HostedModelConfig } from "../config/appliance-schema.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { planThreads, type ThreadPlan } from "../hosting/plan-threads.ts";
import type { HostedModel, HostingOptions, WorkerLog } from "../hosting/supervisor/hosted-model.ts";
import { createLocalModel } from "../hosting/supervisor/local-model.ts";
import type { RunDirectory } from "../hosting/supervisor/run-directory.ts";
import { chooseDevice, type ChosenDevice } from "./choose-device.ts";
import { describeHostedModel } from "./describe-endpoints.ts";
import { readModelFile, type ReadModelFile } from "./read-model-file.ts";

/** Requests that a worker holds beyond its slots; the queue proper is the gateway's. */
const WORKER_QUEUE_LIMIT = 1;

/** Tokens of one prefill step: of the sizes measured, the largest that keeps a cancel within 100 ms on a small model. */
const PREFILL_CHUNK_TOKENS = 128;

/** A configured model that has a worker. */
export interface Hosted {
  readonly kind: "hosted";
  readonly config: HostedModelConfig;
  readonly facts: EndpointFacts;
  readonly model: HostedModel;
  /** The file and the device that its worker was made with. */
  readonly read: UsableFile;
  readonly device: HostingOptions["device"];
}

/** A configured model: hosted, or the facts that say why it can't be. */
export type HostedOrExcluded =
  | Hosted
  | { readonly kind: "excluded"; readonly config: HostedModelConfig; readonly facts: EndpointFacts };

type UsableFile = Extract<ReadModelFile, { ok: true }>;

/** What models can run on. */
export interface Machine {
  readonly hardware: HardwareSnapshot;
  readonly gpuEngine: boolean;
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
}

/** A model on its way to a worker: with the one that it had, or with what a new one would be made from. */
type Prepared =
  | { readonly kind: "kept"; readonly config: HostedModelConfig; readonly before: Hosted }
  | {
      readonly kind: "new";
      readonly config: HostedModelConfig;
      readonly read: ReadModelFile;
      readonly chosen: ChosenDevice;
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
  const prepare = async (model: HostedModelConfig): Promise<Prepared> => {
    const before = workers.get(model.id);
    if (before !== undefined && isSameWorker(before.config, model)) return { kind: "kept", config: model, before };
    const read = await readModelFile(ports.dataDir, model.file);
    return { kind: "new", config: model, read, chosen: chooseAgain(model, read, await lookOnce(), before) };
  };
  const prepared = await Promise.all(config.models.map(prepare));
  const onCpu = prepared.filter(isOnCpu);
  const isPlanned = prepared.some(({ kind }) => kind === "new");
  const plans = isPlanned ? planThreads((await lookOnce()).hardware.cpu, onCpu.length) : [];
  return prepared.map((one) => host(one, plans[onCpu.indexOf(one)], config.box, ports));
}

/** Whether two entries of one model are served by the same worker: what else they say is for routing alone. */
function isSameWorker(before: HostedModelConfig, after: HostedModelConfig): boolean {
  return isDeepStrictEqual(workerSettings(before), workerSettings(after));
}

function workerSettings({ file, device, slots, threads, keepLoaded, contextTokens }: HostedModelConfig): unknown {
  return { file, device, slots, threads, keepLoaded, contextTokens };
}

/** A model that had a device keeps it: the memory that its old worker still holds must not drive it away. */
function chooseAgain(
  model: HostedModelConfig,
  read: ReadModelFile,
  { hardware, gpuEngine }: Machine,
  before: Hosted | undefined,
): ChosenDevice {
  const isSame = before?.config.file === model.file && before.config.device === model.device;
  if (isSame) return { ok: true, device: before.device };
  return chooseDevice(model.device, read.ok ? read.header.weightBytes : 0, hardware, gpuEngine);
}

function isOnCpu(one: Prepared): boolean {
  if (one.kind === "kept") return one.before.device.kind === "cpu";
  return one.chosen.ok && one.chosen.device.kind === "cpu";
}

function host(
  prepared: Prepared,
  plan: ThreadPlan | undefined,
  box: ApplianceConfig["box"],
  ports: HostingPorts,
): HostedOrExcluded {
  const { config } = prepared;
  if (prepared.kind === "kept") {
    const { before } = prepared;
    return { ...before, config, facts: describeHostedModel(config, before.read, before.device.kind, box) };
  }
  const { read, chosen } = prepared;
  const facts = describeHostedModel(config, read, chosen.ok ? chosen.device.kind : "gpu", box);
  if (!read.ok || !chosen.ok) return { kind: "excluded", config, facts: excluded(facts, read, chosen) };
  const options = hostingOptions(config, facts, read.file, chosen.device, plan);
  const model = createLocalModel({ facts, options, ...ports });
  return { kind: "hosted", config, facts, model, read, device: chosen.device };
}

function excluded(facts: EndpointFacts, read: ReadModelFile, chosen: ChosenDevice): EndpointFacts {
  const problem = !read.ok ? read.problem : chosen.ok ? undefined : chosen.problem;
  return problem === undefined ? facts : { ...facts, excludedBecause: problem };
}

function hostingOptions(
  model: HostedModelConfig,
  facts: EndpointFacts,
  modelFile: string,
  device: HostingOptions["device"],
  plan: ThreadPlan | undefined,
): HostingOptions {
  return {
    modelFile,
    device,
    threads: model.threads ?? plan?.threads ?? 1,
    contextTokens: facts.contextTokens ?? 0,
    slots: model.slots,
    queueLimit: WORKER_QUEUE_LIMIT,
    prefillChunkTokens: PREFILL_CHUNK_TOKENS,
    ...(plan?.cpus === undefined || model.threads !== undefined ? {} : { cpuList: plan.cpus.join(",") }),
    ...(model.keepLoaded === "pinned" ? {} : { keepLoadedMs: model.keepLoaded }),
  };
}
