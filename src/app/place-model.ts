import type { GpuFacts, HardwareSnapshot } from "../core/hardware.ts";
import type { LoadKey, Measurement } from "../hosting/fit/corrections.ts";
import { estimateLoad, loadKeyOf, type EstimatedFile } from "../hosting/fit/estimate-load.ts";
import { estimateMemory, type LoadPlan, type MemoryEstimate } from "../hosting/fit/estimate-memory.ts";
import { planLoad } from "../hosting/fit/plan-load.ts";
import { fingerprintOf } from "../hosting/fit/file-fingerprint.ts";
import { largestContext, mostSlots } from "../hosting/fit/largest-context.ts";
import {
  gpuKeyOf,
  inGib,
  reserve,
  type FitVerdict,
  type MachineBudget,
  type Reservation,
} from "../hosting/fit/memory-budget.ts";
import { readModelShape } from "../hosting/fit/model-shape.ts";
import type { PlacementPlan } from "../hosting/placement/placement-state.ts";
import type { HostingOptions } from "../hosting/supervisor/hosted-model.ts";
import { chooseDevice, type ChosenDevice, type NoDevice } from "./choose-device.ts";
import type { GpuEngine } from "../hosting/gpu-devices.ts";

/** Where a model goes, and as what its real need is remembered, with what was estimated before any correction. */
export interface Placement {
  readonly chosen: ChosenDevice;
  readonly learnAs?: LoadKey & { readonly estimatedBytes: number };
  /** The pool that it computes on, and what it is expected to take of each; absent for a model that can't be placed. */
  readonly memory?: Pick<PlacementPlan, "device" | "claims" | "mappedBytes" | "contextBytes">;
}

/** What a model is placed with. */
export interface PlacementWish {
  readonly file: string;
  /** As configured: `auto`, `cpu`, `gpu` or `gpu:<uuid>`. */
  readonly device: string;
  /** The device that it had before, and keeps. */
  readonly keptDevice?: HostingOptions["device"];
  readonly contextTokens: number;
  readonly slots: number;
  /** It is not pinned: it needs room beside the pinned models alone, and takes turns with the others. */
  readonly isShared?: boolean;
}

/**
 * What models are placed on. `budget` is what is free before the first; `sharedBudget` what is free of it once the models
 * that are not pinned have left.
 */
export interface PlacementSite {
  readonly hardware: HardwareSnapshot;
  readonly gpuEngines: readonly GpuEngine[];
  readonly measurements: readonly Measurement[];
  readonly budget: MachineBudget;
  readonly sharedBudget?: MachineBudget;
}

/**
 * Places models one after the other: each takes its need out of what is left for those after it. Pinned ones come first;
 * the others may have more than is left together, since they take turns.
 */
export class ModelPlacer {
  readonly #site: PlacementSite;
  #left: MachineBudget;
  /** What is left beside the pinned models. */
  #shared: MachineBudget;

  constructor(site: PlacementSite) {
    this.#site = site;
    this.#left = site.budget;
    this.#shared = site.sharedBudget ?? site.budget;
  }

