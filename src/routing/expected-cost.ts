import type { InferenceRequest } from "../core/inference-request.ts";
import { priceOf, type EndpointFacts, type EndpointState } from "../core/endpoint.ts";
import { costMicroUsd } from "../core/usage.ts";
import type { Workload } from "../core/workload.ts";
import { PRIOR_PRICE } from "./priors.ts";

/** The parts of a request that its price depends on. */
export type PricedRequest = Pick<
  InferenceRequest,
  "estimatedPromptTokens" | "maxTokens" | "choiceCount" | "imageCount"
>;

/** What an answer of `outputTokens` costs the caller, in micro-USD; of a prior's price where the endpoint's is unknown. */
export function expectedCost(
  facts: EndpointFacts,
  request: PricedRequest,
  outputTokens: number,
): { readonly microUsd: number; readonly isKnown: boolean } {
  const price = priceOf(facts);
  const microUsd = costMicroUsd(price ?? PRIOR_PRICE, {
    promptTokens: request.estimatedPromptTokens,
    completionTokens: Math.round(outputTokens * request.choiceCount),
    imageCount: request.imageCount ?? 0,
  });
  return { microUsd, isKnown: price !== undefined };
}

/** What the longest possible answer costs: what is reserved. Unknown where the price or the longest answer is. */
export function worstCost(facts: EndpointFacts, request: PricedRequest, workload: Workload): number | undefined {
  const price = priceOf(facts);
  if (price === undefined) return undefined;
  const longest = longestOutput(facts, request, workload);
  if (longest === undefined && price.outputMicroUsdPerMillion !== 0) return undefined;
  return costMicroUsd(price, {
    promptTokens: request.estimatedPromptTokens,
    completionTokens: (longest ?? 0) * request.choiceCount,
    imageCount: request.imageCount ?? 0,
  });
}

function longestOutput(facts: EndpointFacts, request: PricedRequest, workload: Workload): number | undefined {
  if (workload.class === "embedding" || workload.class === "rerank") return 0;
  return request.maxTokens ?? facts.maxOutputTokens ?? facts.contextTokens;
}

/**
 * Of the hardware's cost per hour, the part that a request is charged for when everything else stands idle: about what
 * the work draws beyond the idle machine. A server's power at full load is about three times that of an idle one.
 */
const IDLE_SHARE = 0.3;

/** However long the queue, an hour of hardware is charged for at most this many times. */
const MAX_QUEUE_CHARGE = 4;

const MS_PER_HOUR = 3_600_000;

/**
 * What the owner's hardware costs for a request that keeps one slot busy for `busyMs`, in micro-USD. The marginal price of
 * a slot's time: cheap on idle hardware, which is paid for anyway, the full cost when all slots are taken, and more for
 * each queue of the length of the slots, because then somebody waits for the time that is taken. Where several models are
 * loaded on the hardware, its hour is shared by the slots of all of them, and so is what they are doing.
 */
export function hardwareCost(facts: EndpointFacts, state: EndpointState, busyMs: number): number {
  const { costPerHourMicroUsd } = facts;
  if (costPerHourMicroUsd === undefined) return 0;
  const slots = state.hardwareLoad?.slots ?? facts.slots;
  const { running, queued } = state.hardwareLoad ?? state;
  const utilisation = Math.min(1, running / slots);
  const charge = IDLE_SHARE + (1 - IDLE_SHARE) * utilisation + queued / slots;
  return ((costPerHourMicroUsd / slots) * busyMs * Math.min(MAX_QUEUE_CHARGE, charge)) / MS_PER_HOUR;
}
