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

/** A configured model: hosted, or the facts that say why it can't be. */
export type HostedOrExcluded =
  | { readonly kind: "hosted"; readonly config: HostedModelConfig; readonly model: HostedModel }
  | { readonly kind: "excluded"; readonly config: HostedModelConfig; readonly facts: EndpointFacts };

/** What workers are supervised with. */
export interface HostingPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WorkerLog;
  readonly runDirectory: RunDirectory;
  readonly countOomKills?: () => Promise<number | undefined>;
}

/** Prepares a worker for every configured model and shares the cores out among those that run on the CPU. Starts none. */
export async function hostModels(
  config: ApplianceConfig,
  dataDir: string,
  machine: { readonly hardware: HardwareSnapshot; readonly gpuEngine: boolean },
  ports: HostingPorts,
): Promise<readonly HostedOrExcluded[]> {
  const prepared = await Promise.all(
    config.models.map(async (model) => {
      const read = await readModelFile(dataDir, model.file);
      const weightBytes = read.ok ? read.header.weightBytes : 0;
      return { model, read, chosen: chooseDevice(model.device, weightBytes, machine.hardware, machine.gpuEngine) };
    }),
  );
  const onCpu = prepared.filter(({ chosen }) => chosen.ok && chosen.device.kind === "cpu");
  const plans = planThreads(machine.hardware.cpu, onCpu.length);
  return prepared.map((one) => {
    const plan = plans[onCpu.indexOf(one)];
    const { model, read, chosen } = one;
    const facts = describeHostedModel(model, read, chosen.ok ? chosen.device.kind : "gpu", config.box);
    if (!read.ok || !chosen.ok) return { kind: "excluded", config: model, facts: excluded(facts, read, chosen) };
    const options = hostingOptions(model, facts, read.file, chosen.device, plan);
    return { kind: "hosted", config: model, model: createLocalModel({ facts, options, ...ports }) };
  });
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
