import type { EndpointFacts, EndpointSnapshot } from "../core/endpoint.ts";
import { nearestName } from "../core/nearest-name.ts";

/**
 * The slugs that name an endpoint more exactly than its provider does: by its region, its tier, the precision of its
 * weights, or its model.
 * @see https://openrouter.ai/docs/guides/routing/provider-selection#targeting-specific-provider-endpoints
 */
function variantsOf(facts: EndpointFacts): readonly string[] {
  const { providerId, modelId, region, serviceTier, quantization } = facts;
  return [region, serviceTier, quantization, modelId].flatMap((part) =>
    part === undefined ? [] : [`${providerId}/${part}`.toLowerCase()],
  );
}

/** Whether `slug`, in lower case, names the endpoint: its provider as a whole, or one of its variants. */
export function isNamedBy(slug: string, facts: EndpointFacts): boolean {
  return slug === facts.providerId || variantsOf(facts).includes(slug);
}

/** Index of the first of `slugs` that names the endpoint; -1 when none does. */
export function firstNaming(slugs: readonly string[], facts: EndpointFacts): number {
  return slugs.findIndex((slug) => isNamedBy(slug, facts));
}

/** Whether one of `slugs` names the endpoint by its tier: a provider's slug alone never stands for a tier. */
export function isNamedByTier(slugs: readonly string[], { providerId, serviceTier }: EndpointFacts): boolean {
  return serviceTier !== undefined && slugs.includes(`${providerId}/${serviceTier}`);
}

/** What a reader should know of slugs that name nothing here: a misspelt `only` would exclude everything unexplained. */
export function noteUnknownSlugs(slugs: readonly string[], endpoints: readonly EndpointSnapshot[]): readonly string[] {
  const unknown = new Set(slugs.filter((slug) => !endpoints.some(({ facts }) => isNamedBy(slug, facts))));
  if (unknown.size === 0) return [];
  const known = [...new Set(endpoints.map(({ facts }) => facts.providerId))];
  return [...unknown].map((slug) => {
    const nearest = nearestName(slug, known);
    return `no provider is named ${slug}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
  });
}
