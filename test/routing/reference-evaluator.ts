import type { EndpointSnapshot } from "../../src/core/endpoint.ts";
import type { RoutingInput } from "../../src/routing/routing-input.ts";

/** A constraint as data, so that it can be evaluated twice in different ways. */
export interface Rule {
  readonly id: string;
  readonly whenClass?: string;
  readonly whenTag?: string;
  readonly requires: { readonly location: string } | { readonly region: string } | { readonly retentionAtMost: number };
}

/**
 * Which endpoints may serve a request, written a second time from the specification alone and as plainly as possible.
 * It shares no code with routing. Only hard rules: availability and order are none of its business.
 */
export function permittedByReference(input: RoutingInput, rules: readonly Rule[]): ReadonlySet<string> {
  const { request, principal, dataClasses } = input;
  const rank = (name: string | undefined): number => (name === undefined ? -1 : dataClasses.indexOf(name));
  const ownRank = principal.dataClass === undefined ? rank("internal") : rank(principal.dataClass);
  const dataClass = dataClasses[Math.max(ownRank, rank(request.hints.dataClass))];
  const wanted = [request.model, ...request.fallbackModels];

  const mayServe = ({ facts }: EndpointSnapshot): boolean => {
    if (!wanted.includes("auto") && !wanted.includes(facts.modelId)) return false;
    if (facts.excludedBecause !== undefined) return false;
    const onBox = facts.location === "box";
    if (request.hasImages && !facts.capabilities.includes("images") && (onBox || facts.capabilities.length > 0))
      return false;
    if (facts.contextTokens !== undefined && (request.maxTokens ?? 1) > facts.contextTokens) return false;
    if (request.suffixes.includes("local") && !onBox) return false;
    const { only, ignore, zeroDataRetention, dataCollection, maxPrice } = request.provider;
    if (only && !only.includes(facts.providerId)) return false;
    if (ignore?.includes(facts.providerId)) return false;
    if (zeroDataRetention && !onBox && facts.retentionDays !== 0) return false;
    if (dataCollection === "deny" && !onBox && (facts.trainsOnData !== false || facts.retentionDays !== 0))
      return false;
    if (maxPrice?.promptMicroUsdPerMillion !== undefined) {
      const price = facts.price?.inputMicroUsdPerMillion ?? (onBox ? 0 : Infinity);
      if (price > maxPrice.promptMicroUsdPerMillion) return false;
    }
    return rules.every((rule) => {
      if (rule.whenClass !== undefined && rule.whenClass !== dataClass) return true;
      if (rule.whenTag !== undefined && !principal.tags.includes(rule.whenTag)) return true;
      if ("location" in rule.requires) return facts.location === rule.requires.location;
      if ("region" in rule.requires) return facts.region === rule.requires.region;
      return facts.retentionDays !== undefined && facts.retentionDays <= rule.requires.retentionAtMost;
    });
  };
  return new Set(input.endpoints.filter(mayServe).map(({ facts }) => facts.id));
}
