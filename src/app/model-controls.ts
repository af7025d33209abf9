import type { AuditLog } from "../audit/audit-log.ts";
import { SignalboxError } from "../core/errors.ts";
import type { MemoryView, ModelInMemory } from "../core/memory-view.ts";
import type { AdminMemory, Actor } from "../gateway/admin/admin-ports.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { ActiveConfiguration } from "./active-configuration.ts";
import type { Calibration } from "../core/model-speed.ts";
import type { SpeedKey } from "./calibrate-models.ts";
import { keepLoadedOf, type Hosted } from "./host-models.ts";

/** The parts of a box that an operator moves models with. */
export interface ModelControlParts {
  readonly configuration: ActiveConfiguration;
  readonly log: Pick<AuditLog, "append">;
}

/** What is in memory, and the operator's hand on it. Each move is a leaf of the audit log before it is made. */
export function createModelControls({ configuration, log }: ModelControlParts): AdminMemory {
  const note = (kind: string, modelId: string, by: Actor): Promise<unknown> => log.append({ kind, modelId, by });
  const find = (modelId: string): Hosted => findHosted(configuration, modelId);
  return {
    view: () => describeMemory(configuration),
    load: async (actor, modelId, signal) => {
      const { model } = find(modelId);
      await note("model.load", modelId, actor);
      await model.load(signal);
      return describeModel(model);
    },
    unload: async (actor, modelId) => {
      const { model } = find(modelId);
      await note("model.unload", modelId, actor);
      await model.unload();
      return describeModel(model);
    },
    bench: async (actor, modelId, signal) => {
      const { model, speedKey } = find(modelId);
      await note("model.bench", modelId, actor);
      return { modelId, calibration: await measureNow(configuration, model, speedKey, signal) };
    },
    pin: async (actor, modelId) => {
      const { model } = find(modelId);
      await note("model.pin", modelId, actor);
      model.keepFor(undefined);
      return describeModel(model);
    },
    unpin: async (actor, modelId) => {
      const { model, config } = find(modelId);
      await note("model.unpin", modelId, actor);
      model.keepFor(keepLoadedOf(config).keepLoadedMs ?? UNPINNED_MS);
      return describeModel(model);
    },
  };
}

/** What an operator waits for, once the model is loaded. */
const BENCH_BUDGET_MS = 30_000;
/** Requests come first: as often as this it is begun. */
const BENCH_TRIES = 5;

async function measureNow(
  { calibration }: ActiveConfiguration,
  model: PlacedModel,
  speedKey: SpeedKey | undefined,
  signal: AbortSignal,
): Promise<Calibration> {
  if (speedKey === undefined || calibration === undefined)
    throw new SignalboxError("worker_start_failed", `${model.modelId} can't be measured: its file can't be read.`);
  for (let tries = 0; tries < BENCH_TRIES; tries++) {
    const measured = await calibration.measure(model, speedKey, { budgetMs: BENCH_BUDGET_MS, signal });
    if (measured !== undefined) return measured;
  }
  throw new SignalboxError(
    "queue_full",
    `${model.modelId} answers requests, which come first; try again when it is idle.`,
  );
}

/** How long a model that the configuration pins stays without a request once an operator has unpinned it. */
const UNPINNED_MS = 30 * 60_000;

/** The memory as it is now. */
export function describeMemory({ active, placement }: ActiveConfiguration): MemoryView {
  // A model that is being stopped for good has no place any more.
  const placed = active.hosted.filter((one) => one.kind === "hosted" && one.model.state().placement !== undefined);
  const models = placed.flatMap((one) => (one.kind === "hosted" ? describeModel(one.model) : []));
  return { pools: placement.pools(), models, ...placement.counts() };
}

function describeModel(model: PlacedModel): ModelInMemory {
  const { placement, pid, problem } = model.state();
  if (placement === undefined) throw new Error(`${model.modelId} has no place in memory.`);
  const { residentBytes } = model.live();
  return {
    modelId: model.modelId,
    ...placement,
    ...(pid === undefined ? {} : { pid }),
    ...(residentBytes === undefined ? {} : { residentBytes }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function findHosted({ active }: ActiveConfiguration, modelId: string): Hosted {
  const found = active.hosted.find(({ config }) => config.id === modelId);
  if (found?.kind === "hosted") return found;
  if (found !== undefined)
    throw new SignalboxError(
      "worker_start_failed",
      `${modelId} is excluded: ${found.facts.excludedBecause ?? "its file can't be used"}.`,
    );
  const names = active.hosted.map(({ config }) => config.id).join(", ") || "none";
  throw new SignalboxError(
    "model_not_found",
    `This box hosts no model ${JSON.stringify(modelId.slice(0, 200))}; it hosts ${names}.`,
  );
}
