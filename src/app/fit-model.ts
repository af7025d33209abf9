import { readdir, readFile } from "node:fs/promises";
import type { ApplianceConfig, HostedModelConfig } from "../config/appliance-schema.ts";
import type { Clock } from "../core/clock.ts";
import type { HardwareSnapshot } from "../core/hardware.ts";
import { readMeasurements } from "../hosting/fit/corrections.ts";
import { askEngine, type EngineEstimate } from "../hosting/fit/engine-estimate.ts";
import { estimateLoad, type EstimatedFile } from "../hosting/fit/estimate-load.ts";
import type { MemoryEstimate } from "../hosting/fit/estimate-memory.ts";
import { fingerprintOf } from "../hosting/fit/file-fingerprint.ts";
import { largestContext, mostSlots } from "../hosting/fit/largest-context.ts";
import { budgetOf, reserve, type FitVerdict, type MachineBudget } from "../hosting/fit/memory-budget.ts";
import { readModelShape } from "../hosting/fit/model-shape.ts";
import { planLoad } from "../hosting/fit/plan-load.ts";
import { inOneText, type NoDevice } from "./choose-device.ts";
import { describeHostedModel } from "./describe-endpoints.ts";
import { ModelPlacer } from "./place-model.ts";
import { readModelFile } from "./read-model-file.ts";
import type { GpuEngine } from "../hosting/gpu-devices.ts";

/** What is asked about a model: every device with every context and number of slots. */
export interface FitQuestion {
  readonly file: string;
  readonly contextTokens: readonly number[];
  readonly slots: readonly number[];
  /** Keys of budgets: `cpu`, `gpu:<uuid>`. */
  readonly devices: readonly string[];
}

/** One combination. */
export interface FitRow {
  readonly device: string;
  readonly contextTokens: number;
  readonly slots: number;
  readonly estimate: MemoryEstimate;
  readonly engine: EngineEstimate;
  /** Beside what runs now. */
  readonly now: FitVerdict;
  /** Beside every model of the configuration, also those that are not loaded now. */
  readonly withConfigured: FitVerdict;
  readonly shortBytes: number;
  readonly limit: string;
}

/** The whole answer. Absent `contextTokens` of a largest context: not even the smallest one fits. */
export interface FitReport {
  readonly file: string;
  readonly trainedContextTokens?: number;
  readonly budget: MachineBudget;
  /** Configured models that are not loaded and were counted, and those that do not fit themselves. */
  readonly counted: readonly string[];
  readonly refused: readonly RefusedModel[];
  readonly rows: readonly FitRow[];
  /** For each context the most slots that fit beside everything; absent: none. */
  readonly mostSlots: readonly { readonly device: string; readonly contextTokens: number; readonly slots?: number }[];
  readonly largest: readonly { readonly device: string; readonly slots: number; readonly contextTokens?: number }[];
}

/** A configured model that has no room or no device, and what would help. */
export interface RefusedModel {
  readonly modelId: string;
  readonly because: string;
}

/** What the answer depends on. */
export interface FitSite {
  readonly config: ApplianceConfig;
  readonly dataDir: string;
  readonly hardware: HardwareSnapshot;
  readonly gpuEngines: readonly GpuEngine[];
  readonly clock: Clock;
}

