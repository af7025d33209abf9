import { boundsOf } from "../hosting/fence/enter-fence.ts";
import { detectWorkerFence, isForIsolation, type WorkerFence } from "../hosting/fence/worker-fence.ts";
import type { HostingOptions, LocalModelSetup, WorkerLog } from "../hosting/supervisor/hosted-model.ts";
import type { Placement } from "./place-model.ts";

/** What a worker is started with for its isolation. */
export type Isolation = Pick<LocalModelSetup, "fence" | "memoryBytes">;

/** The estimate may be off, and there is what Node itself takes, with the stacks of its threads: about one a slot. */
const MEMORY_MARGIN = 1.25;
const MEMORY_BASE_BYTES = 512 * 1024 * 1024;
const STACK_BYTES = 8 * 1024 * 1024;

/** What this machine lets workers be kept from. What does not hold is in the log. */
export async function raiseFence(log: WorkerLog): Promise<WorkerFence> {
  const fence = await detectWorkerFence(process.env["PATH"] ?? "");
  const isWhole = fence.bounds.every((bound) => bound.holds || !isForIsolation(bound));
  if (isWhole) log.info({ bounds: fence.bounds }, "workers on the CPU run behind a whole fence");
  else log.warn({ bounds: fence.bounds }, "workers run without a part of their fence");
  return fence;
}

/** The isolation of one worker: the fence, and the most memory that it may take where its need is known. */
export function isolationOf(
  fence: WorkerFence | undefined,
  memory: Placement["memory"],
  { slots, stateCacheBytes = 0 }: HostingOptions,
): Isolation {
  const claimed = memory?.claims["cpu"];
  const own = MEMORY_BASE_BYTES + slots * STACK_BYTES + stateCacheBytes;
  const memoryBytes = Math.ceil((claimed ?? 0) * MEMORY_MARGIN) + own;
  return { ...(fence === undefined ? {} : { fence }), ...(claimed === undefined ? {} : { memoryBytes }) };
}

/** Why a model must not start where isolation is required, with what to do; undefined where all bounds hold. */
export function lackOfIsolation(
  { fence, memoryBytes }: Isolation,
  mode: "auto" | "required" | "off",
  device: "cpu" | "gpu",
): string | undefined {
  if (mode !== "required" || fence === undefined) return undefined;
  const bounds = boundsOf(fence, { device, ...(memoryBytes === undefined ? {} : { memoryBytes }) });
  const missing = bounds.filter((bound) => !bound.holds && isForIsolation(bound));
  if (missing.length === 0) return undefined;
  const reasons = missing.map(({ name, problem }) => `${name}: ${problem ?? "not to be had"}`).join("; ");
  return `box.isolation is required, and this machine can't give all of it (${reasons})`;
}
