import type { EndpointFacts } from "../core/endpoint.ts";
import type { InferenceRequest } from "../core/inference-request.ts";
import type { ModelId } from "../core/ids.ts";
import { nearestName } from "../core/nearest-name.ts";
import { isNamedBy } from "./provider-slugs.ts";
import { AUTO_MODEL, ROUTING_SUFFIXES } from "./resolve-models.ts";

/** A name in a request that can never lead to an endpoint. */
export interface DeadEnd {
  /** The field that holds it. */
  readonly param: string;
  readonly problem: string;
}

/**
 * What in `request` can never lead anywhere under this configuration: models, suffixes and providers that nobody has. For
 * what is written down beforehand, such as a preset: a fallback that does not exist shows only when it is needed.
 */
export function findDeadEnds(
  request: InferenceRequest,
  endpoints: readonly EndpointFacts[],
  jointModels: readonly ModelId[],
): readonly DeadEnd[] {
  const { model, fallbackModels, suffixes, provider } = request;
  const models = [...new Set(endpoints.map(({ modelId }) => modelId))];
  const providers = [...new Set(endpoints.map(({ providerId }) => providerId))];
  const dead = (param: string, what: string, name: string, known: readonly string[]): DeadEnd => {
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    return { param, problem: `${param}: there is no ${what} ${name} here.${hint}` };
  };
  const deadModels = [model, ...fallbackModels].flatMap((id, index) =>
    id === AUTO_MODEL || models.includes(id) || (index === 0 && jointModels.includes(id))
      ? []
      : [dead(index === 0 ? "model" : "models", "model", id, index === 0 ? [...models, ...jointModels] : models)],
  );
  const deadSuffixes = suffixes.flatMap((suffix) =>
    ROUTING_SUFFIXES.includes(suffix) ? [] : [dead("model", "suffix", suffix, ROUTING_SUFFIXES)],
  );
  const deadProviders = (["order", "only", "ignore"] as const).flatMap((field) =>
    (provider[field] ?? []).flatMap((slug) =>
      endpoints.some((facts) => isNamedBy(slug, facts)) ? [] : [dead(`provider.${field}`, "provider", slug, providers)],
    ),
  );
  return [...deadModels, ...deadSuffixes, ...deadProviders];
}
