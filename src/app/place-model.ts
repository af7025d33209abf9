import type { GpuFacts, HardwareSnapshot } from "../core/hardware.ts";
import { fileIdentity, type LoadKey, type Measurement } from "../hosting/fit/corrections.ts";
import { estimateLoad, loadKeyOf, type EstimatedFile } from "../hosting/fit/estimate-load.ts";
import { estimateMemory, type LoadPlan } from "../hosting/fit/estimate-memory.ts";
import { largestContext } from "../hosting/fit/largest-context.ts";
import { gpuKeyOf, inGib, reserve, type MachineBudget, type Reservation } from "../hosting/fit/memory-budget.ts";
import { readModelShape } from "../hosting/fit/model-shape.ts";
import type { HostingOptions } from "../hosting/supervisor/hosted-model.ts";
import { chooseDevice, type ChosenDevice } from "./choose-device.ts";

/** Where a model goes, and as what its real need is remembered, with what was estimated before any correction. */
export interface Placement {
  readonly chosen: ChosenDevice;
  readonly learnAs?: LoadKey & { readonly estimatedBytes: number };
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
  readonly batchTokens: number;
}

/** What models are placed on. `budget` is what is free before the first. */
export interface PlacementSite {
  readonly hardware: HardwareSnapshot;
  readonly gpuEngine: boolean;
  readonly measurements: readonly Measurement[];
  readonly budget: MachineBudget;
}

/** Places models one after the other: each takes its need out of what is left for those after it. */
export class ModelPlacer {
  readonly #site: PlacementSite;
  #left: MachineBudget;

  constructor(site: PlacementSite) {
    this.#site = site;
    this.#left = site.budget;
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
    const { hardware, gpuEngine, measurements } = this.#site;
    const shape = await readModelShape(wish.file);
    if (shape.kind === "problem") return { chosen: { ok: false, problem: shape.message } };
    const file: EstimatedFile = { shape, identity: await fileIdentity(wish.file), measurements };
    const tryOn = (key: string, contextTokens = wish.contextTokens): Reservation =>
      reserve(this.#left, key, estimateLoad(file, this.#planOn(key, { ...wish, contextTokens }), key));
    const fitsGpu = (gpu: GpuFacts): boolean => ["fits", "tight"].includes(tryOn(gpuKeyOf(gpu, 0)).verdict);
    const chosen: ChosenDevice =
      wish.keptDevice === undefined
        ? chooseDevice(wish.device, fitsGpu, hardware, gpuEngine)
        : { ok: true, device: wish.keptDevice };
    if (!chosen.ok) return { chosen };
    const key = chosen.device.kind === "cpu" ? "cpu" : gpuKeyOf(chosen.device, 0);
    const reservation = tryOn(key);
    if (reservation.verdict === "no") {
      const smaller = largestContext(wish.contextTokens, (tokens) => tryOn(key, tokens).verdict !== "no");
      return { chosen: { ok: false, problem: refusalOf(wish, reservation, smaller) } };
    }
    this.#left = reservation.left;
    const loadKey = loadKeyOf(file, wish, key);
    const { residentBytes } = estimateMemory(shape, this.#planOn(key, wish));
    return { chosen, ...(loadKey === undefined ? {} : { learnAs: { ...loadKey, estimatedBytes: residentBytes } }) };
  }

  #planOn(key: string, { contextTokens, slots, batchTokens }: PlacementWish): LoadPlan {
    const device = key === "cpu" ? "cpu" : "gpu";
    return { device, contextTokens, slots, batchTokens, cpuFlags: this.#site.hardware.cpu.flags };
  }
}

function refusalOf(
  { slots, contextTokens }: PlacementWish,
  { shortBytes, limit }: Reservation,
  smaller?: number,
): string {
  const remedy = smaller === undefined ? "no smaller context helps" : `contextTokens: ${smaller} would fit`;
  return (
    `it does not fit in memory: ${inGib(shortBytes)} are missing for ${slots} slots of ${contextTokens} tokens, ` +
    `limited by ${limit}; ${remedy}; fewer slots, a smaller quantization or fewer models need less`
  );
}
