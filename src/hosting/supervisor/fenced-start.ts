import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { WorkerBound } from "../../core/local-model.ts";
import { boundsOf, enterFence } from "../fence/enter-fence.ts";
import { confineWorker, type GroupLimits } from "../fence/worker-cgroup.ts";
import type { HostingOptions, LocalModelSetup } from "./hosted-model.ts";
import type { WorkerChildSetup } from "./worker-child.ts";

/** Beside a worker's threads, what JavaScript, sampling and files need at most. */
const OTHER_CORES = 2;

/** Beside the threads for slots and for each of the engine's contexts: Node's own, and the trial of the engine's binary. */
const OTHER_THREADS = 256;

/** How the next process of a model starts behind its fence; nothing where isolation is switched off. Makes its root's folder. */
export function fencedStart(
  setup: LocalModelSetup,
  entryFile: string,
  socketPath: string,
  profile: Pick<HostingOptions, "threads" | "cpuList" | "slots">,
): Pick<WorkerChildSetup, "fence" | "confine"> {
  const { fence, memoryBytes, log, facts } = setup;
  if (fence === undefined) return {};
  const { device, modelFile, stateCacheBytes = 0 } = setup.options;
  const folder = dirname(socketPath);
  const rootFolder = rootFolderOf(folder);
  mkdirSync(rootFolder, { mode: 0o700 });
  const known = memoryBytes === undefined ? {} : { memoryBytes };
  const worker = { device: device.kind, modelFile, entryFile, folder, rootFolder, stateCacheBytes, ...known };
  const start = enterFence(fence, worker);
  const { cgroup } = fence;
  if (cgroup === undefined) return { fence: start };
  const isBounded = boundsOf(fence, worker).some(({ name, holds }) => name === "memory" && holds);
  const limits: GroupLimits = { ...(isBounded ? known : {}), ...processorLimits(profile) };
  return {
    fence: start,
    confine: (pid) => {
      try {
        return confineWorker(cgroup, pid, limits);
      } catch (error) {
        // It was possible when the box started. The model serves all the same, and the log says how.
        log.warn({ modelId: facts.modelId, pid, error }, "the worker is not bounded by a control group");
        return undefined;
      }
    },
  };
}

function processorLimits({
  threads,
  cpuList,
  slots,
}: Pick<HostingOptions, "threads" | "cpuList" | "slots">): Omit<GroupLimits, "memoryBytes"> {
  return {
    ...(cpuList === undefined || cpuList === "" ? {} : { cpuList }),
    cores: threads + OTHER_CORES,
    processes: OTHER_THREADS + slots + 2 * threads,
  };
}

/** What the process of a model is kept from; undefined where isolation is switched off. */
export function boundsOfModel(setup: LocalModelSetup): readonly WorkerBound[] | undefined {
  const { fence, memoryBytes, options } = setup;
  if (fence === undefined) return undefined;
  return boundsOf(fence, { device: options.device.kind, ...(memoryBytes === undefined ? {} : { memoryBytes }) });
}

/** Removes the folder that a worker had for itself. What can't be removed goes with the gateway's folder. */
export async function removeWorkerFolder(socketPath: string): Promise<void> {
  const folder = dirname(socketPath);
  await Promise.all([folder, rootFolderOf(folder)].map((one) => rm(one, { recursive: true, force: true })));
}

/** Beside a worker's own folder, where it can't be seen from within. */
function rootFolderOf(folder: string): string {
  return `${folder}-root`;
}
