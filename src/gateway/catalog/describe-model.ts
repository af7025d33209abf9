import { priceOf, type EndpointFacts, type EndpointSnapshot } from "../../core/endpoint.ts";
import type { ModelId } from "../../core/ids.ts";
import { supportedParameters } from "../../core/parameters.ts";
import type { Price } from "../../core/usage.ts";
import { describeArchitecture } from "./describe-abilities.ts";
import { describePrice } from "./describe-price.ts";
import { whyUnable } from "./describe-endpoint.ts";

/** The endpoints of each model, in the order of the configuration. Never an empty list. */
export type ModelEndpoints = ReadonlyMap<ModelId, readonly EndpointSnapshot[]>;

/** Groups what the box serves by model. Endpoints that the configuration keeps from being used at all are left out. */
export function groupByModel(snapshots: readonly EndpointSnapshot[]): ModelEndpoints {
  const usable = snapshots.filter(({ facts }) => facts.excludedBecause === undefined);
  return Map.groupBy(usable, ({ facts }) => facts.modelId);
}

/**
 * One model in the shape of both OpenAI's and OpenRouter's catalogue: the abilities of all its endpoints together, the
 * longest context, the lowest known price.
 * @param createdS When the box began to serve it, in seconds since the Unix epoch; its maker's date is not known here.
 * @see https://platform.openai.com/docs/api-reference/models/object
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function describeModel(
  modelId: ModelId,
  endpoints: readonly EndpointSnapshot[],
  createdS: number,
): Readonly<Record<string, unknown>> {
  const facts = endpoints.map((endpoint) => endpoint.facts);
  const capabilities = [...new Set(facts.flatMap((each) => each.capabilities))];
  const top = endpoints.find((endpoint) => whyUnable(endpoint) === undefined) ?? endpoints[0];
  return {
    id: modelId,
    object: "model",
    created: createdS,
    owned_by: top?.facts.providerId ?? null,
    canonical_slug: modelId,
    name: modelId,
    description: "",
    context_length: longest(facts),
    architecture: describeModelArchitecture(capabilities),
    pricing: describePrice(lowestPrice(facts)),
    supported_parameters: [...new Set(facts.flatMap(supportedParameters))],
    default_parameters: null,
    per_request_limits: null,
    supported_voices: null,
    top_provider: {
      context_length: top?.facts.contextTokens ?? null,
      max_completion_tokens: top?.facts.maxOutputTokens ?? null,
      is_moderated: false,
    },
    links: { details: `/api/v1/models/${modelId}/endpoints` },
  };
}

/** In the list of models OpenRouter leaves the tokenizer out where it is not known; clients refuse `null` there. */
function describeModelArchitecture(capabilities: EndpointFacts["capabilities"]): Readonly<Record<string, unknown>> {
  const { tokenizer: _, ...architecture } = describeArchitecture(capabilities);
  return architecture;
}

function longest(facts: readonly EndpointFacts[]): number | null {
  const known = facts.flatMap(({ contextTokens }) => contextTokens ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

/** The price of the cheapest endpoint whose price is known. */
export function lowestPrice(facts: readonly EndpointFacts[]): Price | undefined {
  const sum = (price: Price): number => price.inputMicroUsdPerMillion + price.outputMicroUsdPerMillion;
  return facts.flatMap((each) => priceOf(each) ?? []).toSorted((a, b) => sum(a) - sum(b))[0];
}
