import type { EndpointSnapshot } from "../../core/endpoint.ts";
import type { ListedJointModel } from "../../core/inference-service.ts";
import type { Price } from "../../core/usage.ts";
import { describeModel, lowestPrice, type ModelEndpoints } from "./describe-model.ts";
import { describePrice } from "./describe-price.ts";

/** The endpoints of every model that may be asked for it; none where no such model is served. */
export function endpointsOfJoint({ modelIds }: ListedJointModel, models: ModelEndpoints): readonly EndpointSnapshot[] {
  return modelIds.flatMap((id) => models.get(id) ?? []);
}

/**
 * A panel as a model of the catalogue: with the shortest context of its models, and as its price what one token of prompt
 * and answer costs at all of them together, each at its cheapest; unknown where one is unknown. It takes no tools.
 */
export function describeJointModel(
  joint: ListedJointModel,
  models: ModelEndpoints,
  createdS: number,
): Readonly<Record<string, unknown>> {
  const served = joint.modelIds.flatMap((id) => (models.has(id) ? [models.get(id) ?? []] : []));
  const facts = served.map((endpoints) => endpoints.map((endpoint) => endpoint.facts));
  const contexts = facts.map((each) => Math.max(0, ...each.flatMap(({ contextTokens }) => contextTokens ?? [])));
  const parameters = served.map(
    (endpoints) => describeModel(joint.id, endpoints, createdS)["supported_parameters"] as readonly string[],
  );
  const [first = [], ...others] = parameters;
  return {
    ...describeModel(joint.id, served.flat(), createdS),
    owned_by: "signalbox",
    description: joint.description,
    context_length: Math.min(...contexts) || null,
    pricing: describePrice(sumPrices(facts.map(lowestPrice))),
    supported_parameters: first.filter(
      (name) => !TOOL_PARAMETERS.has(name) && others.every((each) => each.includes(name)),
    ),
  };
}

const TOOL_PARAMETERS: ReadonlySet<string> = new Set(["tools", "tool_choice", "parallel_tool_calls"]);

function sumPrices(prices: readonly (Price | undefined)[]): Price | undefined {
  const known = prices.filter((price) => price !== undefined);
  if (known.length === 0 || known.length < prices.length) return undefined;
  const sum = (of: (price: Price) => number): number => known.reduce((total, price) => total + of(price), 0);
  return {
    inputMicroUsdPerMillion: sum((price) => price.inputMicroUsdPerMillion),
    outputMicroUsdPerMillion: sum((price) => price.outputMicroUsdPerMillion),
    requestMicroUsd: sum((price) => price.requestMicroUsd ?? 0),
    imageMicroUsd: sum((price) => price.imageMicroUsd ?? 0),
  };
}
