import type { BreakerState } from "./breaker.ts";

/** How long who works again is given the load back, from one request to all places. */
const SLOW_START_MS = 30_000;

/**
 * How many requests at once an endpoint, or a provider with all of its endpoints, is trusted with so long after a probe
 * found it working again: one at first, then as many of its `slots` as of the time is over, and any number afterwards.
 */
export function trustedRequests(sinceRecoveryMs: number, slots: number): number {
  const share = sinceRecoveryMs / SLOW_START_MS;
  return share >= 1 ? Infinity : Math.max(1, Math.floor(share * slots));
}

/** Whether a breaker has just found out that what it watches works again. */
export function hasRecovered(before: BreakerState, after: BreakerState): boolean {
  return before.kind === "half-open" && after.kind === "closed";
}
