import { z } from "zod";
import type { DecodeRate } from "../../core/endpoint.ts";
import type { Calibration, PrefillRate } from "../../core/model-speed.ts";

/** Kept; the oldest is dropped. One is about 500 bytes. */
export const MAX_CALIBRATIONS = 200;

/** Weight of what requests show now against what was measured before. */
const TRAFFIC_WEIGHT = 0.2;

/** Further off than this, requests are slow or fast for another reason than the model. */
const MAX_TRAFFIC_FACTOR = 2;

const rate = z.number().positive().max(1e9);

const calibrationSchema: z.ZodType<Calibration> = z.strictObject({
  file: z.string().max(200),
  device: z.string().max(200),
  threads: z.int().min(1),
  engine: z.string().max(200),
  atMs: z.number(),
  prefill: z.array(z.strictObject({ promptTokens: z.int().min(1), tokensPerSecond: rate })).max(16),
  decode: z.array(z.strictObject({ running: z.int().min(1), tokensPerSecond: rate })).max(16),
});

/** The content of the file in which calibrations are kept. */
export const calibrationsSchema = z.array(calibrationSchema).max(MAX_CALIBRATIONS);

/** What a calibration holds for. Without `threads`: whichever was measured last. */
export interface CalibrationKey extends Pick<Calibration, "file" | "device" | "engine"> {
  readonly threads?: number;
}

/** What requests have shown of a model's speed lately. */
export interface TrafficSpeed {
  readonly prefillTokensPerSecond?: number;
  readonly decode: readonly DecodeRate[];
}

/** The newest calibration for a key. */
export function findCalibration(all: readonly Calibration[], key: CalibrationKey): Calibration | undefined {
  return all.findLast(
    (one) =>
      one.file === key.file &&
      one.device === key.device &&
      one.engine === key.engine &&
      (key.threads === undefined || one.threads === key.threads),
  );
}

/** The calibrations with one more, which replaces an older one for the same; the oldest beyond the limit go. */
export function withCalibration(all: readonly Calibration[], added: Calibration): readonly Calibration[] {
  const { file, device, engine, threads } = added;
  const replaced = findCalibration(all, { file, device, engine, threads });
  return [...all.filter((one) => one !== replaced), added].slice(-MAX_CALIBRATIONS);
}

/**
 * A calibration moved towards what requests show. How fast prompts are read shifts every length in the same way, because
 * requests do not say of which length theirs were; how fast answers are written counts for its number together alone.
 */
export function refineCalibration(calibration: Calibration, traffic: TrafficSpeed): Calibration {
  const { prefillTokensPerSecond } = traffic;
  const shift = prefillTokensPerSecond === undefined ? 1 : shiftOf(calibration.prefill, prefillTokensPerSecond);
  const decode = calibration.decode.map(({ running, tokensPerSecond }) => {
    const seen = traffic.decode.find((one) => one.running === running);
    return { running, tokensPerSecond: tokensPerSecond * (seen === undefined ? 1 : stepTo(seen, tokensPerSecond)) };
  });
  return {
    ...calibration,
    prefill: calibration.prefill.map((one) => ({ ...one, tokensPerSecond: one.tokensPerSecond * shift })),
    decode,
  };
}

function shiftOf(prefill: readonly PrefillRate[], tokensPerSecond: number): number {
  if (prefill.length === 0) return 1;
  const mean = prefill.reduce((sum, one) => sum + one.tokensPerSecond, 0) / prefill.length;
  return stepTo({ tokensPerSecond }, mean);
}

/** The factor of one step from `before` towards what was seen. */
function stepTo(seen: { readonly tokensPerSecond: number }, before: number): number {
  const ratio = seen.tokensPerSecond / before;
  return 1 + TRAFFIC_WEIGHT * (Math.min(MAX_TRAFFIC_FACTOR, Math.max(1 / MAX_TRAFFIC_FACTOR, ratio)) - 1);
}

/** How fast answers are written by their number, never faster for more of them together, which would be noise. */
export function decodePrior({ decode }: Calibration): readonly DecodeRate[] {
  let slowest = Infinity;
  return decode.map(({ running, tokensPerSecond }) => {
    slowest = Math.min(slowest, tokensPerSecond);
    return { running, tokensPerSecond: slowest };
  });
}
