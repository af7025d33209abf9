import type { EndpointState } from "../core/endpoint.ts";
import type { Rejection } from "./request-filters.ts";

/** What keeps an endpoint away that asked to be left alone, as `by` of a rejection. */
export const RESTING = "resting";

/** Why an endpoint can't serve now, or nothing. An open breaker whose wait is over lets a probe through. */
export function unavailable(state: EndpointState): Rejection | undefined {
  const { unavailableBecause, unavailableForMs } = state;
  if (unavailableBecause !== undefined) {
    const retry = unavailableForMs === undefined ? {} : { retryInMs: unavailableForMs };
    return { kind: "availability", by: "unavailable", detail: unavailableBecause, ...retry };
  }
  const { restsForMs } = state;
  if (restsForMs !== undefined && restsForMs > 0) {
    const detail = `it asked to be left alone for ${Math.ceil(restsForMs / 1000)} s more`;
    return { kind: "availability", by: RESTING, detail, retryInMs: restsForMs };
  }
  if (state.breaker !== "open") return undefined;
  const { breakerRetryInMs } = state;
  const who = state.breakerIsProviders === true ? "its provider" : "it";
  if (breakerRetryInMs === undefined)
    return { kind: "availability", by: "breaker", detail: `${who} failed repeatedly; a probe is under way` };
  if (breakerRetryInMs <= 0) return undefined;
  const detail = `${who} failed repeatedly; the next probe is in ${Math.ceil(breakerRetryInMs / 1000)} s`;
  return { kind: "availability", by: "breaker", detail, retryInMs: breakerRetryInMs };
}
