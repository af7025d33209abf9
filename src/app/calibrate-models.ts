import type { Clock } from "../core/clock.ts";
import type { DecodeRate } from "../core/endpoint.ts";
import type { Calibration } from "../core/model-speed.ts";
import { decodePrior, type TrafficSpeed } from "../hosting/calibration/calibrations.ts";
import { engineVersion } from "../hosting/engine-version.ts";
import type { LoadKey } from "../hosting/fit/corrections.ts";
import type { PlacedModel } from "../hosting/placement/placed-model.ts";
import type { CalibrationBook, CalibrationLog } from "./calibration-book.ts";
import { type MeasuredRate, measureModel, type MeasureOptions } from "./measure-model.ts";

/** A model that was just loaded is usually wanted at once; it is measured when it has had nothing to do for this long. */
const IDLE_MS = 2_000;
/** What a measurement in the background may take. */
const BACKGROUND_BUDGET_MS = 5_000;
/** After a request has interrupted one. */
const RETRY_MS = 30_000;
/** A model that is never left alone for long shows its speed in its requests. */
const MAX_TRIES = 10;

/** The content and the device whose speed it is. */
export type SpeedKey = Pick<LoadKey, "file" | "device">;

/** What speeds are measured and kept with. */
export interface CalibrationPorts {
  readonly book: CalibrationBook;
  readonly clock: Clock;
  readonly log: CalibrationLog;
}

/**
 * Measures each model once, soon after it was loaded for the first time with its threads, while nobody asks it anything;
 * a request that comes ends the measurement within one step of the engine. What was measured is kept for the next start.
 */
export class ModelCalibration {
  readonly #ports: CalibrationPorts;
  readonly #stop = new AbortController();
  #isOn = true;

  constructor(ports: CalibrationPorts) {
    this.#ports = ports;
  }

  /** Whether models are measured without being asked to; those that are known stay known. */
  switch(isOn: boolean): void {
    this.#isOn = isOn;
  }

  /** Watches a model from its making on. */
  follow(model: PlacedModel, key: SpeedKey): void {
    let cancel = (): void => {};
    let tries = 0;
    const tryLater = (delayMs: number): void => {
      cancel();
      cancel = this.#stop.signal.aborted ? () => {} : this.#ports.clock.after(delayMs, () => void attempt());
    };
    const attempt = async (): Promise<void> => {
      if (!this.#isDue(model, key) || tries >= MAX_TRIES) return;
      if ((model.state().placement?.leases ?? 0) > 0) return tryLater(RETRY_MS);
      tries += 1;
      if (!(await this.#measureQuietly(model, key))) tryLater(RETRY_MS);
    };
    model.onChange(({ phase }) => (phase === "ready" ? tryLater(IDLE_MS) : cancel()));
  }

  /** The newest speed of a model with as many threads as it runs on; of one that is not loaded, the newest. */
  find(key: SpeedKey, threads?: number): Calibration | undefined {
    const known = threads === undefined ? {} : { threads };
    return this.#ports.book.find({ ...key, ...known, engine: engineVersion() });
  }

  /** Loads a model where needed and measures it; undefined when requests left it no time. Rejects as a load does. */
  async measure(
    model: PlacedModel,
    key: SpeedKey,
    options: {
      readonly budgetMs: number;
      readonly signal: AbortSignal;
      readonly onRate?: (rate: MeasuredRate) => void;
    },
  ): Promise<Calibration | undefined> {
    const signal = AbortSignal.any([options.signal, this.#stop.signal]);
    const lease = await model.ensureReady(signal);
    try {
      return await this.#measureAt(lease.socketPath, model, key, { ...options, signal });
    } finally {
      lease.release();
    }
  }

  async #measureAt(
    socketPath: string,
    model: PlacedModel,
    key: SpeedKey,
    options: Omit<MeasureOptions, "socketPath" | "clock">,
  ): Promise<Calibration | undefined> {
    const { book, clock } = this.#ports;
    const threads = model.state().loaded?.threads;
    const { outcome, ...speed } = await measureModel({ ...options, clock, socketPath });
    if (outcome !== "complete" || threads === undefined) return undefined;
    const calibration = { ...key, threads, engine: engineVersion(), atMs: clock.wallMs(), ...speed };
    await book.put(calibration);
    return calibration;
  }

  /** Moves what is known of a loaded model towards what its requests show. */
  refine(model: PlacedModel, key: SpeedKey, decode: readonly DecodeRate[]): void {
    const threads = model.state().loaded?.threads;
    if (threads === undefined) return;
    const { prefillTokensPerSecond } = model.live();
    const traffic: TrafficSpeed = {
      decode,
      ...(prefillTokensPerSecond === undefined ? {} : { prefillTokensPerSecond }),
    };
    this.#ports.book.refine({ ...key, threads, engine: engineVersion() }, traffic);
  }

  /** Ends what is under way and keeps what was learned. */
  close(): Promise<void> {
    this.#stop.abort(new Error("The box shuts down."));
    return this.#ports.book.save();
  }

  #isDue(model: PlacedModel, key: SpeedKey): boolean {
    const { loaded, placement } = model.state();
    // One that is leaving is not kept for this, and a smaller one than configured is not the model that routing knows.
    if (!this.#isOn || loaded === undefined || placement?.residency !== "ready") return false;
    return model.facts.slots === loaded.slots && this.find(key, loaded.threads) === undefined;
  }

  /** Holds the model in memory for nobody: where another needs its room, it leaves in the middle of this. */
  async #measureQuietly(model: PlacedModel, key: SpeedKey): Promise<boolean> {
    const { log } = this.#ports;
    const { modelId } = model;
    try {
      const { signal } = this.#stop;
      const worker = await model.peek(signal);
      if (worker === undefined) return true;
      const options = { budgetMs: BACKGROUND_BUDGET_MS, signal };
      const measured = await this.#measureAt(worker.socketPath, model, key, options);
      if (measured !== undefined) log.info({ modelId, ...measured }, "the model's speed was measured");
      return measured !== undefined;
    } catch (err) {
      // Routing goes on with what requests show.
      const isLeaving = this.#stop.signal.aborted || model.state().placement?.residency !== "ready";
      if (!isLeaving) log.warn({ modelId, err }, "the model's speed could not be measured");
      return true;
    }
  }
}

/** What routing starts from until requests have shown more. */
export function speedPrior(calibration: Calibration | undefined): {
  readonly prefillTokensPerSecond?: number;
  readonly decodeTokensPerSecond?: number;
  readonly decodeRates?: readonly DecodeRate[];
} {
  if (calibration === undefined) return {};
  const decodeRates = decodePrior(calibration);
  // The longest prompt that was read: short ones are soon read anyway.
  const prefill = calibration.prefill.at(-1)?.tokensPerSecond;
  const [single] = decodeRates;
  return {
    ...(prefill === undefined ? {} : { prefillTokensPerSecond: prefill }),
    ...(single === undefined ? {} : { decodeTokensPerSecond: single.tokensPerSecond, decodeRates }),
  };
}
