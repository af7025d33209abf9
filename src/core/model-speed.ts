import type { DecodeRate } from "./endpoint.ts";

/** How fast a prompt of so many tokens is read when nothing else runs. */
export interface PrefillRate {
  readonly promptTokens: number;
  readonly tokensPerSecond: number;
}

/** How fast a model is on this box. Both lists ascend; what could not be measured is not in them. */
export interface ModelSpeed {
  readonly prefill: readonly PrefillRate[];
  /** Of one sequence, while as many are written together. */
  readonly decode: readonly DecodeRate[];
}

/** A finished measurement of a model's speed, with what it holds for. */
export interface Calibration extends ModelSpeed {
  /** Fingerprint of the model's content. */
  readonly file: string;
  /** `cpu`, or `gpu:` and the device's UUID. */
  readonly device: string;
  readonly threads: number;
  /** Name and version of the engine. */
  readonly engine: string;
  /** Since the Unix epoch. */
  readonly atMs: number;
}
