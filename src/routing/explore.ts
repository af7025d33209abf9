import type { EndpointSnapshot } from "../core/endpoint.ts";
import type { EndpointId } from "../core/ids.ts";
import { sortOf } from "./caller-sort.ts";
import type { Expectation } from "./predict.ts";
import { GUESSES } from "./priors.ts";
import type { RoutingInput } from "./routing-input.ts";

/** Of the requests that may, the share that goes to an endpoint whose speed nobody knows, to learn it. */
export const EXPLORED_SHARE = 0.02;

/** A request is worth at most this much to learn from: 1 cent. */
const MAX_PRICE_MICRO_USD = 10_000;

/**
 * Whether this request is one of those that explore. Never one with a deadline or of the priority tier, never a fallback,
 * and never one whose caller has chosen the order; and only by the chance that the input brings.
 */
export function isExploring({ request, chance, alreadyTried = [] }: RoutingInput): boolean {
  return (
    chance !== undefined &&
    chance < EXPLORED_SHARE &&
    alreadyTried.length === 0 &&
    request.hints.deadlineMs === undefined &&
    request.serviceTier !== "priority" &&
    request.provider.order === undefined &&
    sortOf(request) === undefined
  );
}

/** Whether there is something to learn about an endpoint at little cost: its speed is a guess, it is idle, and it is not dear. */
export function isUnexplored({ state }: EndpointSnapshot, { guesses, prediction }: Expectation): boolean {
  const speedIsKnown = (guesses & (GUESSES.tokensPerSecond.bit | GUESSES.promptTime.bit)) === 0;
  return (
    !speedIsKnown &&
    state.loaded &&
    state.breaker === "closed" &&
    prediction.queueMs === 0 &&
    prediction.costMicroUsd !== undefined &&
    prediction.costMicroUsd <= MAX_PRICE_MICRO_USD
  );
}

const FNV_OFFSET = 0x81_1c_9d_c5;
const FNV_PRIME = 0x01_00_01_93;

/**
 * Where an endpoint stands among those that are explored: a number from 0 up to 1 that chance and its id alone decide, so
 * that each has its turn and taking another away changes nothing. FNV-1a. @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function explorationOrder(endpointId: EndpointId, chance: number): number {
  let hash = FNV_OFFSET ^ Math.floor((chance / EXPLORED_SHARE) * 0x7f_ff_ff_ff);
  for (let index = 0; index < endpointId.length; index++)
    hash = Math.imul(hash ^ endpointId.charCodeAt(index), FNV_PRIME);
  // The last multiplications have not reached the low bits; fold the high ones in.
  hash ^= hash >>> 15;
  return (hash >>> 0) / 0x1_00_00_00_00;
}
