import type { EndpointState } from "../core/endpoint.ts";
import type { Rejection } from "./request-filters.ts";

/** Why an endpoint can't serve now, or nothing. An open breaker whose wait is over lets a probe through. */
export function unavailable(state: EndpointState): Rejection | undefined {
  const { unavailableBecause, unavailableForMs } = state;
  if (unavailableBecause !== undefined) {
    const retry = unavailableForMs === undefined ? {} : { retryInMs: unavailableForMs };
    return { kind: "availability", by: "unavailable", detail: unavailableBecause, ...retry };
  }
  if (state.breaker !== "open") return undefined;
  const { breakerRetryInMs } = state;
  if (breakerRetryInMs === undefined)
    return { kind: "availability", by: "breaker", detail: "it failed repeatedly; a probe is under way" };
  if (breakerRetryInMs <= 0) return undefined;
  const detail = `it failed repeatedly; the next probe is in ${Math.ceil(breakerRetryInMs / 1000)} s`;
  return { kind: "availability", by: "breaker", detail, retryInMs: breakerRetryInMs };
}
