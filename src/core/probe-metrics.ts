import type { EndpointId } from "./ids.ts";

/** Counts what the box finds out about its endpoints by asking them itself. */
export interface ProbeMetrics {
  /** `outcome`: `right`, `wrong`, or the code of the error where there was no answer. */
  probeEnded(endpointId: EndpointId, check: string, outcome: string, costMicroUsd: number | undefined): void;
  /** Says whether an alert about the endpoint stands. */
  alertChanged(endpointId: EndpointId, subject: string, stands: boolean): void;
}
