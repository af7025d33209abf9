import type { EndpointId } from "../core/ids.ts";
import type { Operation } from "../journal/operation.ts";
import type { ProbeResult } from "./probe-result.ts";

/** The module that registers the operations of measurements, for `openJournal`. */
export const MEASURE_OPERATIONS = new URL("./operations.ts", import.meta.url).href;

/** An alert that is raised, or that stands with new figures. */
export interface RaiseAlertParams {
  readonly endpointId: EndpointId;
  readonly subject: string;
  readonly detail: string;
  /** On the wall clock. */
  readonly atMs: number;
}

/** An alert that is over. */
export type ClearAlertParams = Omit<RaiseAlertParams, "detail">;

/** Keeps the result of one probe; the first answers to each question become the baseline. */
export function keepProbe(params: ProbeResult): Operation<void> {
  return { name: "measure.keep-probe", params };
}

/** Forgets what probes have shown of an endpoint, its alerts included: the next answers are the baseline. */
export function forgetProbes(params: { readonly endpointId: EndpointId }): Operation<{ readonly results: number }> {
  return { name: "measure.forget-probes", params };
}

/** Raises an alert. */
export function raiseAlert(params: RaiseAlertParams): Operation<void> {
  return { name: "measure.raise-alert", params };
}

/** Ends an alert; it stays as the endpoint's last change. */
export function clearAlert(params: ClearAlertParams): Operation<void> {
  return { name: "measure.clear-alert", params };
}
