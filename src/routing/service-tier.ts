import type { InferenceRequest } from "../core/inference-request.ts";
import type { EndpointFacts } from "../core/endpoint.ts";
import { isNamedByTier } from "./provider-slugs.ts";
import type { Rejection } from "./request-filters.ts";

/** The suffix that lets a request be served at a tier beside `service_tier` itself. */
const ADMITTING_SUFFIX = { flex: "floor", priority: "nitro" } as const;

/**
 * Why an endpoint's tier excludes it, or nothing. A tier that is slower or dearer is used only where it is asked for: by
 * `service_tier`, by `:floor` (flex) or `:nitro` (priority), or by a slug such as `acme/flex`. `flex` does not fall back
 * to an endpoint that is known to be of the default tier: its price is what the caller asked for. Endpoints without
 * tiers, this box among them, serve every request; their own queue knows who may wait.
 * @see https://openrouter.ai/docs/guides/features/service-tiers
 */
export function excludedByTier(facts: EndpointFacts, request: InferenceRequest): Rejection | undefined {
  const { serviceTier: tier } = facts;
  const excluded = (detail: string): Rejection => ({ kind: "request", by: "service_tier", detail });
  if (tier === undefined) return undefined;
  if (tier === "default")
    return request.serviceTier === "flex" ? excluded("it serves at the default tier, not at flex") : undefined;
  if (request.serviceTier === tier || request.suffixes.includes(ADMITTING_SUFFIX[tier])) return undefined;
  const { only = [], order = [] } = request.provider;
  if (isNamedByTier([...only, ...order], facts)) return undefined;
  return excluded(`it serves at the ${tier} tier, which was not asked for`);
}

/**
 * 1 for an endpoint that comes behind those of the tier that was asked for, else 0: one of the default tier, and a cloud of
 * which no tier is stated, because its queue knows nothing of whose turn it is.
 */
export function tierPosition({ serviceTier, location }: EndpointFacts, request: InferenceRequest): 0 | 1 {
  if (request.serviceTier !== "priority") return 0;
  return serviceTier === "default" || (serviceTier === undefined && location === "cloud") ? 1 : 0;
}
