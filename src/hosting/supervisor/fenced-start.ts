import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { WorkerBound } from "../../core/local-model.ts";
import { boundsOf, enterFence } from "../fence/enter-fence.ts";
import { boundMemory } from "../fence/worker-cgroup.ts";
import type { LocalModelSetup } from "./hosted-model.ts";
import type { WorkerChildSetup } from "./worker-child.ts";

/** How the next process of a model starts behind its fence; nothing where isolation is switched off. Makes its root's folder. */
export function fencedStart(
  setup: LocalModelSetup,
  entryFile: string,
  socketPath: string,
): Pick<WorkerChildSetup, "fence" | "boundMemory"> {
  const { fence, memoryBytes, log, facts } = setup;
  if (fence === undefined) return {};
  const { device, modelFile, stateCacheBytes = 0 } = setup.options;
  const folder = dirname(socketPath);
  const rootFolder = rootFolderOf(folder);
  mkdirSync(rootFolder, { mode: 0o700 });
  const worker = {
    ...{ device: device.kind, modelFile, entryFile, folder, rootFolder, stateCacheBytes },
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  };
  const start = enterFence(fence, worker);
  const { cgroup } = fence;
  const isBounded = boundsOf(fence, worker).some(({ name, holds }) => name === "memory" && holds);
  if (cgroup === undefined || memoryBytes === undefined || !isBounded) return { fence: start };
  return {
    fence: start,
    boundMemory: (pid) => {
      try {
        return boundMemory(cgroup, pid, memoryBytes);
      } catch (error) {
        // It was possible when the box started. The model serves all the same, and the log says how.
        log.warn({ modelId: facts.modelId, pid, error }, "the worker's memory is not bounded");
        return () => {};
      }
    },
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