/** Says for every combination whether it fits, beside what is loaded and beside what is configured. Loads nothing. */
export async function fitModel(
  question: FitQuestion,
  site: FitSite,
): Promise<FitReport | { readonly kind: "problem"; readonly message: string }> {
  const { hardware, dataDir, clock } = site;
  const shape = await readModelShape(question.file);
  if (shape.kind === "problem") return shape;
  const measurements = await readMeasurements(dataDir);
  const file: EstimatedFile = { shape, identity: await fingerprintOf(question.file), measurements };
  const budget = budgetOf(hardware);
  const configured = await placeConfigured(site, budget);
  const estimateOf = (device: string, contextTokens: number, slots: number): MemoryEstimate =>
    estimateLoad(file, planLoad(shape, device, { contextTokens, slots }, hardware), device);
  const rows: FitRow[] = [];
  for (const device of question.devices) {
    const wishes = question.slots.flatMap((slots) =>
      question.contextTokens.map((contextTokens) => ({ contextTokens, slots })),
    );
    const loads = wishes.map((wish) => planLoad(shape, device, wish, hardware));
    const kind = device === "cpu" ? "cpu" : "gpu";
    const engine = await askEngine({ file: question.file, device: kind, loads }, clock);
    for (const [index, { contextTokens, slots }] of wishes.entries()) {
      const estimate = estimateOf(device, contextTokens, slots);
      const beside = reserve(configured.left, device, estimate);
      rows.push({
        device,
        contextTokens,
        slots,
        estimate,
        engine: engine[index] ?? { kind: "none", reason: "no answer" },
        now: reserve(budget, device, estimate).verdict,
        withConfigured: beside.verdict,
        shortBytes: beside.shortBytes,
        limit: beside.limit,
      });
    }
  }
  const trained = shape.header.contextTokens;
  const fits = (device: string, tokens: number, slots: number): boolean =>
    ["fits", "tight"].includes(reserve(configured.left, device, estimateOf(device, tokens, slots)).verdict);
  const slotsFor = question.devices.flatMap((device) =>
    question.contextTokens.map((contextTokens) => {
      const slots = mostSlots((count) => fits(device, contextTokens, count));
      return { device, contextTokens, ...(slots === undefined ? {} : { slots }) };
    }),
  );
  const largest = question.devices.flatMap((device) =>
    question.slots.map((slots) => {
      const contextTokens = largestContext(trained, (tokens) => fits(device, tokens, slots));
      return { device, slots, ...(contextTokens === undefined ? {} : { contextTokens }) };
    }),
  );
  const { counted } = configured;
  const refused = configured.refused.map(({ modelId, why }) => ({ modelId, because: inOneText(why) }));
  const known = trained === undefined ? {} : { trainedContextTokens: trained };
  return { file: question.file, ...known, budget, counted, refused, rows, largest, mostSlots: slotsFor };
}

/** Takes the configured models that are not loaded out of what is free now. */
export async function placeConfigured(
  { config, dataDir, hardware, gpuEngines }: FitSite,
  budget: MachineBudget,
): Promise<{
  readonly left: MachineBudget;
  readonly counted: readonly string[];
  readonly refused: readonly { readonly modelId: string; readonly why: NoDevice }[];
}> {
  const placer = new ModelPlacer({ hardware, gpuEngines, measurements: await readMeasurements(dataDir), budget });
  const loaded = await loadedModelIds();
  const counted: string[] = [];
  const refused: { readonly modelId: string; readonly why: NoDevice }[] = [];
  const isPinned = ({ keepLoaded }: HostedModelConfig): boolean => keepLoaded === "pinned";
  // As at a start: the pinned ones first; the others need room beside those alone.
  const inOrder = config.models.toSorted((a, b) => Number(isPinned(b)) - Number(isPinned(a)));
  for (const model of inOrder.filter(({ id }) => !loaded.has(id))) {
    const read = await readModelFile(dataDir, model.file);
    if (!read.ok) continue;
    const { contextTokens = 0, slots } = describeHostedModel(model, read, "cpu", config.box);
    const { chosen } = await placer.place({
      file: read.file,
      device: model.device,
      contextTokens,
      slots,
      isShared: !isPinned(model),
    });
    if (chosen.ok) counted.push(model.id);
    else refused.push({ modelId: model.id, why: chosen });
  }
  return { left: placer.left, counted, refused };
}

/** The models that workers on this machine have loaded: each carries its model's id as its process's title. */
async function loadedModelIds(): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const processes = await readdir("/proc").catch(() => {
    // No procfs: nothing is known to be loaded, and what is configured is counted in full.
    return [];
  });
  for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => {
      // It ended between two looks.
      return "";
    });
    const id = /^signalbox-worker ([^\0]+)/.exec(commandLine)?.[1]?.trim();
    if (id !== undefined) ids.add(id);
  }
  return ids;
}