  /** What pinned and other models may have of the machine's own memory together; undefined: unknown. */
  get hostBytes(): number | undefined {
    return (this.#site.sharedBudget ?? this.#site.budget).host.freeBytes;
  }

  /** What the pinned models leave of the machine's own memory; undefined: unknown. */
  get leftBesidePinnedBytes(): number | undefined {
    return this.#shared.host.freeBytes;
  }

  /** What is left after the models that were placed. */
  get left(): MachineBudget {
    return this.#left;
  }

  /**
   * Chooses a model's device. One that certainly does not fit in what is left is refused with what would help, so that
   * no load ends in the kernel's hands, and takes nothing; where too little is known to tell, it is not refused.
   */
  async place(wish: PlacementWish): Promise<Placement> {
    const { measurements } = this.#site;
    const shape = await readModelShape(wish.file);
    if (shape.kind === "problem") return { chosen: { ok: false, problem: shape.message } };
    const file: EstimatedFile = { shape, identity: await fingerprintOf(wish.file), measurements };
    const planOn = (key: string, wanted: PlacementWish): LoadPlan => planLoad(shape, key, wanted, this.#site.hardware);
    const bounds = wish.isShared === true ? this.#shared : this.#left;
    const tryOn = (budget: MachineBudget, key: string, changes: Partial<PlacementWish> = {}): Reservation =>
      reserve(budget, key, estimateLoad(file, planOn(key, { ...wish, ...changes }), key));
    const chosen: ChosenDevice =
      wish.keptDevice === undefined
        ? this.#chooseDevice(wish, (budget, key) => tryOn(budget, key).verdict)
        : { ok: true, device: wish.keptDevice };
    if (!chosen.ok) return { chosen };
    const key = chosen.device.kind === "cpu" ? "cpu" : gpuKeyOf(chosen.device, 0);
    const reservation = tryOn(bounds, key);
    if (reservation.verdict === "no") {
      const fits = (changes: Partial<PlacementWish>): boolean => tryOn(bounds, key, changes).verdict !== "no";
      return { chosen: { ok: false, ...refusalOf(wish, reservation, fits) } };
    }
    this.#left = tryOn(this.#left, key).left;
    if (wish.isShared !== true) this.#shared = tryOn(this.#shared, key).left;
    const plan = planOn(key, wish);
    const loadKey = loadKeyOf(file, plan, key);
    const { residentBytes } = estimateMemory(shape, plan);
    const estimate = estimateLoad(file, plan, key);
    return {
      chosen,
      memory: { device: key, ...claimsOn(this.#left, key, estimate, plan.scoredTokens === 0) },
      ...(loadKey === undefined ? {} : { learnAs: { ...loadKey, estimatedBytes: residentBytes } }),
    };
  }

  /** A GPU beside everything else where there is one; else, for a model that takes turns, one beside the pinned models. */
  #chooseDevice(wish: PlacementWish, tryOn: (budget: MachineBudget, key: string) => FitVerdict): ChosenDevice {
    const { hardware, gpuEngines } = this.#site;
    const fitsIn =
      (budget: MachineBudget) =>
      (gpu: GpuFacts): boolean =>
        ["fits", "tight"].includes(tryOn(budget, gpuKeyOf(gpu, 0)));
    const beside = chooseDevice(wish.device, fitsIn(this.#left), hardware, gpuEngines);
    if (wish.isShared !== true || !beside.ok || beside.device.kind === "gpu") return beside;
    return chooseDevice(wish.device, fitsIn(this.#shared), hardware, gpuEngines);
  }
}

/** What a model takes of each pool: of the machine's alone on the CPU and on a GPU that shares it. */
function claimsOn(
  { gpus }: MachineBudget,
  key: string,
  { hostBytes, deviceBytes, parts }: MemoryEstimate,
  reads: boolean,
): Omit<NonNullable<Placement["memory"]>, "device"> {
  const working = parts.cacheBytes + parts.stateBytes + parts.computeBytes;
  // What a model that reads keeps of one text to the next is nothing that it could do without.
  const context = (pool: string) => (reads ? {} : { contextBytes: { [pool]: working } });
  const isUnified = gpus.find((gpu) => gpu.key === key)?.unified === true;
  return key === "cpu" || isUnified
    ? { claims: { cpu: hostBytes + deviceBytes }, mappedBytes: parts.weightBytes, ...context("cpu") }
    : { claims: { cpu: hostBytes, [key]: deviceBytes }, mappedBytes: parts.hostWeightBytes, ...context(key) };
}

/** What is missing, and what each change alone would do about it. */
function refusalOf(
  { slots, contextTokens }: PlacementWish,
  { shortBytes, limit }: Reservation,
  fits: (changes: Partial<PlacementWish>) => boolean,
): NoDevice {
  const fewer = mostSlots((count) => fits({ slots: count }), slots - 1);
  const shorter = largestContext(contextTokens, (tokens) => fits({ contextTokens: tokens }));
  const remedies = [
    ...(fewer === undefined ? [] : [`slots: ${fewer}`]),
    ...(shorter === undefined ? [] : [`contextTokens: ${shorter}`]),
  ];
  const remedy =
    remedies.length === 0 ? "neither fewer slots nor a smaller context helps" : `${remedies.join(" or ")} would fit`;
  const needed = `${slots} slots of ${contextTokens} tokens`;
  return {
    problem: `it does not fit in memory: ${inGib(shortBytes)} are missing for ${needed}, limited by ${limit}`,
    remedy: `${remedy}; a smaller quantization or fewer models need less`,
  };
}
