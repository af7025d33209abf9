import type { Clock } from "../core/clock.ts";
import type { ActiveConfiguration } from "./active-configuration.ts";
import type { ModelCalibration } from "./calibrate-models.ts";

/** Often enough to follow a machine that others use too, seldom enough to cost nothing. */
const REFINE_EVERY_MS = 5 * 60_000;

/**
 * Moves the measured speeds of loaded models towards what requests show, every few minutes; the returned function does it
 * once more and ends that.
 */
export function refineSpeeds(
  configuration: Pick<ActiveConfiguration, "active">,
  calibration: ModelCalibration,
  clock: Clock,
): () => void {
  let cancel = (): void => {};
  const refine = (): void => {
    const { hosted, endpoints } = configuration.active;
    for (const one of hosted) {
      if (one.kind !== "hosted" || one.speedKey === undefined) continue;
      const { decodeRates = [] } = endpoints.get(one.facts.id)?.live.snapshot().state ?? {};
      calibration.refine(one.model, one.speedKey, decodeRates);
    }
  };
  const later = (): void => {
    cancel = clock.after(REFINE_EVERY_MS, () => {
      refine();
      later();
    });
  };
  later();
  return () => {
    cancel();
    refine();
  };
}
